// Where every item of the library stands, computed from counts alone: no item has to be loaded or measured for it.

const shapes = {
  timeline: { tile: 164, narrowTile: 100, gap: 8, narrowGap: 5, caption: 30, head: 56, foot: 8 },
  list: { tile: 176, narrowTile: 136, gap: 16, narrowGap: 12, caption: 56, head: 0, foot: 0 },
};

const narrow = 600;

/**
 * Groups one below the other, each a heading and rows of square tiles with a caption. Indexes count through all groups;
 * places are in pixels from the top of the grid.
 */
export class GridLayout {
  /** Groups are `{key, count}`; a group whose key is null has no heading. */
  constructor(groups, width, shape) {
    const { tile, narrowTile, gap, narrowGap, caption, head, foot } = shapes[shape];
    this.width = width;
    this.isNarrow = width < narrow;
    this.gap = this.isNarrow ? narrowGap : gap;
    this.columns = Math.max(1, Math.floor((width + this.gap) / ((this.isNarrow ? narrowTile : tile) + this.gap)));
    this.tile = Math.floor((width - this.gap * (this.columns - 1)) / this.columns);
    this.row = this.tile + caption + this.gap;
    this.caption = caption;
    this.groups = this.#stack(groups, head, foot);
    const last = this.groups.at(-1);
    this.height = last ? last.top + last.height : 0;
    this.total = last ? last.start + last.count : 0;
  }

  #stack(groups, head, foot) {
    let top = 0;
    let start = 0;
    return groups.map(({ key, count }) => {
      const height = head + Math.ceil(count / this.columns) * this.row + foot;
      const group = { key, count, start, top, head, height };
      top += height;
      start += count;
      return group;
    });
  }

  /** The last group for which `before(group)` holds; the first when it holds for none. */
  #last(before) {
    let low = 0;
    let high = this.groups.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (before(this.groups[middle])) low = middle;
      else high = middle - 1;
    }
    return this.groups[low];
  }

  groupAt(y) {
    return this.#last((group) => group.top <= y);
  }

  groupOf(index) {
    return this.#last((group) => group.start <= index);
  }

  /** The groups between two heights, each with the range of its items that stand there (`last` is exclusive). */
  between(top, bottom) {
    if (this.total === 0) return [];
    const found = [];
    for (let at = this.groups.indexOf(this.groupAt(top)); at < this.groups.length; at += 1) {
      const group = this.groups[at];
      if (group.top >= bottom) break;
      const rowAt = (y) => Math.floor((y - group.top - group.head) / this.row);
      const first = Math.max(0, rowAt(top)) * this.columns;
      const last = (rowAt(bottom) + 1) * this.columns;
      found.push({ group, first: group.start + Math.min(first, group.count), last: group.start + Math.min(Math.max(last, 0), group.count) });
    }
    return found;
  }

  /** The left and top of an item, within its group and (`y`) in all. */
  place(index) {
    const group = this.groupOf(index);
    const at = index - group.start;
    const top = group.head + Math.floor(at / this.columns) * this.row;
    const column = at % this.columns;
    return { left: column * (this.tile + this.gap), top, y: group.top + top };
  }

  /** The item above (`step` -1) or below (+1), in the same column where there is one. */
  vertical(index, step) {
    const group = this.groupOf(index);
    const column = (index - group.start) % this.columns;
    const row = Math.floor((index - group.start) / this.columns) + step;
    const rows = Math.ceil(group.count / this.columns);
    if (row >= 0 && row < rows) return group.start + Math.min(row * this.columns + column, group.count - 1);
    const next = this.groups[this.groups.indexOf(group) + step];
    if (!next) return index;
    const edge = step > 0 ? 0 : Math.floor((next.count - 1) / this.columns) * this.columns;
    return next.start + Math.min(edge + column, next.count - 1);
  }
}
