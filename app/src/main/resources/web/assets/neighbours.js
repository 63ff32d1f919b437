// What stands before and after an item of a source, loaded when it has to be.

import { dayOf } from './days.js';

/** So much of a long day is loaded at once while one item of it is looked for. */
const portion = 120;

/** Whether there may be an item `step` places after this one. */
export function hasBeside(source, id, step) {
  const index = source.indexOf(id);
  const to = index + step;
  return index >= 0 && to >= 0 && (to < source.total || source.more);
}

/** The item `step` places after this one; undefined at the ends. */
export async function beside(source, id, step) {
  if (!hasBeside(source, id, step)) return undefined;
  const to = source.indexOf(id) + step;
  if (!source.item(to)) await source.load(to, to + 1);
  return source.item(to);
}

/** Loads the day of an item that a link led to, so that it has neighbours and the grid can show it. */
export async function locate(source, media) {
  const group = source.groups.find(({ key }) => key === dayOf(media));
  if (!group) return;
  const end = group.start + group.count;
  for (let to = group.start + 1; to < end + portion && source.indexOf(media.id) < 0; to += portion) await source.load(group.start, Math.min(to, end));
}
