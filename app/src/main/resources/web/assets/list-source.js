// The library in one long list, page by page: for orders that have no days.

import { listMedia } from './api.js';

const pageSize = 60;
const ahead = 30;

/** The same face as a TimelineSource; its one group grows with each page. */
export class ListSource {
  shape = 'list';
  #items = [];
  #query;
  #listener;
  #cursor = null;
  #loading = null;
  #stop = new AbortController();

  constructor(query, listener) {
    this.#query = query;
    this.#listener = listener;
  }

  get total() {
    return this.#items.length;
  }

  get groups() {
    return this.total === 0 ? [] : [{ key: null, count: this.total, start: 0 }];
  }

  get more() {
    return this.#cursor !== null;
  }

  async open(signal) {
    this.#take(await this.#page(signal));
  }

  close() {
    this.#stop.abort();
  }

  inherit() {}

  item(index) {
    return this.#items[index];
  }

  indexOf(id) {
    return this.#items.findIndex((media) => media.id === id);
  }

  replace(index, media) {
    this.#items[index] = media;
  }

  remove(index) {
    this.#items.splice(index, 1);
  }

  need(first, last) {
    if (last + ahead < this.total || !this.more || this.#loading) return;
    this.#next().catch((error) => error.name !== 'AbortError' && this.#listener.failed(error));
  }

  async load(first, last) {
    while (last > this.total && this.more && !this.#stop.signal.aborted) await this.#next();
  }

  /** One page at a time: whoever comes while one is on its way waits for that one. */
  async #next() {
    this.#loading ??= this.#page(this.#stop.signal).then((page) => this.#take(page)).finally(() => (this.#loading = null));
    await this.#loading;
    this.#listener.changed();
  }

  #page(signal) {
    return listMedia({ ...this.#query, limit: pageSize, cursor: this.#cursor }, signal);
  }

  /** An item that was added meanwhile pushes others into the next page, where they come a second time. */
  #take({ items, next_cursor: next }) {
    const known = new Set(this.#items.map((media) => media.id));
    this.#items.push(...items.filter((media) => !known.has(media.id)));
    this.#cursor = next;
  }
}
