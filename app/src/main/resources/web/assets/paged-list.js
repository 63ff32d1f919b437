// A list that comes in pages: rows, a button for more, a word when there is nothing, and what went wrong.

import { html, nothing, render, repeat } from './lit.js';
import { explain } from './words.js';

export class PagedList {
  #place;
  #options;
  #items = [];
  #cursor = null;
  #problem = null;
  #loaded = false;
  #asked = 0;

  /**
   * `load(cursor)` answers `{items, next_cursor}`, `row(item)` is the inside of a row, `empty` what to say of none;
   * `drawn(items)` is told after every change.
   */
  constructor(place, { load, row, empty, label, drawn = () => {} }) {
    this.#place = place;
    this.#options = { load, row, empty, label, drawn };
  }

  get items() {
    return this.#items;
  }

  /** Starts over; an answer that a later question has overtaken is dropped. */
  async reload() {
    await this.#fetch(null, () => (this.#items = []));
  }

  /** Draws once more, for rows that show more than their item. */
  draw() {
    const { row, empty, label, drawn } = this.#options;
    const none = this.#loaded && this.#items.length === 0;
    const held = this.#heldRow();
    render(
      html`
        <p class="problem" role="alert" ?hidden=${this.#problem === null}>${this.#problem}</p>
        ${none ? html`<p class="hint none">${empty}</p>` : nothing}
        <ul class="rows" aria-label=${label} ?hidden=${this.#items.length === 0}>
          ${repeat(this.#items, (item) => item.id, (item) => html`<li class="row" data-id=${item.id}>${row(item)}</li>`)}
        </ul>
        ${this.#cursor ? html`<p class="more"><button type="button" @click=${() => this.#more()}>Show more</button></p>` : nothing}`,
      this.#place,
    );
    if (held >= 0 && !this.#place.contains(document.activeElement)) this.#focusRow(held);
    drawn(this.#items);
  }

  /** Which row the focus is in; -1 for none. */
  #heldRow() {
    return [...this.#place.querySelectorAll('.row')].indexOf(document.activeElement?.closest('.row'));
  }

  /** The row that took the place of one that went gets the focus, or the heading when that was the last. */
  #focusRow(at) {
    const row = [...this.#place.querySelectorAll('.row')].slice(0, at + 1).at(-1);
    const heading = document.getElementById(this.#place.closest('section')?.getAttribute('aria-labelledby'));
    heading?.setAttribute('tabindex', '-1');
    (row?.querySelector('button, a, summary') ?? heading)?.focus();
  }

  remove(id) {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.draw();
  }

  replace(changed) {
    this.#items = this.#items.map((item) => (item.id === changed.id ? changed : item));
    this.draw();
  }

  async #more() {
    const before = this.#items.length;
    await this.#fetch(this.#cursor, () => {});
    this.#place.querySelectorAll('.row')[before]?.querySelector('button, a, summary')?.focus();
  }

  async #fetch(cursor, prepare) {
    const question = ++this.#asked;
    this.#place.setAttribute('aria-busy', 'true');
    try {
      const page = await this.#options.load(cursor);
      if (question !== this.#asked) return;
      prepare();
      this.#items = [...this.#items, ...page.items];
      this.#cursor = page.next_cursor;
      this.#loaded = true;
      this.#problem = null;
    } catch (error) {
      if (question !== this.#asked) return;
      this.#problem = explain(error);
    }
    this.#place.removeAttribute('aria-busy');
    this.draw();
  }
}
