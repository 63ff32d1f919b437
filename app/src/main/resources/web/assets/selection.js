// Which items are chosen. They stay chosen while they are out of sight.

/** Emits `change`. */
export class Selection extends EventTarget {
  #chosen = new Map();
  /** Where a range begins. */
  anchor = null;

  get size() {
    return this.#chosen.size;
  }

  get items() {
    return [...this.#chosen.values()];
  }

  has(media) {
    return media !== undefined && this.#chosen.has(media.id);
  }

  toggle(media) {
    if (this.has(media)) this.#chosen.delete(media.id);
    else this.#chosen.set(media.id, media);
    this.#changed();
  }

  add(list) {
    for (const media of list) this.#chosen.set(media.id, media);
    this.#changed();
  }

  /** Keeps what is chosen up to date with what is known about it. */
  replace(media) {
    if (this.has(media)) this.#chosen.set(media.id, media);
  }

  remove(id) {
    if (this.#chosen.delete(id)) this.#changed();
  }

  clear() {
    if (this.size === 0) return;
    this.#chosen.clear();
    this.anchor = null;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
