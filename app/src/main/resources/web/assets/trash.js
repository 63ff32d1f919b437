// The trash: what was deleted, and the way back.

import { listTrash, purgeMedia, restoreMedia } from './api.js';
import { announce, byId } from './dom.js';
import { confirm } from './confirm.js';
import { title } from './format.js';
import { toast } from './toast.js';
import { trashRow } from './trash-row.js';
import { explain } from './words.js';

export class Trash {
  #cursor = null;
  #visitor;
  #list = byId('trash-list');

  constructor(visitor) {
    this.#visitor = visitor;
    byId('trash-more').addEventListener('click', () => this.#load(false));
  }

  async open() {
    this.#cursor = null;
    await this.#load(true);
  }

  async #load(afresh) {
    try {
      const page = await listTrash(this.#cursor);
      if (afresh) this.#list.replaceChildren();
      this.#list.append(...page.items.map((media) => trashRow(media, this.#actions())));
      this.#cursor = page.next_cursor;
      byId('trash-more').hidden = !this.#cursor;
      this.#showEmpty();
    } catch (error) {
      toast(explain(error), { label: 'Try again', run: () => this.#load(afresh) });
    }
  }

  #actions() {
    return {
      restore: (media) => this.#take(media, restoreMedia, `“${title(media)}” is back in the library.`),
      purge: this.#visitor.purges ? (media) => this.#purge(media) : null,
    };
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

  #remove(id) {
    const row = byId(`trash-${id}`);
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (neighbour?.querySelector('button') ?? byId('trash-heading')).focus();
    this.#showEmpty();
  }

  #showEmpty() {
    byId('trash-empty').hidden = this.#list.childElementCount > 0 || this.#cursor !== null;
  }
}
