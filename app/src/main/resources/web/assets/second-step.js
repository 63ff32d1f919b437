// The second step of signing in: a code from an authenticator app, or a backup code.

import { secondStep } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { show } from './threshold.js';

const form = byId('second-step');
const methods = {
  totp: {
    label: 'Code from your app',
    hint: 'Your authenticator app shows six digits for this library.',
    keyboard: 'numeric',
    offersOther: 'Use a backup code',
  },
  backup_code: {
    label: 'Backup code',
    hint: 'You got ten of them when you turned the second step on. Each works once.',
    keyboard: 'text',
    offersOther: 'Use the code from my app',
  },
};
let method = 'totp';

function use(name) {
  method = name;
  const { label, hint, keyboard, offersOther } = methods[name];
  byId('code-label').textContent = label;
  byId('code-hint').textContent = hint;
  byId('other-method').textContent = offersOther;
  form.elements.code.inputMode = keyboard;
  form.elements.code.value = '';
}

/**
 * Returns the function that asks for the code after a right password. The challenge is kept in memory only, and whatever
 * becomes of it goes to `signedIn(answer)` or `startOver(problem)`.
 */
export function wireSecondStep({ signedIn, startOver }) {
  let challenge = null;

  const leave = (problem) => {
    challenge = null;
    form.reset();
    startOver(problem);
  };

  onSubmit(form, async ({ code }) => {
    try {
      signedIn(await secondStep({ challenge, code }));
    } catch (problem) {
      if (problem.code === 'challenge_invalid') return leave(problem);
      form.elements.code.select();
      throw problem;
    }
  });
  byId('start-over').addEventListener('click', () => leave());
  byId('other-method').addEventListener('click', () => {
    use(method === 'totp' ? 'backup_code' : 'totp');
    form.elements.code.focus();
  });

  return (answer) => {
    challenge = answer.challenge;
    byId('other-method').hidden = !answer.methods.includes('backup_code');
    use('totp');
    show('second-step', form.elements.code);
  };
}
