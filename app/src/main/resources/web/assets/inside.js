// What the pages behind the door share: who is here, the head, and attempts whose failure is said in a corner.

import { byId } from './dom.js';
import { showHeader } from './site-header.js';
import { toast } from './toast.js';
import { loadVisitor } from './visitor.js';
import { explain } from './words.js';

/** Runs `act`, then says `said` if there is something to say; what goes wrong is said in the words of `own`. */
export async function attempt(act, said, own) {
  try {
    await act();
    if (said) toast(said);
    return true;
  } catch (error) {
    toast(explain(error, own));
    return false;
  }
}

/** Draws the head and hands the visitor to `start`; when nobody can be reached, the page says so. */
export async function comeIn(here, title, start) {
  try {
    const visitor = await loadVisitor();
    showHeader(visitor, here, title);
    await start(visitor);
  } catch (error) {
    const place = byId('page-problem');
    place.textContent = explain(error);
    place.hidden = false;
  }
}
