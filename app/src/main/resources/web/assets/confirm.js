// Asks before something that cannot be undone.

import { html, render } from './lit.js';

/** True when the person chose `yes`; closing the dialog in any other way is a no. */
export function confirm({ heading, text, yes }) {
  const dialog = document.createElement('dialog');
  dialog.id = 'confirm';
  dialog.className = 'box';
  dialog.setAttribute('aria-labelledby', 'confirm-heading');
  dialog.setAttribute('aria-describedby', 'confirm-text');
  render(
    html`<form method="dialog">
      <h2 id="confirm-heading">${heading}</h2>
      <p id="confirm-text">${text}</p>
      <div class="actions">
        <button value="no">Cancel</button>
        <button class="danger" value="yes" id="confirm-yes">${yes}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }, { once: true });
  });
}
