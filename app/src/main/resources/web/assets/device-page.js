import { approveDevice, denyDevice, lookAtDevice, me } from './api.js';
import { byId } from './dom.js';
import { onSubmit, showProblem } from './form.js';
import { dateTime } from './format.js';
import { arrive, show } from './threshold.js';

const ask = byId('ask');
const decide = byId('decide');
const ownWords = { 404: 'No device waits with this code. Check the letters; a code works for ten minutes, and once.' };
let code = null;

/** The code of a link such as /device#code=ABCD-EFGH; null when there is none. */
const codeInAddress = () => /^#code=([A-Za-z]{4}-?[A-Za-z]{4})$/.exec(location.hash)?.[1] ?? null;

/** The code as the device shows it, so that the two can be compared. */
function asShown(typed) {
  const letters = typed.replace(/[\s-]/g, '').toUpperCase();
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

function forgetAddress() {
  if (location.hash) history.replaceState(null, '', location.pathname);
}

function startOver(problem) {
  forgetAddress();
  show('ask', ask.elements.user_code);
  if (problem) showProblem(ask, problem, ownWords);
}

/** Shows what asks; a link that brings a code decides nothing either. */
async function look(typed) {
  const device = await lookAtDevice(typed);
  code = asShown(typed);
  byId('asker-code').textContent = code;
  byId('asker-name').textContent = device.client_name ?? 'nothing';
  byId('asker-ip').textContent = device.ip;
  byId('asker-agent').textContent = device.user_agent ?? 'unknown';
  byId('asker-time').textContent = dateTime(device.requested_at);
  show('decide', byId('decide-heading'));
}

/** Sends the decision; a code that ended in the meantime leads back to the first step. */
async function settle(send, card) {
  try {
    await send(code);
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    startOver(problem);
    return;
  }
  forgetAddress();
  show(card, byId(`${card}-heading`));
}

async function deny() {
  try {
    await settle(denyDevice, 'denied');
  } catch (problem) {
    showProblem(decide, problem);
  }
}

async function begin() {
  const found = codeInAddress();
  if (!found) return startOver();
  ask.elements.user_code.value = found;
  return look(found).catch(startOver);
}

onSubmit(ask, ({ user_code: typed }) => look(typed), ownWords);
onSubmit(decide, () => settle(approveDevice, 'approved'));
byId('deny').addEventListener('click', deny);
addEventListener('hashchange', () => codeInAddress() && begin());
const [instance, here] = await Promise.all([arrive(), me()]);
if (instance) {
  byId('me').textContent = here.user.display_name;
  await begin();
}
