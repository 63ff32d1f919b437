// One item, large, with the ones before and after it an arrow key or a swipe away.

import { downloadUrl, getMedia, thumbnailUrl } from './api.js';
import { announce, byId } from './dom.js';
import { showFacts } from './facts.js';
import { title } from './format.js';
import { icon } from './icon.js';
import { beside, hasBeside, locate } from './neighbours.js';
import { clearStage, showOnStage } from './stage.js';
import { onSwipe } from './swipe.js';
import { toast } from './toast.js';
import { idInAddress, putInAddress, takeFromAddress } from './viewer-address.js';
import { wireViewerKeys } from './viewer-keys.js';
import { explain } from './words.js';

const dialog = byId('viewer');
const stage = byId('viewer-stage');
const names = ['info', 'fullscreen', 'download', 'edit', 'ask', 'trash', 'close', 'previous', 'next'];
const idOf = { trash: 'viewer-delete' };
const buttons = Object.fromEntries(names.map((name) => [name, byId(idOf[name] ?? `viewer-${name}`)]));

export class Viewer {
  #library;
  #visitor;
  #act;
  #current = null;

  /** `act` has `edit(media)`, `trash(media)`, `ask(media)` and `narrow(choice)`, for when somebody wants that. */
  constructor(library, visitor, act) {
    this.#library = library;
    this.#visitor = visitor;
    this.#act = act;
    for (const [name, button] of Object.entries(buttons)) button.append(icon(name));
    this.#wireButtons();
    onSwipe(stage, (step) => this.#step(step));
    dialog.addEventListener('close', () => this.#closed());
    addEventListener('popstate', () => this.follow());
    this.#showDetails(matchMedia('(min-width: 720px)').matches);
  }

  #wireButtons() {
    const does = {
      close: () => dialog.close(),
      previous: () => this.#step(-1),
      next: () => this.#step(1),
      edit: () => this.#act.edit(this.#current),
      trash: () => this.#act.trash(this.#current),
      ask: () => this.#act.ask(this.#current),
      info: () => this.#showDetails(byId('viewer-facts').hidden),
      fullscreen: () => this.#fullscreen(),
    };
    for (const [name, run] of Object.entries(does)) buttons[name].addEventListener('click', run);
    buttons.fullscreen.hidden = !document.fullscreenEnabled;
    wireViewerKeys(dialog, does, buttons);
  }

  get id() {
    return dialog.open ? this.#current.id : null;
  }

  open(media) {
    this.show(media);
    if (!dialog.open) dialog.showModal();
  }

  close() {
    dialog.close();
  }

  /** Opens what the address names, and closes when it names nothing. */
  async follow() {
    const id = idInAddress();
    if (id === null || id === this.id) return id === null && this.close();
    try {
      const media = this.#library.find(id) ?? (await getMedia(id));
      if (idInAddress() !== id) return;
      this.open(media);
      await locate(this.#library.source, media);
      this.#showSteps();
    } catch (error) {
      takeFromAddress();
      toast(explain(error, { 404: 'This item is not in the library any more.' }));
    }
  }

  show(media) {
    const same = this.#current?.id === media.id && dialog.open;
    this.#current = media;
    putInAddress(media.id);
    const mayChange = this.#visitor.mayChange(media);
    byId('viewer-name').textContent = title(media);
    buttons.download.href = downloadUrl(media);
    buttons.edit.hidden = !mayChange;
    buttons.trash.hidden = !mayChange;
    buttons.ask.hidden = mayChange || !this.#visitor.adds || media.deletion_requested;
    showFacts(byId('viewer-facts'), media, (choice) => this.#act.narrow(choice));
    if (!same) showOnStage(stage, media);
    this.#showSteps();
    this.#preload();
  }

  #showSteps() {
    for (const [button, step] of [[buttons.previous, -1], [buttons.next, 1]]) {
      const possible = hasBeside(this.#library.source, this.#current.id, step);
      if (!possible && document.activeElement === button) buttons.close.focus();
      button.disabled = !possible;
    }
  }

  async #step(step) {
    const from = this.#current;
    try {
      const media = await beside(this.#library.source, from.id, step);
      if (!media || this.#current !== from || !dialog.open) return;
      this.show(media);
      announce(byId('viewer-status'), title(media));
    } catch (error) {
      toast(explain(error));
    }
  }

  /** The previews of the neighbours, so that a step shows them at once. */
  async #preload() {
    const from = this.#current;
    for (const step of [1, -1]) {
      const media = await beside(this.#library.source, from.id, step).catch(() => null);
      const url = media && thumbnailUrl(media, 1024);
      if (url && this.#current === from) new Image().src = url;
    }
  }

  #showDetails(shown) {
    byId('viewer-facts').hidden = !shown;
    buttons.info.setAttribute('aria-pressed', String(shown));
  }

  #fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else dialog.querySelector('.stage').requestFullscreen().catch(() => {}); // the browser may say no, and says why itself
  }

  #closed() {
    clearStage(stage);
    takeFromAddress();
    const index = this.#library.source.indexOf(this.#current.id);
    this.#library.focusIndex(index < 0 ? this.#library.grid.current : index);
  }
}
