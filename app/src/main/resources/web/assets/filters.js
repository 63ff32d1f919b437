// What is looked for: words, kind, order, tag and person. It stands in the address, so that reloading, going back and
// passing a link on keep it.

import { byId } from './dom.js';
import { html, nothing, render } from './lit.js';

const pause = 250;
const usual = { q: '', kind: '', order: 'taken', tag: '', uploader_id: '' };
const form = byId('filters');

/** The address of the library with these choices; what is as usual is left out. */
export function addressOf(query) {
  const filled = Object.entries(query).filter(([name, value]) => value && value !== usual[name]);
  return filled.length === 0 ? '/' : `/?${new URLSearchParams(filled)}`;
}

function read() {
  const known = new URLSearchParams(location.search);
  const query = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, known.get(name) ?? value]));
  const possible = (name) => [...form.elements[name]].some(({ value }) => value === query[name]);
  for (const name of ['kind', 'order']) if (!possible(name)) query[name] = usual[name];
  if (!/^[1-9]\d{0,15}$/.test(query.uploader_id)) query.uploader_id = '';
  return query;
}

export class Filters {
  query = read();
  #changed;
  #timer;
  #person = '';
  #shown = [];

  /** Calls `changed()` when somebody has chosen, has paused while typing, or has gone back to another choice. */
  constructor(changed) {
    this.#changed = changed;
    this.#show();
    form.addEventListener('change', ({ target }) => (target.name === 'kind' || target.name === 'order') && this.choose({ [target.name]: target.value }));
    form.elements.q.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#typed(), pause);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#typed();
    });
    addEventListener('popstate', () => this.#back());
  }

  /** Calls `listener()` whenever the choice has changed. */
  onShow(listener) {
    this.#shown.push(listener);
  }

  get narrow() {
    return Object.keys(usual).some((name) => name !== 'order' && this.query[name]);
  }

  /** Looks for something else; going back brings the earlier choice. */
  choose(choice) {
    this.#go({ ...this.query, q: form.elements.q.value.trim(), ...choice }, true);
  }

  clear() {
    this.choose({ ...usual, order: this.query.order });
    form.elements.q.focus();
  }

  /** Typing goes on in the same entry of the history, or going back would spell the word backwards. */
  #typed() {
    const q = form.elements.q.value.trim();
    this.#go({ ...this.query, q }, this.query.q === '');
  }

  #go(query, asNew) {
    clearTimeout(this.#timer);
    const address = addressOf(query);
    if (address === addressOf(this.query)) return;
    this.query = query;
    if (asNew) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    this.#show();
    this.#changed();
  }

  #back() {
    const query = read();
    if (addressOf(query) === addressOf(this.query)) return;
    this.query = query;
    this.#show();
    this.#changed();
  }

  #show() {
    const { q, kind, order } = this.query;
    if (form.elements.q.value.trim() !== q) form.elements.q.value = q;
    for (const choice of form.elements.kind) choice.checked = choice.value === kind;
    form.elements.order.value = order;
    this.#showNarrowing();
    for (const listener of this.#shown) listener();
  }

  /** The tag and the person, each with a way to drop them. */
  #showNarrowing() {
    const chip = (text, drop) =>
      html`<button type="button" class="chip" aria-label=${`Not only ${text}`} @click=${() => this.choose(drop)}><span>${text}</span><span aria-hidden="true">×</span></button>`;
    const { tag, uploader_id: id } = this.query;
    render(
      html`${tag ? chip(`Tag: ${tag}`, { tag: '' }) : nothing}${id ? chip(`Added by ${this.#person || 'one person'}`, { uploader_id: '' }) : nothing}`,
      byId('narrowing'),
    );
  }

  /** The address knows people by number only; what they added knows their name. */
  name(media) {
    this.#person = this.query.uploader_id && media?.uploader ? media.uploader.display_name : '';
    this.#showNarrowing();
  }
}
