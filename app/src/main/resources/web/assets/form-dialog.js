// A question that takes more than yes or no: a form in a dialog of its own.

import { problemPlace } from './fields.js';
import { submitting } from './form.js';
import { icon } from './icon.js';
import { html, nothing, render } from './lit.js';

/**
 * Opens a dialog. `body` are the fields; `send(values)` does what was asked for and what it throws is shown in the form.
 * What `send` returns, if anything, is shown instead of the form: a link that is seen only once. `after(close)` is what
 * stands below the form. Resolves when it closes.
 */
export function openForm({ id, heading, body, submit, send, words, after, wide = false, danger = false }) {
  const dialog = document.createElement('dialog');
  dialog.className = wide ? 'box wide' : 'box';
  dialog.id = id;
  dialog.setAttribute('aria-labelledby', `${id}-heading`);
  const close = () => dialog.close();
  const top = html`<header class="box-header">
    <h2 id="${id}-heading" tabindex="-1">${heading}</h2>
    <button class="icon-button" type="button" aria-label="Close" @click=${close}>${icon('close')}</button>
  </header>`;
  const showResult = (result) => {
    render(html`${top}<div class="result">${result}</div>
      <div class="actions"><button class="primary" type="button" @click=${close}>Done</button></div>`, dialog);
    (dialog.querySelector('.result input, .result [tabindex]') ?? dialog.querySelector('h2')).focus();
  };
  const act = async (values, form) => {
    const result = await send(values, form);
    if (result) showResult(result);
    else close();
  };
  render(
    html`${top}<form method="post" @submit=${submitting(act, words)}>
      ${problemPlace}${body}
      ${submit === undefined ? nothing : html`<div class="actions">
        <button type="button" @click=${close}>Cancel</button>
        <button class=${danger ? 'danger' : 'primary'} type="submit">${submit}</button>
      </div>`}
    </form>${after ? after(close) : nothing}`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('form :is(input, select, textarea)')?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove(); // with it goes what was typed or shown
      resolve();
    }, { once: true });
  });
}
