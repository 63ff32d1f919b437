import { requestToJoin } from './api.js';
import { byId } from './dom.js';
import { onSubmit, showFieldError } from './form.js';
import { showRules, wireReveals } from './password-field.js';
import { arrive } from './threshold.js';

const paste = byId('paste');
const join = byId('join');
let invite = null;

const inviteIn = (text) => /lki_[0-9A-Za-z]+/.exec(text)?.[0] ?? null;

/** Takes the invite out of the address bar, so that it stays neither in the history nor on a screenshot. */
function takeFromAddress() {
  const found = inviteIn(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return found;
}

function show(section) {
  for (const each of [paste, join, byId('waiting')]) each.hidden = each !== section;
}

function use(found) {
  invite = found;
  show(invite ? join : paste);
}

function usePasted({ invite: text }) {
  const found = inviteIn(text ?? '');
  if (found) {
    use(found);
    join.elements.username.focus();
  } else {
    showFieldError(paste, 'invite', 'This is not an invite link. It looks like …/join#invite=lki_…');
    paste.elements.invite.focus();
  }
}

function askForAnother() {
  use(null);
  paste.reset();
  paste.elements.invite.focus();
}

async function ask(request) {
  await requestToJoin({ ...request, invite_token: invite });
  invite = null;
  byId('waiting-username').textContent = request.username;
  join.reset();
  show(byId('waiting'));
  byId('waiting-heading').focus();
}

const arrived = takeFromAddress();
wireReveals();
onSubmit(paste, usePasted);
onSubmit(join, ask);
byId('other-invite').addEventListener('click', askForAnother);
addEventListener('hashchange', () => {
  const found = takeFromAddress();
  if (found) use(found);
});
const instance = await arrive();
if (instance) showRules(instance);
use(invite ?? arrived);
