// The trash: what was deleted, and the way back.

import { listTrash, purgeMedia, restoreMedia } from './api.js';
import { confirm } from './confirm.js';
import { announce, byId } from './dom.js';
import { title } from './format.js';
import { render, repeat } from './lit.js';
import { toast } from './toast.js';
import { trashRow } from './trash-row.js';
import { explain } from './words.js';

export class Trash {
  #items = [];
  #cursor = null;
  #act;
  #list = byId('trash-list');

  constructor(visitor) {
    this.#act = {
      restore: (media) => this.#take(media, restoreMedia, `“${title(media)}” is back in the library.`),
      purge: visitor.purges ? (media) => this.#purge(media) : null,
    };
    byId('trash-more').addEventListener('click', () => this.#load(false));
  }

  async open() {
    await this.#load(true);
  }

  async #load(afresh) {
    try {
      const page = await listTrash(afresh ? null : this.#cursor);
      this.#items = afresh ? page.items : [...this.#items, ...page.items];
      this.#cursor = page.next_cursor;
      this.#draw();
    } catch (error) {
      toast(explain(error), { label: 'Try again', run: () => this.#load(afresh) });
    }
  }

  #draw() {
    render(repeat(this.#items, ({ id }) => id, (media) => trashRow(media, this.#act)), this.#list);
    byId('trash-more').hidden = !this.#cursor;
    byId('trash-empty').hidden = this.#items.length > 0 || this.#cursor !== null;
  }

  async #purge(media) {
    const sure = await confirm({
      heading: 'Delete for good?',
      text: `“${title(media)}” cannot be brought back after this.`,
      yes: 'Delete for good',
    });
    if (sure) await this.#take(media, purgeMedia, `“${title(media)}” is gone for good.`);
  }

  async #take(media, act, said) {
    try {
      await act(media.id);
      this.#remove(media.id);
      announce(byId('trash-status'), said);
    } catch (error) {
      toast(explain(error));
    }
  }

  /** The focus goes to the row that takes the place. */
  #remove(id) {
    const index = this.#items.findIndex((media) => media.id === id);
    this.#items = this.#items.filter((media) => media.id !== id);
    this.#draw();
    const neighbour = this.#items[index] ?? this.#items[index - 1];
    (neighbour ? byId(`trash-${neighbour.id}`).querySelector('button') : byId('trash-heading')).focus();
  }
}
