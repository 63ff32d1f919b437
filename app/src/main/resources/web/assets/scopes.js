// What personal access tokens may be allowed to do, in plain words.

export const scopes = {
  'library:read': 'Look at the library and download',
  'library:write': 'Add, change and delete files',
  'profile:read': 'See who you are',
  'users:read': 'See all accounts',
  'users:write': 'Change accounts',
  'audit:read': 'Read the audit log',
};

export const usual = ['library:read', 'library:write', 'profile:read'];

export const scopeWords = (list) => list.map((scope) => scopes[scope] ?? scope).join(' · ');
