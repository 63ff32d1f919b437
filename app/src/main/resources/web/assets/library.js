// The list of the library: loads page by page, and keeps the grid in step with what is known.

import { listMedia } from './api.js';
import { announce, byId } from './dom.js';
import { showEmpty } from './empty.js';
import { clearFilters, currentFilters, wireFilters } from './filters.js';
import { count } from './format.js';
import { tile } from './tile.js';
import { toast } from './toast.js';
import { explain } from './words.js';

const pageSize = 60;

export class Library {
  #items = [];
  #cursor = null;
  #loading = null;
  #arrived = [];
  #visitor;
  #open;
  #refilter;
  #grid = byId('grid');
  #more = byId('show-more');
  #end;

  /** `open(id)` is called when somebody chooses an item. */
  constructor(visitor, open) {
    this.#visitor = visitor;
    this.#open = open;
    this.#refilter = wireFilters(() => this.reload());
    this.#more.addEventListener('click', () => this.#showMore());
    this.#end = new IntersectionObserver((entries) => this.#reached(entries), { rootMargin: '600px' });
  }

  /** Starts over with the chosen filters; a request that is still under way is dropped. */
  async reload() {
    this.#loading?.abort();
    this.#loading = null;
    this.#cursor = null;
    this.#arrived = [];
    await this.#load((items) => {
      this.#items = [];
      this.#grid.replaceChildren();
      this.#arrived.forEach((media) => this.insert(media, 0));
      announce(byId('library-status'), items.length === 0 ? 'Nothing found' : `Showing ${count(items.length, 'item', 'items')}`);
    });
  }

  async loadMore() {
    if (this.#cursor && !this.#loading) await this.#load(() => {});
  }

  /** The button may be gone afterwards, so the focus moves on to what it brought. */
  async #showMore() {
    const first = this.#items.length;
    await this.loadMore();
    this.focus(this.#items[first]?.id);
  }

  async #load(before) {
    const loading = new AbortController();
    this.#loading = loading;
    this.#grid.setAttribute('aria-busy', 'true');
    try {
      const page = await listMedia({ ...currentFilters(), limit: pageSize, cursor: this.#cursor }, loading.signal);
      before(page.items);
      this.#append(page);
    } catch (error) {
      if (error.name !== 'AbortError') this.#fail(error);
    } finally {
      if (this.#loading === loading) {
        this.#loading = null;
        this.#grid.removeAttribute('aria-busy');
      }
    }
  }

  #append({ items, next_cursor: next }) {
    const fresh = items.filter((media) => !this.find(media.id));
    this.#items.push(...fresh);
    this.#grid.append(...fresh.map((media) => tile(media, this.#open)));
    this.#cursor = next;
    this.#more.hidden = !next;
    this.#showEmpty();
    this.#watchEnd();
  }

  /** Observing anew reports at once whether the end is still in sight, as it is on a tall screen. */
  #watchEnd() {
    this.#end.disconnect();
    if (this.#cursor) this.#end.observe(this.#more);
  }

  #reached(entries) {
    if (entries.some((entry) => entry.isIntersecting)) this.loadMore();
  }

  /** Loading goes on only when somebody asks for it: the observer stays quiet while nothing moves. */
  #fail(error) {
    toast(explain(error), { label: 'Try again', run: () => (this.#cursor ? this.loadMore() : this.reload()) });
  }

  #showEmpty() {
    const filters = currentFilters();
    showEmpty(this.#items.length === 0, filters, this.#visitor, () => {
      clearFilters();
      this.#refilter();
    });
  }

  find(id) {
    return this.#items.find((media) => media.id === id);
  }

  /** The item `step` places after `id`; undefined at the ends. */
  neighbour(id, step) {
    const index = this.#items.findIndex((media) => media.id === id);
    if (index + step >= this.#items.length - 3) this.loadMore();
    return this.#items[index + step];
  }

  replace(media) {
    const index = this.#items.findIndex((each) => each.id === media.id);
    if (index < 0) return;
    this.#items[index] = media;
    byId(`media-${media.id}`).replaceWith(tile(media, this.#open));
  }

  /** Takes an item out of the grid and returns where it was; the focus goes to its neighbour. */
  remove(id) {
    const index = this.#items.findIndex((media) => media.id === id);
    if (index < 0) return 0;
    this.#items.splice(index, 1);
    byId(`media-${id}`).remove();
    this.focus(this.#items[Math.min(index, this.#items.length - 1)]?.id);
    this.#showEmpty();
    return index;
  }

  insert(media, index) {
    if (this.find(media.id)) return;
    this.#items.splice(index, 0, media);
    this.#grid.insertBefore(tile(media, this.#open), this.#grid.children[index] ?? null);
    this.#showEmpty();
  }

  /**
   * Shows what was just uploaded: on top where it belongs there, else wherever a new load puts it. A list that is
   * on its way may have been read before the upload, so it is remembered until the next load.
   */
  added(media) {
    const { q, kind, order } = currentFilters();
    if (q || kind || order !== 'newest') return;
    this.#arrived.push(media);
    this.insert(media, 0);
  }

  /** True when `added` cannot place new items, and only a reload shows them. */
  get needsReloadAfterUpload() {
    const { q, kind, order } = currentFilters();
    return Boolean(q || kind || order !== 'newest');
  }

  focus(id) {
    const item = id === undefined ? null : byId(`media-${id}`);
    (item?.querySelector('button') ?? byId('content')).focus();
  }
}
