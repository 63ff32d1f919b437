import { pages, signIn, whoIsHere } from './api.js';
import { byId } from './dom.js';
import { wireForgot } from './forgot.js';
import { onSubmit, showProblem } from './form.js';
import { wireJoinCode } from './join-code.js';
import { wireNewPassword } from './new-password.js';
import { showRules, wireReveals } from './password-field.js';
import { safePath } from './safe-path.js';
import { wireSecondStep } from './second-step.js';
import { arrive, show } from './threshold.js';

const form = byId('login');
const ownWords = {
  challenge_invalid: 'That took too long, or there were too many wrong codes. Sign in once more.',
  signed_out: 'You are signed out. Sign in once more.',
  401: 'No account here has this name and password. Check both and try again.',
};

/** A browser that is sent here keeps what stood behind the # of the page it asked for: the code of a device. */
const codeOfDevice = (page) => (page === pages.device && location.hash.startsWith('#code=') ? location.hash : '');

function goOn() {
  const page = safePath(new URLSearchParams(location.search).get('next')) ?? pages.library;
  location.replace(page + codeOfDevice(page));
}

/** Back at the first step, with what led there, if anything went wrong. */
function startOver(problem) {
  form.elements.password.value = '';
  show('login', form.elements.password);
  if (problem) showProblem(form, problem, ownWords);
}

const askForNewPassword = wireNewPassword({ goOn, startOver });
const askForCode = wireSecondStep({ signedIn, startOver });

function signedIn(answer) {
  if (answer.second_factor_required) askForCode(answer);
  else if (answer.password_change_required) askForNewPassword(answer.user, form.elements.password.value);
  else goOn();
}

/** Whoever still has to choose a password is sent here from every other page. */
async function finishEarlierSignIn() {
  const user = await whoIsHere().catch(() => null);
  const busy = form.hidden || form.elements.password.value !== '';
  if (user?.password_change_required && !busy) askForNewPassword(user, '');
}

function offerAccount(instance) {
  byId('no-accounts').hidden = !instance.setup_required;
  byId('to-join').hidden = instance.registration === 'closed';
  if (instance.registration === 'open') byId('to-join').textContent = 'Make an account';
}

wireReveals();
onSubmit(form, async (credentials) => signedIn(await signIn(credentials)), ownWords);
wireForgot();
wireJoinCode({ goOn });
const instance = await arrive();
if (instance) {
  showRules(instance, 'new_password');
  offerAccount(instance);
  if (!instance.setup_required) await finishEarlierSignIn();
}
