// The library: what is looked for, where it comes from, and the grid that shows it.

import { announce, byId } from './dom.js';
import { showEmpty } from './empty.js';
import { Filters } from './filters.js';
import { count } from './format.js';
import { Grid } from './grid.js';
import { showJump } from './jump.js';
import { ListSource } from './list-source.js';
import { paced } from './paced.js';
import { Selection } from './selection.js';
import { TimelineSource } from './timeline-source.js';
import { toast } from './toast.js';
import { explain } from './words.js';

/** A list that was scrolled further is not loaded anew behind somebody's back. */
const longList = 240;

const closed = { shape: 'list', groups: [], total: 0, more: false, item: () => undefined, indexOf: () => -1, need() {}, close() {}, inherit() {} };

export class Library {
  selection = new Selection();
  source = closed;
  filters;
  grid;
  visitor;
  #place = byId('grid');
  #loading = null;
  #group = null;
  #shown = [0, 0];
  #reloading = null;
  #listeners = [];

  constructor(visitor) {
    this.visitor = visitor;
    this.filters = new Filters(() => {
      scrollTo({ top: 0, behavior: 'instant' });
      this.reload();
    });
    this.grid = new Grid(this.#place, this.selection, (group, shown) => this.#scrolled(group, shown));
  }

  /** Starts over with what is looked for; a request that is still under way is dropped. */
  reload() {
    this.#reloading = this.#reload();
    return this.#reloading;
  }

  /** Ends when the last reload that was begun has. */
  async ready() {
    for (let last = null; last !== this.#reloading; ) await (last = this.#reloading);
  }

  async #reload() {
    this.selection.clear();
    this.#place.setAttribute('aria-busy', 'true');
    await this.#open(async (source) => {
      await source.load(0, 1);
      return null;
    });
    const { total, more } = this.source;
    announce(byId('library-status'), total === 0 ? 'Nothing found' : `${more ? 'More than ' : ''}${count(total, 'item', 'items')}`);
  }

  /** Asks again for what is shown, soon, and keeps it where it is; `afresh` when whatever is known may be wrong. */
  refresh = paced(
    () => this.ready(), // what is on its way may have been read before that which happened
    async (afresh) => {
      const isLong = this.source.shape === 'list' && this.source.total > longList;
      if (!isLong) await this.#open((source) => this.#carryOver(source, afresh));
    },
  );

  /** Loads what the newer source needs to take the place of the one that is shown, without a gap. */
  async #carryOver(source, afresh) {
    const anchor = this.grid.anchor();
    if (!afresh) source.inherit(this.source);
    const group = source.groups.find(({ key }) => key === anchor?.key);
    const shift = group && anchor ? group.start - anchor.start : 0;
    const [first, last] = this.#shown;
    await source.load(Math.max(0, first + shift), Math.max(1, source.shape === 'list' ? this.source.total : last + shift));
    return anchor;
  }

  async #open(prepare) {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const source = this.#sourceFor(this.filters.query);
    try {
      await source.open(loading.signal);
      const anchor = await prepare(source);
      if (loading.signal.aborted) return source.close();
      this.source.close();
      this.source = source;
      this.grid.show(source, anchor);
      this.#counted();
    } catch (error) {
      source.close();
      if (error.name !== 'AbortError') toast(explain(error), { label: 'Try again', run: () => this.reload() });
    } finally {
      if (this.#loading === loading) {
        this.#loading = null;
        this.#place.removeAttribute('aria-busy');
      }
    }
  }

  #sourceFor(query) {
    const Source = query.order === 'taken' ? TimelineSource : ListSource;
    const listener = {
      changed: () => source === this.source && (source.shape === 'list' ? this.grid.arrange(this.grid.anchor()) : this.grid.draw()),
      failed: (error) => toast(explain(error), { label: 'Try again', run: () => this.grid.draw() }),
      outdated: () => this.refresh(),
    };
    const source = new Source(query, listener);
    return source;
  }

  #scrolled(group, shown) {
    this.#shown = shown;
    if (this.#group !== group.key) showJump(this.grid, group);
    this.#group = group.key;
  }

  #counted() {
    this.#group = null;
    showJump(this.grid, this.grid.layout.groups[0]);
    showEmpty(this.source.total === 0, this.filters, this.visitor);
    this.filters.name(this.source.item(0));
    this.grid.draw();
  }

  /** Calls `listener()` whenever items were added or taken away here. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  find(id) {
    return this.source.item(this.source.indexOf(id));
  }

  replace(media) {
    this.selection.replace(media);
    const index = this.source.indexOf(media.id);
    if (index < 0) return;
    this.source.replace(index, media);
    this.grid.draw();
  }

  /** Something new came in; where it belongs, the server knows. */
  added() {
    for (const listener of this.#listeners) listener();
    this.refresh();
  }

  /** Takes items out; the focus, where it was in the grid, goes to what takes their place. */
  removeAll(ids) {
    for (const listener of this.#listeners) listener();
    const held = this.#place.contains(document.activeElement);
    const anchor = this.grid.anchor();
    for (const id of ids) {
      this.selection.remove(id);
      const index = this.source.indexOf(id);
      if (index >= 0) this.source.remove(index);
    }
    this.grid.arrange(anchor);
    this.#counted();
    if (held) this.focusIndex(this.grid.current);
  }

  focus(id) {
    this.focusIndex(this.source.indexOf(id));
  }

  focusIndex(index) {
    if (index < 0 || this.source.total === 0) byId('content').focus({ preventScroll: true });
    else this.grid.focus(index);
  }
}
