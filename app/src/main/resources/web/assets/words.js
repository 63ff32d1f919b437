// What went wrong, in plain words.

import { wait } from './format.js';

const byCode = {
  setup_code_required: 'That setup code is not right. Look where Latchkey was started.',
  already_set_up: 'Somebody has set up this library already.',
  join_pending: 'Your request to join has not been approved yet. Try again later.',
  invite_invalid: 'This invite does not work. It may be used up or too old: ask for a new one.',
  invite_email_mismatch: 'This invite is for another e-mail address. Use the one that it was sent to.',
  username_taken: 'This username is taken. Choose another.',
  email_taken: 'This e-mail address belongs to another account.',
  password_refused: 'Choose another password.',
  invalid_fields: 'Please look at the marked fields.',
  registration_closed: 'Nobody can join this library at the moment. Ask whoever looks after it.',
  wrong_password: 'This is not your password now. Check it and try again.',
  code_required: 'This account asks for a code as well. Type the one that your app shows, or a backup code.',
  wrong_code: 'This code is not right, or was used before. Wait for the next one, or use a backup code.',
  invalid_code: 'This code is not right, or was used before. Wait for the next one, or use a backup code.',
  already_verified: 'Your e-mail address is confirmed already.',
  verification_disabled: 'This library does not ask anybody to confirm an e-mail address.',
  role_too_high: 'You cannot give that role. Ask an admin.',
  already_decided: 'Somebody has decided this request already.',
  self: 'You cannot do this to your own account. Ask another admin.',
  last_admin: 'This is the last admin on whom the library can rely. Make somebody else an admin first.',
  second_factor_on: 'The second step is on already.',
  second_factor_off: 'The second step is off already.',
  not_a_guest: 'Codes are for guests only. This account signs in with a password.',
  not_owner: 'Only the person who added this, or a manager, can change it.',
  too_large: 'The file is larger than this library accepts.',
  storage_full: 'The disk of the server is full.',
  quota_exceeded: 'Your space in this library is used up.',
  removed: 'A manager has removed this file, so it cannot be added again.',
  empty: 'The file is empty.',
};

const byStatus = {
  401: 'You are signed out. Sign in again.',
  403: 'Your account may not do this.',
  404: 'It is no longer there.',
  413: byCode.too_large,
  507: byCode.storage_full,
};

function busy(problem) {
  const again = problem.retryAfter ? `in ${wait(problem.retryAfter)}` : 'in a moment';
  return problem.status === 429
    ? `Too many tries. Try again ${again}.`
    : `The server is busy. Try again ${again}.`;
}

/** A sentence for whatever a call threw; `own` holds the words of one page, by code or status. */
export function explain(error, own = {}) {
  if (error.name === 'NotReadableError' || error.name === 'NotFoundError') return 'One of these files cannot be read.';
  if (error.name !== 'ProblemError') return 'The server cannot be reached. Check the connection and try again.';
  if (error.status === 429 || error.status === 503) return busy(error);
  return own[error.code] ?? own[error.status] ?? byCode[error.code] ?? (error.detail || byStatus[error.status] || error.message);
}

function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Several short texts as sentences in a row. */
export const sentences = (texts) => texts.map(sentence).join(' ');
