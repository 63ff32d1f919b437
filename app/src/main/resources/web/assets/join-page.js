import { pages, register, requestToJoin } from './api.js';
import { byId } from './dom.js';
import { onSubmit, showFieldError } from './form.js';
import { takeToken, tokenIn } from './link-token.js';
import { showRules, wireReveals } from './password-field.js';
import { arrive, show } from './threshold.js';

const paste = byId('paste');
const join = byId('join');
let open = false;
let invite = null;
let mayRegister = true;

/** What the form promises: with an invite one may be in at once or have to wait; only the server knows which. */
function describe() {
  byId('join-heading').textContent = invite ? 'You are invited' : 'Make an account';
  byId('join-outcome').textContent =
    invite && !open ? 'With some invites you are in at once; with others, somebody here approves you first.' : '';
  byId('email-hint').textContent = invite
    ? 'If your invite came by e-mail, use that address.'
    : 'Where you get a link if you forget your password.';
  byId('other-invite').textContent = invite ? 'Another invite' : 'I have an invite';
}

function use(found) {
  invite = found;
  mayRegister = true;
  describe();
  show(invite || open ? 'join' : 'paste');
}

function usePasted({ invite: text }) {
  const found = tokenIn(text, 'lki');
  if (found) {
    use(found);
    join.elements.username.focus();
  } else {
    showFieldError(paste, 'invite', 'This is not an invite link. It looks like …/join#invite=lki_…');
    paste.elements.invite.focus();
  }
}

function askForInvite() {
  paste.reset();
  show('paste', paste.elements.invite);
}

/** False when this invite only lets one ask; that is remembered, because both questions may be asked only so often. */
async function registered(account) {
  if (!mayRegister) return false;
  try {
    await register(account);
    return true;
  } catch (error) {
    if (!invite || error.code !== 'registration_closed') throw error;
    mayRegister = false;
    return false;
  }
}

function sayWaiting(username) {
  byId('waiting-username').textContent = username;
  join.reset();
  show('waiting', byId('waiting-heading'));
}

async function send(fields) {
  const account = { ...fields, invite_token: invite ?? undefined };
  if (await registered(account)) return location.replace(pages.library);
  await requestToJoin(account);
  invite = null;
  sayWaiting(fields.username);
}

const arrived = takeToken('lki', use);
wireReveals();
onSubmit(paste, usePasted);
onSubmit(join, send);
byId('other-invite').addEventListener('click', askForInvite);
const instance = await arrive();
if (instance) showRules(instance);
open = instance?.registration === 'open';
if (instance?.registration === 'closed') show('closed');
else use(invite ?? arrived);
