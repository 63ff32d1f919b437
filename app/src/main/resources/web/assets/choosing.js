// Choosing items of the grid: one by one, a range, or all.

import { toast } from './toast.js';
import { count } from './format.js';
import { explain } from './words.js';

/** More would be thousands of requests for one press of a button. */
const most = 1000;

/** What keys, mouse and fingers do to the selection. `library` is where the items come from. */
export function choosing(library, selection, focus) {
  const at = (index) => library.source.item(index);

  const toggle = (index) => {
    const media = at(index);
    if (!media) return;
    selection.anchor = media.id;
    selection.toggle(media);
    focus(index);
  };

  const add = async (from, to) => {
    const end = Math.min(to, from + most);
    try {
      await library.source.load(from, end);
    } catch (error) {
      toast(explain(error));
      return;
    }
    const found = Array.from({ length: Math.min(end, library.source.total) - from }, (_, step) => at(from + step));
    selection.add(found.filter(Boolean));
    if (to > end) toast(`${count(most, 'item', 'items')} can be chosen at once.`);
  };

  /** From where the choice began (or `begin`) to `index`. */
  const stretch = async (index, begin = index) => {
    if (selection.anchor === null) selection.anchor = at(begin)?.id ?? null;
    const anchor = library.source.indexOf(selection.anchor);
    const from = anchor < 0 ? begin : anchor;
    await add(Math.min(from, index), Math.max(from, index) + 1);
  };

  return {
    toggle,
    stretch,
    all: () => add(0, library.source.more ? most + 1 : library.source.total),
    clear: () => selection.clear(),
    choosing: () => selection.size > 0,
  };
}
