// Another password. Whoever changes it stays signed in here, and nowhere else.

import { changePassword } from './api.js';
import { passwordField, problemPlace } from './fields.js';
import { submitting } from './form.js';
import { html, render } from './lit.js';
import { liveReasons } from './password-check.js';
import { toast } from './toast.js';

export function showPassword(place, { instance, user }) {
  const { min_length: length } = instance.password;

  const change = async (passwords, form) => {
    await changePassword(passwords);
    form.reset();
    toast('Your password is changed. You are signed out everywhere else.');
    dispatchEvent(new Event('signed-out-elsewhere'));
  };

  render(
    html`
      <h2 id="password-heading">Password</h2>
      <form method="post" id="password-form" @submit=${submitting(change)}>
        ${problemPlace}
        <input name="username" autocomplete="username" .value=${user.username} hidden>
        ${passwordField({ name: 'current_password', text: 'Current password' })}
        ${passwordField({
          name: 'new_password',
          text: 'New password',
          autocomplete: 'new-password',
          hint: `At least ${length} characters, of any kind. A few words in a row are easy to remember and hard to guess.`,
          input: liveReasons(user.username, length),
        })}
        <div class="actions"><button class="primary" type="submit">Change the password</button></div>
      </form>`,
    place,
  );
}
