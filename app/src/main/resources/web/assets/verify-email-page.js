import { sendVerification, verifyEmail } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { takeToken } from './link-token.js';
import { arrive, show } from './threshold.js';

let token = null;

/** Waits for a press, because programs that look through mails open every link in them. */
function use(found) {
  token = found;
  show('verify');
}

async function verify() {
  try {
    await verifyEmail(token);
    show('done', byId('done-heading'));
  } catch (problem) {
    if (problem.code !== 'token_invalid') throw problem;
    show('broken', byId('broken-heading'));
  }
}

async function sendAnother() {
  await sendVerification();
  show('sent', byId('sent-heading'));
}

const arrived = takeToken('lkx', use);
onSubmit(byId('verify'), verify);
onSubmit(byId('broken'), sendAnother);
onSubmit(byId('no-link'), sendAnother);
await arrive();
if (!token) {
  if (arrived) use(arrived);
  else show('no-link');
}
