// The parts around a password field: show or hide it, what makes a good one, and whether this is one.

import { checkPassword } from './api.js';
import { hideFieldError, showFieldError } from './form.js';
import { sentences } from './words.js';

export function wireReveals() {
  for (const button of document.querySelectorAll('[data-reveals]')) {
    const input = document.getElementById(button.dataset.reveals);
    button.addEventListener('click', () => {
      const shown = input.type === 'password';
      input.type = shown ? 'text' : 'password';
      button.textContent = shown ? 'Hide' : 'Show';
      button.setAttribute('aria-label', shown ? 'Hide password' : 'Show password');
    });
  }
}

/** Says the rules in the hint below the field of this name. */
export function showRules(instance, name = 'password') {
  document.getElementById(`${name}-hint`).textContent =
    `At least ${instance.password.min_length} characters, of any kind. A few words in a row are easy to remember and hard to guess.`;
}

/**
 * Says beside a form's new password what is wrong with it once it has been typed. The server answers this question only
 * so often, so each password is asked about once, and not when it is about to be sent anyway.
 */
export function checkOnLeaving(form, username = () => undefined) {
  const input = form.elements.new_password;
  let asked = '';
  input.addEventListener('blur', async ({ relatedTarget }) => {
    const password = input.value;
    if (password === '' || password === asked || relatedTarget?.type === 'submit') return;
    asked = password;
    const answer = await checkPassword(password, username()).catch(() => null);
    if (!answer || input.value !== password || form.hasAttribute('aria-busy')) return;
    if (answer.acceptable) hideFieldError(form, 'new_password');
    else showFieldError(form, 'new_password', sentences(answer.reasons));
  });
}
