// What the pages before the library (setup, sign-in, join, one-time links) share.

import { instance as loadInstance } from './api.js';
import { byId } from './dom.js';
import { explain } from './words.js';

/** Loads the instance and puts its name on the page and in the title; null, said aloud, when it cannot be loaded. */
export async function arrive() {
  const what = document.title.split(' · ')[0];
  try {
    const instance = await loadInstance();
    byId('instance-name').textContent = instance.name;
    document.title = `${what} · ${instance.name}`;
    return instance;
  } catch (error) {
    const place = byId('page-problem');
    place.textContent = explain(error);
    place.hidden = false;
    return null;
  }
}

/** Shows one card of the page, and puts the focus on `focus` when given. */
export function show(id, focus) {
  for (const card of document.querySelectorAll('main > .card')) card.hidden = card.id !== id;
  focus?.focus();
}
