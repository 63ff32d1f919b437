// Who is looking at the library, and what they may do in it.

import { instance as loadInstance, me } from './api.js';

const levels = { guest: 0, member: 1, manager: 2, admin: 3 };

/**
 * In local mode there are no accounts: whoever gets an answer owns the library. In shared mode the
 * account's role decides. The server checks all of this again; here it only hides what would be refused.
 */
export async function loadVisitor() {
  const instance = await loadInstance();
  const local = instance.mode === 'local';
  const { user, credential } = local ? { user: null } : await me();
  const level = local ? levels.manager : levels[user.role];
  const manages = level >= levels.manager;
  return {
    instance,
    user,
    local,
    // What a join code opened is a guest's without an account to look after.
    hasProfile: !local && credential.kind !== 'guest_token',
    adds: level >= levels.member,
    purges: manages,
    invites: manages && !local,
    isAdmin: user?.role === 'admin',
    mayChange: (media) => manages || (level >= levels.member && media.uploader?.id === user.id),
  };
}
