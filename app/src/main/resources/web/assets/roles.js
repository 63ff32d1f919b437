// The roles in plain words, from the lowest up.

export const roles = [
  ['guest', 'Guest: looks and downloads'],
  ['member', 'Member: adds files too'],
  ['manager', 'Manager: looks after people and files'],
  ['admin', 'Admin: may do everything'],
];

const short = { guest: 'Guest', member: 'Member', manager: 'Manager', admin: 'Admin' };
export const roleName = (role) => short[role] ?? role;

/** What this visitor may give to others: managers make nobody their equal. */
export const grantable = (visitor) => roles.filter(([role]) => visitor.isAdmin || role === 'guest' || role === 'member');
