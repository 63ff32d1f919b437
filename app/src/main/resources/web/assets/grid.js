// The grid: the whole library is laid out, and only what can be seen (and a little more) exists as elements.

import { GridElements } from './grid-elements.js';
import { GridLayout } from './grid-layout.js';

/** How far beyond the window things are drawn, in pixels. */
const overscan = 700;
const none = new GridLayout([], 1, 'list');

export class Grid {
  layout = none;
  /** The item that Tab leads to, by index. */
  current = 0;
  #source = null;
  #place;
  #selection;
  #scrolled;
  #frame = 0;
  #elements;

  /** `scrolled(group, shown)` is told the first group in sight and the range of items that are drawn. */
  constructor(place, selection, scrolled) {
    this.#place = place;
    this.#elements = new GridElements(place);
    this.#selection = selection;
    this.#scrolled = scrolled;
    selection.addEventListener('change', () => this.draw());
    addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => {
      if (place.clientWidth === this.layout.width) this.draw();
      else this.arrange(this.anchor());
    }).observe(place);
  }

  /** Shows another source; with an anchor, whatever stood there stays where it is. */
  show(source, anchor = null) {
    this.#source = source;
    if (!anchor) this.current = 0;
    this.arrange(anchor);
  }

  /** The source has other groups or counts now, or the window another width. */
  arrange(anchor = null) {
    const width = this.#place.clientWidth;
    if (!this.#source || width === 0) return;
    this.layout = new GridLayout(this.#source.groups, width, this.#source.shape);
    this.current = Math.max(0, Math.min(this.current, this.layout.total - 1));
    this.#place.style.height = `${this.layout.height}px`;
    this.#place.style.setProperty('--tile', `${this.layout.tile}px`);
    this.#place.classList.toggle('timeline', this.#source.shape === 'timeline');
    if (anchor) this.#hold(anchor);
    this.#update();
  }

  /** What is at the top of the window: null where the grid begins, so that what is added there shows. */
  anchor() {
    const y = -this.#place.getBoundingClientRect().top;
    if (y <= 0 || this.layout.total === 0) return null;
    const group = this.layout.groupAt(y);
    const [{ first }] = this.layout.between(y, y + 1);
    const index = Math.min(first, this.layout.total - 1);
    return { key: group.key, start: group.start, id: this.#source.item(index)?.id, index, offset: y - this.layout.place(index).y, inGroup: y - group.top };
  }

  #hold(anchor) {
    const known = anchor.id === undefined ? -1 : this.#source.indexOf(anchor.id);
    const group = this.layout.groups.find((each) => each.key === anchor.key);
    const { total } = this.layout;
    if (total === 0) return;
    let y = this.layout.place(Math.min(anchor.index, total - 1)).y + anchor.offset;
    if (known >= 0) y = this.layout.place(known).y + anchor.offset;
    else if (group && group.key !== null) y = group.top + Math.min(anchor.inGroup, group.height);
    const move = y + this.#place.getBoundingClientRect().top;
    if (Math.abs(move) >= 1) scrollBy({ top: move, behavior: 'instant' });
  }

  /** Draws once before the next frame, however often it is called. */
  draw() {
    this.#frame ||= requestAnimationFrame(() => this.#update());
  }

  #update() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#source || this.#place.offsetParent === null) return;
    const y = -this.#place.getBoundingClientRect().top;
    const ranges = this.layout.between(Math.max(0, y - overscan), y + innerHeight + overscan);
    const shown = [ranges[0]?.first ?? 0, ranges.at(-1)?.last ?? 0];
    for (const range of ranges) range.indexes = Array.from({ length: range.last - range.first }, (_, at) => range.first + at);
    this.#pin(ranges);
    this.#elements.sync(ranges, this.layout, this.#source.shape, (index) => this.#state(index));
    if (this.layout.total === 0) return;
    this.#source.need(...shown);
    this.#scrolled(this.layout.groupAt(Math.max(0, y + 1)), shown);
  }

  #state(index) {
    const media = this.#source.item(index);
    return { media, selected: this.#selection.has(media), current: index === this.current };
  }

  /** What has the focus stays an element, or the focus would be lost by scrolling. */
  #pin(ranges) {
    const holder = this.#place.contains(document.activeElement) ? document.activeElement.closest('li') : null;
    const held = Number(holder?.dataset.index ?? NaN);
    if (!(held < this.layout.total) || ranges.some(({ indexes }) => indexes.includes(held))) return;
    const group = this.layout.groupOf(held);
    const same = ranges.find((range) => range.group === group);
    if (same) same.indexes = [...same.indexes, held].sort((one, other) => one - other);
    else ranges.push({ group, indexes: [held] });
    ranges.sort((one, other) => one.group.start - other.group.start);
  }

  /** Scrolls so far that an item is in sight, and no further. */
  reveal(index) {
    const { y } = this.layout.place(index);
    const { head } = this.layout.groupOf(index);
    const box = this.#place.getBoundingClientRect().top + y;
    const above = y === head ? box + scrollY : Math.max(head, 8); // above the first row there is the rest of the page
    const below = box + this.layout.row + 72 - innerHeight;
    if (box - above < 0) scrollBy({ top: box - above, behavior: 'instant' });
    else if (below > 0) scrollBy({ top: Math.min(below, box - above), behavior: 'instant' });
  }

  focus(index) {
    if (this.layout.total === 0) return;
    this.current = Math.max(0, Math.min(index, this.layout.total - 1));
    this.reveal(this.current);
    this.#update();
    this.#elements.tileAt(this.current)?.focus({ preventScroll: true });
  }

  /** How many rows fit into the window. */
  get rowsInSight() {
    return Math.max(1, Math.floor(innerHeight / this.layout.row) - 1);
  }
}
