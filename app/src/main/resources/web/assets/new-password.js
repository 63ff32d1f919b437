// A password that somebody else has given is changed before anything else.

import { changePassword, signOut } from './api.js';
import { byId } from './dom.js';
import { onSubmit, showProblem } from './form.js';
import { checkOnLeaving } from './password-field.js';
import { ProblemError } from './request.js';
import { show } from './threshold.js';

const form = byId('new-password');
const signedOut = (problem) => new ProblemError(problem.status, { code: 'signed_out' });

/**
 * Returns the function that asks for a new password; `current` is the one that was just typed, or empty. Ends with
 * `goOn()`, or with `startOver(problem)` when the sign-in is over.
 */
export function wireNewPassword({ goOn, startOver }) {
  const leave = (problem) => {
    form.reset();
    startOver(problem);
  };

  onSubmit(form, async ({ current_password, new_password }) => {
    try {
      await changePassword({ current_password, new_password });
      goOn();
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      leave(signedOut(problem));
    }
  });
  byId('not-me').addEventListener('click', () => signOut().then(() => leave(), (problem) => showProblem(form, problem)));
  checkOnLeaving(form, () => byId('whose').value);

  return (user, current) => {
    byId('whose').value = user.username;
    form.elements.current_password.value = current;
    show('new-password', current ? form.elements.new_password : form.elements.current_password);
  };
}
