// One item, large, with the ones before and after it an arrow key or a swipe away.

import { downloadUrl } from './api.js';
import { announce, byId } from './dom.js';
import { facts } from './facts.js';
import { title } from './format.js';
import { icon } from './icon.js';
import { clearStage, staged } from './stage.js';
import { onSwipe } from './swipe.js';

const dialog = byId('viewer');
const stage = byId('viewer-stage');
const buttons = {
  download: byId('viewer-download'),
  edit: byId('viewer-edit'),
  trash: byId('viewer-delete'),
  close: byId('viewer-close'),
  previous: byId('viewer-previous'),
  next: byId('viewer-next'),
};

/** Arrow keys belong to a player that has the focus, and to whoever types. */
const ownsArrows = (target) => target.closest('video, audio, input, textarea') !== null;

export class Viewer {
  #library;
  #visitor;
  #current = null;

  /** `edit(media)` and `trash(media)` are called when somebody asks for them. */
  constructor(library, visitor, { edit, trash }) {
    this.#library = library;
    this.#visitor = visitor;
    for (const [name, button] of Object.entries(buttons)) button.append(icon(name));
    buttons.close.addEventListener('click', () => dialog.close());
    buttons.previous.addEventListener('click', () => this.#step(-1));
    buttons.next.addEventListener('click', () => this.#step(1));
    buttons.edit.addEventListener('click', () => edit(this.#current));
    buttons.trash.addEventListener('click', () => trash(this.#current));
    onSwipe(stage, (step) => this.#step(step));
    dialog.addEventListener('keydown', (event) => this.#key(event));
    dialog.addEventListener('close', () => this.#closed());
  }

  open(id) {
    this.show(this.#library.find(id));
    if (!dialog.open) dialog.showModal();
  }

  close() {
    dialog.close();
  }

  show(media) {
    this.#current = media;
    const mayChange = this.#visitor.mayChange(media);
    byId('viewer-name').textContent = title(media);
    buttons.download.href = downloadUrl(media);
    buttons.edit.hidden = !mayChange;
    buttons.trash.hidden = !mayChange;
    clearStage(stage);
    stage.append(staged(media));
    byId('viewer-facts').replaceChildren(...facts(media));
    this.#showSteps();
  }

  #showSteps() {
    for (const [button, step] of [[buttons.previous, -1], [buttons.next, 1]]) {
      const possible = this.#library.neighbour(this.#current.id, step) !== undefined;
      if (!possible && document.activeElement === button) buttons.close.focus();
      button.disabled = !possible;
    }
  }

  #step(step) {
    const media = this.#library.neighbour(this.#current.id, step);
    if (!media) return;
    this.show(media);
    announce(byId('viewer-status'), title(media));
  }

  #key(event) {
    if (ownsArrows(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') this.#step(-1);
    else if (event.key === 'ArrowRight') this.#step(1);
    else return;
    event.preventDefault();
  }

  #closed() {
    clearStage(stage);
    if (this.#library.find(this.#current.id)) this.#library.focus(this.#current.id);
  }
}
