// The library by days: all days are known at once by their counts, and items are loaded where somebody looks.

import { listMedia, timeline } from './api.js';
import { startOf, zone } from './days.js';
import { pageSize, TimelineDays } from './timeline-days.js';

const atOnce = 2;
const pause = 100;

/**
 * Items by index, newest first; what is not loaded is undefined. `changed()` is called when items arrived,
 * `failed(error)` when a request failed, `outdated()` when the counts turn out to be wrong.
 */
export class TimelineSource extends TimelineDays {
  shape = 'timeline';
  more = false;
  #query;
  #listener;
  #wanted = [0, 0];
  #timer = null;
  #loading = new Map();
  #closed = false;
  #busy = (group) => this.#loading.has(group);

  constructor(query, listener) {
    super();
    this.#query = query;
    this.#listener = listener;
  }

  async open(signal) {
    this.lay((await this.#days(signal)).items);
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
      const run = this.missing(first, last, this.#busy);
      const under = this.groups.find((group) => this.#loading.has(group) && group.start < last && group.start + group.count > first);
      if (!run && !under) return;
      await (run ? this.#fetch(run) : this.#loading.get(under).done);
    }
  }

  #pump() {
    while (this.#loading.size < atOnce && !this.#closed) {
      const run = this.missing(...this.#wanted, this.#busy);
      if (!run) return;
      this.#fetch(run).then(() => this.#pump(), (error) => error.name !== 'AbortError' && this.#listener.failed(error));
    }
  }

  async #fetch(run) {
    const stop = new AbortController();
    const done = listMedia(this.#page(run), stop.signal)
      .then((page) => this.fill(run, page) || this.#outdated(run))
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

  /** The days stay as they are, with gaps, until the counts were asked for again. */
  #outdated(run) {
    for (const group of run) Object.assign(group, { loaded: group.count, torn: true });
    this.#listener.outdated();
  }
}
