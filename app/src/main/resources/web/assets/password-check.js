// Says while somebody types what is wrong with a new password.

import { checkPassword } from './api.js';
import { hideFieldError, showFieldError } from './form.js';
import { sentences } from './words.js';

const pause = 600;
/** The server answers five such questions a minute and address; the last one is left for somebody else. */
const questions = 4;
const minute = 60_000;

/**
 * Returns the listener for a form's field `new_password`. It asks about what has been typed after a pause, and never
 * more often than the server wants: then it waits, and asks about what is there by then.
 */
export function liveReasons(username, minLength) {
  let asked = [];
  let timer;

  const say = (form, { acceptable, reasons }) => {
    if (acceptable) hideFieldError(form, 'new_password');
    else showFieldError(form, 'new_password', sentences(reasons));
  };

  const ask = async (input) => {
    const { form, value } = input;
    asked = asked.filter((time) => time > Date.now() - minute);
    if (asked.length >= questions) {
      timer = setTimeout(ask, asked[0] + minute - Date.now(), input);
      return;
    }
    asked.push(Date.now());
    const answer = await checkPassword(value, username).catch(() => null);
    if (answer && input.value === value && !form.hasAttribute('aria-busy')) say(form, answer);
  };

  return ({ currentTarget: input }) => {
    clearTimeout(timer);
    hideFieldError(input.form, 'new_password');
    if ([...input.value].length >= minLength) timer = setTimeout(ask, pause, input);
  };
}
