// Forms that say beside the field what is wrong with it, and on top what is wrong with the whole.

import { explain, sentences } from './words.js';

const isPassword = (name) => name.endsWith('password');

/** The filled-in fields of a form by name, spaces around them removed (but never in a password). */
export function values(form) {
  const entries = [...new FormData(form)].map(([name, value]) => [name, isPassword(name) ? value : value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function clear(form) {
  form.querySelector('.problem').hidden = true;
  for (const error of form.querySelectorAll('.error')) error.hidden = true;
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
}

/** Where it is said what is wrong with a field; null when the form has no such field. */
const errorPlace = (form, name) => form.querySelector(`#${CSS.escape(form.elements[name ?? '']?.id ?? '')}-error`);

/** Writes a message next to one field; false when the form has no such field. */
export function showFieldError(form, name, message) {
  const place = errorPlace(form, name);
  if (!place) return false;
  place.textContent = message;
  place.hidden = false;
  form.elements[name].setAttribute('aria-invalid', 'true');
  return true;
}

/** Takes back what was said next to one field. */
export function hideFieldError(form, name) {
  errorPlace(form, name).hidden = true;
  form.elements[name].removeAttribute('aria-invalid');
}

const fieldOf = {
  setup_code_required: 'setup_code',
  wrong_password: 'current_password',
  code_required: 'code',
  wrong_code: 'code',
  invalid_code: 'code',
  username_taken: 'username',
  email_taken: 'email',
  invite_email_mismatch: 'email',
};

/** The sentence for the top of the form; what belongs to one field is written there instead. */
function headline(form, error, own) {
  const said = explain(error, own);
  return showFieldError(form, fieldOf[error.code], said) ? 'Please look at the marked field.' : said;
}

/** Shows all that a call threw, and moves the focus to the first thing to mend. */
export function showProblem(form, error, own) {
  const onTop = [headline(form, error, own)];
  for (const { field, message } of error.errors ?? []) {
    if (!showFieldError(form, field, sentences([message]))) onTop.push(message);
  }
  if (error.reasons?.length > 0) {
    showFieldError(form, form.elements.new_password ? 'new_password' : 'password', sentences(error.reasons));
  }
  const place = form.querySelector('.problem');
  place.textContent = sentences(onTop);
  place.hidden = false;
  (form.querySelector('[aria-invalid]') ?? form.querySelector('[data-try-again]') ?? place).focus();
}

function setBusy(form, busy) {
  form.toggleAttribute('aria-busy', busy);
  form.querySelector('[type=submit]').disabled = busy;
}

/**
 * What a form does at submit: calls `send(values, form)`, and shows in the form what that throws, in the words of `own`
 * where given.
 */
export function submitting(send, own) {
  return async (event) => {
    const form = event.currentTarget;
    event.preventDefault();
    clear(form);
    setBusy(form, true);
    let thrown = null;
    try {
      await send(values(form), form);
    } catch (error) {
      thrown = error;
    }
    setBusy(form, false);
    if (thrown) showProblem(form, thrown, own);
  };
}

/** As {@link submitting}, for a form that is on the page already. */
export function onSubmit(form, send, own) {
  form.addEventListener('submit', submitting(send, own));
}
