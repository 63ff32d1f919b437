import { pages, setUp } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { showRules, wireReveals } from './password-field.js';
import { arrive } from './threshold.js';

const form = byId('setup');

function askForCode() {
  byId('setup-code-field').hidden = false;
  form.elements.setup_code.required = true;
}

function sayAlready() {
  form.hidden = true;
  byId('already').hidden = false;
}

async function send(account) {
  try {
    await setUp(account);
    location.replace(pages.library);
  } catch (error) {
    if (error.code === 'already_set_up') return sayAlready();
    if (error.code === 'setup_code_required') askForCode();
    throw error;
  }
}

wireReveals();
onSubmit(form, send);
const instance = await arrive();
if (instance?.setup_required) {
  showRules(instance);
  if (instance.setup_code_required) askForCode();
  byId('not-now').hidden = instance.setup_code_required;
  form.hidden = false;
} else if (instance) {
  sayAlready();
}
