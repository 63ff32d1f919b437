// The days of the library with their items, of which some are here and some not yet. It knows nothing of servers.

/** So many items can come by one request. */
export const pageSize = 120;

export class TimelineDays {
  /** Newest first: `{key, count, start, loaded, cursor}`, with the index of the first item and how many of it are here. */
  groups = [];
  #items = [];

  get total() {
    return this.#items.length;
  }

  /** Begins with these counts, `[{day, count}]`, and no item. */
  lay(days) {
    this.groups = days.map(({ day, count }) => ({ key: day, count, loaded: 0, cursor: null }));
    this.#restart();
    this.#items = new Array(this.groups.reduce((sum, group) => sum + group.count, 0)).fill(undefined);
  }

  #restart() {
    let start = 0;
    for (const group of this.groups) {
      group.start = start;
      start += group.count;
    }
  }

  item(index) {
    return this.#items[index];
  }

  indexOf(id) {
    return this.#items.findIndex((media) => media?.id === id);
  }

  replace(index, media) {
    this.#items[index] = media;
  }

  remove(index) {
    const group = this.groups.findLast((each) => each.start <= index);
    this.#items.splice(index, 1);
    group.count -= 1;
    group.loaded -= 1;
    if (group.count === 0) this.groups.splice(this.groups.indexOf(group), 1);
    this.#restart();
  }

  /** Takes over the loaded days of an older source that still have as many items as they had. */
  inherit(older) {
    const before = new Map(older.groups.map((group) => [group.key, group]));
    for (const group of this.groups) {
      const known = before.get(group.key);
      if (known?.count !== group.count || known.loaded < known.count || known.torn) continue;
      group.loaded = group.count;
      for (let at = 0; at < group.count; at += 1) this.#items[group.start + at] = older.item(known.start + at);
    }
  }

  /**
   * Days in a row between two indexes that one request can bring, and that `busy(group)` is not said of; null for none. A day
   * with more than fits comes page by page.
   */
  missing(first, last, busy) {
    const isMissing = (group) => group.loaded < group.count && !busy(group);
    const from = this.groups.findIndex((group) => group.start + group.count > first);
    for (let at = from; at >= 0 && at < this.groups.length && this.groups[at].start < last; at += 1) {
      const group = this.groups[at];
      if (!isMissing(group) || group.start + group.loaded >= last) continue;
      const run = [group];
      let size = group.count;
      while (size < pageSize && this.groups[at + run.length] && isMissing(this.groups[at + run.length])) {
        size += this.groups[at + run.length].count;
        if (size <= pageSize) run.push(this.groups[at + run.length]);
      }
      return run;
    }
    return null;
  }

  /** Puts what came for these days into its places; false when there was more or less than their counts say. */
  fill(run, { items, next_cursor: next }) {
    const expected = run.reduce((sum, group) => sum + group.count - group.loaded, 0);
    let at = 0;
    for (const group of run) {
      for (; group.loaded < group.count && at < items.length; at += 1) {
        this.#items[group.start + group.loaded] = items[at];
        group.loaded += 1;
      }
      group.cursor = next;
    }
    const whole = next === null;
    return whole ? items.length === expected : items.length < expected;
  }
}
