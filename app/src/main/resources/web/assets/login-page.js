import { pages, signIn } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { wireReveals } from './password-field.js';
import { safePath } from './safe-path.js';
import { arrive } from './threshold.js';

const ownWords = {
  401: 'No account here has this name and password. Check both and try again.',
};

async function send(credentials) {
  await signIn(credentials);
  location.replace(safePath(new URLSearchParams(location.search).get('next')) ?? pages.library);
}

wireReveals();
onSubmit(byId('login'), send, ownWords);
const instance = await arrive();
if (instance) byId('no-accounts').hidden = !instance.setup_required;
