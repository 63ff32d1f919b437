// Personal access tokens in plain words.

import { date, dateTime } from './format.js';

/** What a token may be allowed to do. */
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

/** What its owner and admins read of it alike. */
export const aboutToken = (token) =>
  [
    `${token.prefix}…`,
    token.last_used_at ? `last used ${dateTime(token.last_used_at)} from ${token.last_used_ip}` : 'never used',
    token.expires_at ? `ends ${date(token.expires_at)}` : 'works until it is revoked',
  ].join(', ');
