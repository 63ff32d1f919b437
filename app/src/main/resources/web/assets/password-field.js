// The parts around a password field: show or hide it, and what makes a good one.

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

/** Says the rules in the hint below the field. */
export function showRules(instance) {
  document.getElementById('password-hint').textContent =
    `At least ${instance.password.min_length} characters, of any kind. A few words in a row are easy to remember and hard to guess.`;
}
