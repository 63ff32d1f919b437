// Short messages at the foot of the page, with at most one thing to do about them.

import { byId, el } from './dom.js';

const shownFor = 8000;

/** Shows `text`; with `action` (`{label, run}`) also a button. It stays while the pointer or the focus is on it. */
export function toast(text, action) {
  const box = el('div', { class: 'toast' }, el('p', {}, text));
  let timer;
  const remove = () => box.remove();
  const start = () => (timer = setTimeout(remove, shownFor));
  const hold = () => clearTimeout(timer);
  if (action) {
    const run = () => {
      hold();
      remove();
      action.run();
    };
    box.append(el('button', { type: 'button', onclick: run }, action.label));
  }
  for (const event of ['pointerenter', 'focusin']) box.addEventListener(event, hold);
  for (const event of ['pointerleave', 'focusout']) box.addEventListener(event, start);
  byId('toasts').append(box);
  start();
}
