// Where every item of the library stands, computed from counts alone: no item has to be loaded or measured for it.

const shapes = {
  timeline: { tile: 164, narrowTile: 100, gap: 8, narrowGap: 5, caption: 30, head: 56, foot: 8 },
  list: { tile: 176, narrowTile: 136, gap: 16, narrowGap: 12, caption: 56, head: 0, foot: 0 },
};

const narrow = 600;
/** From this height on there is a list of months to jump by; at the top it lies at the end of the headings, so wide. */
export const tall = 4000;
const months = 168;

/**
 * Groups one below the other, each a heading and rows of square tiles with a caption; small ones that follow each other
 * share a row. Indexes count through all groups; places are in pixels from the top of the grid.
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
    this.groups = this.#stack(groups, head, foot, 0);
    if (this.height >= tall) this.groups = this.#stack(groups, head, foot, months);
    const last = this.groups.at(-1);
    this.total = last ? last.start + last.count : 0;
  }

  get height() {
    const last = this.groups.at(-1);
    return last ? last.top + last.height : 0;
  }

  /** The headings at the top leave `reserved` pixels free. */
  #stack(groups, head, foot, reserved) {
    const stacked = [];
    let start = 0;
    for (const { key, count } of groups) {
      const before = stacked.at(-1);
      const column = before ? before.column + before.count : 0;
      const group = { key, count, start, at: stacked.length, head, height: head + Math.ceil(count / this.columns) * this.row + foot };
      if (before && column + count <= this.columns && (before.top > 0 || this.#headingFits(column, reserved))) {
        Object.assign(group, { column, top: before.top, shared: true });
        before.shared = true;
      } else {
        Object.assign(group, { column: 0, top: before ? before.top + before.height : 0, shared: false });
      }
      stacked.push(group);
      start += count;
    }
    return stacked;
  }

  #headingFits(column, reserved) {
    return column * (this.tile + this.gap) + this.tile <= this.width - reserved;
  }

  /** Where a group begins and how wide it is, in pixels. */
  span({ column, count, shared }) {
    const step = this.tile + this.gap;
    return { left: column * step, width: shared ? count * step - this.gap : this.width };
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

  /** The first of the groups that stand at this height. */
  groupAt(y) {
    return this.shelf(this.#last((group) => group.top <= y))[0];
  }

  /** All groups that share the row of this one. */
  shelf(group) {
    let first = group.at;
    let last = group.at;
    while (this.groups[first - 1]?.top === group.top) first -= 1;
    while (this.groups[last + 1]?.top === group.top) last += 1;
    return this.groups.slice(first, last + 1);
  }

  groupOf(index) {
    return this.#last((group) => group.start <= index);
  }

  /** The groups between two heights, each with the range of its items that stand there (`last` is exclusive). */
  between(top, bottom) {
    if (this.total === 0) return [];
    const found = [];
    for (let { at } = this.groupAt(top); at < this.groups.length; at += 1) {
      const group = this.groups[at];
      if (group.top >= bottom) break;
      const rowAt = (y) => Math.floor((y - group.top - group.head) / this.row);
      const first = Math.max(0, rowAt(top)) * this.columns;
      const last = (rowAt(bottom) + 1) * this.columns;
      found.push({ group, first: group.start + Math.min(first, group.count), last: group.start + Math.min(Math.max(last, 0), group.count) });
    }
    return found;
  }

  /** The left and top of an item within its group, and its height (`y`) in all. */
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
    const within = (index - group.start) % this.columns;
    const row = Math.floor((index - group.start) / this.columns) + step;
    const rows = Math.ceil(group.count / this.columns);
    if (row >= 0 && row < rows) return group.start + Math.min(row * this.columns + within, group.count - 1);
    const beyond = this.groups[this.shelf(group).at(step > 0 ? -1 : 0).at + step];
    if (!beyond) return index;
    const column = group.column + within;
    const next = this.shelf(beyond).findLast((each) => each.column <= column);
    const edge = step > 0 ? 0 : Math.floor((next.count - 1) / this.columns) * this.columns;
    return next.start + Math.min(edge + column - next.column, next.count - 1);
  }
}
