// The way back for whoever forgot the password: /login#forgot, so that it has an address and the back button works.

import { forgotPassword } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { show } from './threshold.js';

const form = byId('forgot');

function follow() {
  const asked = location.hash === '#forgot';
  if (asked) show('forgot', form.elements.email);
  else show('login', byId('username'));
}

/** Leaves the hash, and with it the form, without losing where to go after signing in. */
function goBack(event) {
  event.preventDefault();
  history.replaceState(null, '', location.pathname + location.search);
  follow();
}

export function wireForgot() {
  onSubmit(form, async ({ email }) => {
    await forgotPassword(email);
    byId('forgot-address').textContent = email;
    form.reset();
    show('forgot-sent', byId('forgot-sent-heading'));
  });
  for (const link of document.querySelectorAll('[data-back]')) link.addEventListener('click', goBack);
  addEventListener('hashchange', follow);
  if (location.hash === '#forgot') follow();
}
