// Short messages in the corner of the page, with at most one thing to do about them.

import { byId, el } from './dom.js';

const shownFor = 8000;

const region = byId('toasts');

/** An open dialog makes the rest of the page inert, so the message has to appear inside it. */
function place() {
  const home = [...document.querySelectorAll('dialog[open]')].at(-1) ?? byId('corner');
  if (region.parentElement !== home) home.prepend(region);
}

/** A dialog that closes would take along what it was told just before. The event does not bubble, but is captured. */
document.addEventListener('close', ({ target }) => target.contains(region) && place(), true);

export function clearToasts() {
  region.replaceChildren();
}

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
  place();
  for (const same of [...region.children].filter((each) => each.textContent === box.textContent)) same.remove();
  region.append(box);
  start();
}
