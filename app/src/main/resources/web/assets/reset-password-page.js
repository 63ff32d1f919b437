import { lookAtResetLink, resetPassword } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { takeToken } from './link-token.js';
import { checkOnLeaving, showRules, wireReveals } from './password-field.js';
import { arrive, show } from './threshold.js';

const form = byId('reset');
let token = null;

function sayBroken() {
  token = null;
  form.reset();
  show('broken', byId('broken-heading'));
}

function askForCode(asked) {
  byId('code-field').hidden = !asked;
  form.elements.code.required = asked;
}

function showAddress(email) {
  byId('for-address').hidden = !email;
  byId('address').textContent = email ?? '';
}

async function use(found) {
  token = found;
  askForCode(false);
  // Who asks too often is told so at the end: the form does not depend on this answer.
  const link = await lookAtResetLink(token).catch(() => ({ valid: true }));
  if (!link.valid) return sayBroken();
  showAddress(link.email);
  show('reset', form.elements.new_password);
}

async function send({ new_password, code }) {
  try {
    await resetPassword({ token, new_password, code });
  } catch (problem) {
    if (problem.code === 'token_invalid') return sayBroken();
    if (problem.code === 'code_required') askForCode(true);
    throw problem;
  }
  token = null;
  form.reset();
  show('done', byId('done-heading'));
}

const arrived = takeToken('lkx', use);
wireReveals();
onSubmit(form, send);
checkOnLeaving(form);
const instance = await arrive();
if (instance) showRules(instance, 'new_password');
if (!token) await (arrived ? use(arrived) : show('no-link'));
