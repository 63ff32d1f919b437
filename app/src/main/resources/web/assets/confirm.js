// Asks before something that cannot be undone.

import { byId } from './dom.js';

/** True when the person chose `yes`; closing the dialog in any other way is a no. */
export function confirm({ heading, text, yes }) {
  const dialog = byId('confirm');
  byId('confirm-heading').textContent = heading;
  byId('confirm-text').textContent = text;
  byId('confirm-yes').textContent = yes;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
