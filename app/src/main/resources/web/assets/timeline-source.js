// The library by days: all days are known at once by their counts, and items are loaded where somebody looks.

import { listMedia, timeline } from './api.js';
import { startOf, zone } from './days.js';

const pageSize = 120;
const atOnce = 2;
const pause = 100;

/**
 * Items by index, newest first; what is not loaded is undefined. `changed()` is called when items arrived,
 * `failed(error)` when a request failed, `outdated()` when the counts turn out to be wrong.
 */
export class TimelineSource {
  shape = 'timeline';
  groups = [];
  more = false;
  #items = [];
  #query;
  #listener;
  #wanted = [0, 0];
  #timer = null;
  #loading = new Map();
  #closed = false;

  constructor(query, listener) {
    this.#query = query;
    this.#listener = listener;
  }

  get total() {
    return this.#items.length;
  }

  async open(signal) {
    const { items } = await this.#days(signal);
    this.groups = items.map(({ day, count }) => ({ key: day, count, loaded: 0, cursor: null }));
    this.#restart();
    this.#items = new Array(this.groups.reduce((sum, group) => sum + group.count, 0)).fill(undefined);
  }

  /** In days of UTC where the server does not know the browser's zone: better than no library. */
  async #days(signal) {
    try {
      return await timeline({ ...this.#filters(), zone }, signal);
    } catch (problem) {
      if (problem.status !== 400) throw problem;
      return timeline(this.#filters(), signal);
    }
  }

  /** Nothing is loaded any more. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { stop } of this.#loading.values()) stop.abort();
  }

  #filters() {
    const { order, ...filters } = this.#query;
    return filters;
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

  /** Loads what is missing between two indexes, soon: while somebody scrolls, most of it has passed by then. */
  need(first, last) {
    this.#wanted = [first, last];
    if (this.#timer !== null || this.#closed) return;
    this.#pump();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#pump();
    }, pause);
  }

  /** Loads what is missing between two indexes now; some of it may be on its way already. */
  async load(first, last) {
    while (!this.#closed) {
      const run = this.#missing(first, last);
      const under = this.groups.find((group) => this.#loading.has(group) && group.start < last && group.start + group.count > first);
      if (!run && !under) return;
      await (run ? this.#fetch(run) : this.#loading.get(under).done);
    }
  }

  #pump() {
    while (this.#loading.size < atOnce && !this.#closed) {
      const run = this.#missing(...this.#wanted);
      if (!run) return;
      this.#fetch(run).then(() => this.#pump(), (error) => error.name !== 'AbortError' && this.#listener.failed(error));
    }
  }

  /** Days in a row that one request can bring; a day with more than fits comes page by page. */
  #missing(first, last) {
    const isMissing = (group) => group.loaded < group.count && !this.#loading.has(group);
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

  async #fetch(run) {
    const stop = new AbortController();
    const done = listMedia(this.#page(run), stop.signal)
      .then((page) => this.#take(run, page))
      .finally(() => run.forEach((group) => this.#loading.delete(group)));
    for (const group of run) this.#loading.set(group, { stop, done });
    await done;
    if (!this.#closed) this.#listener.changed();
  }

  #page(run) {
    return {
      ...this.#filters(),
      order: 'taken',
      taken_from: startOf(run.at(-1).key).toISOString(),
      taken_to: startOf(run[0].key, 1).toISOString(),
      limit: pageSize,
      cursor: run[0].cursor,
    };
  }

  #take(run, { items, next_cursor: next }) {
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
    if (items.length > expected || (whole && items.length < expected) || (!whole && items.length >= expected)) this.#outdated(run);
  }

  /** The days stay as they are, with gaps, until the counts were asked for again. */
  #outdated(run) {
    for (const group of run) Object.assign(group, { loaded: group.count, torn: true });
    this.#listener.outdated();
  }
}
