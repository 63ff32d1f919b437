// Secrets that the server tells only once: links, tokens, backup codes.

import { copy } from './copy.js';
import { html, nothing } from './lit.js';

function copyShown({ currentTarget: button }) {
  copy(button.closest('.once').querySelector('input, pre'), button);
}

/** A box with one line to copy; `id` names its field, `hint` says what it is good for. */
export const shownOnce = ({ id, label, value, hint }) => html`
  <div class="once">
    <label for=${id}>${label}</label>
    <div class="copy">
      <input id=${id} readonly .value=${value} aria-describedby=${hint ? `${id}-hint` : nothing}>
      <button type="button" @click=${copyShown}>Copy</button>
    </div>
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
  </div>`;

/** Hands `text` to the browser as a file. */
function save(text, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Several lines to copy or to keep as a file. */
export const shownOnceAsFile = ({ label, lines, file }) => html`
  <div class="once">
    <p><strong>${label}</strong></p>
    <pre class="codes" tabindex="0" aria-label=${label}>${lines.join('\n')}</pre>
    <div class="actions">
      <button type="button" @click=${() => save(`${lines.join('\n')}\n`, file)}>Save as a file</button>
      <button type="button" @click=${copyShown}>Copy</button>
    </div>
  </div>`;
