// The elements of the grid that exist at the moment: sections of days, and tiles in them.

import { dayName } from './days.js';
import { el } from './dom.js';
import { render } from './lit.js';
import { tile } from './tile.js';

export class GridElements {
  #place;
  #sections = new Map();
  #tiles = new Map();

  constructor(place) {
    this.#place = place;
  }

  /** The tile of an item, to put the focus on; undefined while it is not drawn. */
  tileAt(index) {
    return this.#tiles.get(index)?.li.querySelector('.tile');
  }

  /**
   * Draws these ranges of items and nothing else. Elements that stay are not touched unless something about them changed,
   * and all stand in reading order. `stateOf(index)` has the `media` (or undefined), `selected` and `current`.
   */
  sync(ranges, layout, shape, stateOf) {
    this.#forget(ranges);
    let next = this.#place.firstElementChild;
    for (const range of ranges) {
      const { section, list } = this.#section(range.group, layout);
      if (section === next) next = next.nextElementSibling;
      else this.#place.insertBefore(section, next);
      let nextTile = list.firstElementChild;
      for (const index of range.indexes) {
        const li = this.#tile(index, layout, shape, stateOf(index));
        if (li === nextTile) nextTile = nextTile.nextElementSibling;
        else list.insertBefore(li, nextTile);
      }
    }
  }

  #forget(ranges) {
    const kept = new Set(ranges.flatMap(({ indexes }) => indexes));
    for (const [index, { li }] of this.#tiles) {
      if (kept.has(index)) continue;
      li.remove();
      this.#tiles.delete(index);
    }
    const groups = new Set(ranges.map(({ group }) => group.key));
    for (const [key, { section }] of this.#sections) {
      if (groups.has(key)) continue;
      section.remove();
      this.#sections.delete(key);
    }
  }

  #section(group, layout) {
    let made = this.#sections.get(group.key);
    if (!made) {
      const list = el('ul');
      const heading = group.key === null ? null : el('h2');
      made = { list, heading, section: el('section', { class: 'day' }, heading, list) };
      this.#sections.set(group.key, made);
    }
    const room = (layout.isNarrow ? 0 : 1) + (group.shared ? 0 : 1);
    if (made.heading && made.room !== room) made.heading.textContent = dayName(group.key, room);
    made.room = room;
    made.section.classList.toggle('shared', group.shared);
    const { left, width } = layout.span(group);
    // Places are set as properties: the content security policy forbids style attributes.
    made.section.style.top = `${group.top}px`;
    made.section.style.left = `${left}px`;
    made.section.style.width = `${width}px`;
    made.section.style.height = `${group.height}px`;
    return made;
  }

  #tile(index, layout, shape, { media, selected, current }) {
    let made = this.#tiles.get(index);
    if (!made) {
      made = { li: el('li'), media: null, state: '' };
      made.li.dataset.index = index;
      this.#tiles.set(index, made);
    }
    const { left, top } = layout.place(index);
    const state = `${left},${top},${selected},${current},${shape}`;
    if (made.media === media && made.state === state) return made.li;
    Object.assign(made, { media, state });
    made.li.style.transform = `translate(${left}px, ${top}px)`;
    made.li.id = media ? `media-${media.id}` : '';
    made.li.classList.toggle('selected', selected);
    render(tile(media, { selected, current, shape }), made.li);
    return made.li;
  }
}
