// Sends files two at a time. A file that fails stops no other.

import { upload } from './api.js';

const atOnce = 2;

/**
 * Emits `change` with a job in `detail` whenever one moves on, and `idle` when nothing is left to do.
 * A job's state is `waiting`, `sending`, `stored`, `duplicate`, `restored`, `rejected` or `cancelled`.
 */
export class UploadQueue extends EventTarget {
  #waiting = [];
  #sending = new Set();

  get active() {
    return this.#waiting.length + this.#sending.size > 0;
  }

  add(files) {
    for (const file of files) this.#enqueue({ file, state: 'waiting', sent: 0, media: null, error: null, stop: null });
    this.#next();
  }

  retry(job) {
    this.#enqueue(Object.assign(job, { state: 'waiting', sent: 0, error: null }));
    this.#next();
  }

  cancel(job) {
    if (job.state === 'sending') {
      job.stop.abort();
    } else if (job.state === 'waiting') {
      this.#waiting = this.#waiting.filter((each) => each !== job);
      this.#move(job, 'cancelled');
    }
  }

  #enqueue(job) {
    this.#waiting.push(job);
    this.#move(job, 'waiting');
  }

  #next() {
    while (this.#sending.size < atOnce && this.#waiting.length > 0) this.#send(this.#waiting.shift());
  }

  async #send(job) {
    this.#sending.add(job);
    job.stop = new AbortController();
    this.#move(job, 'sending');
    const state = await this.#outcome(job);
    this.#sending.delete(job);
    this.#move(job, state);
    this.#next();
    if (!this.active) this.dispatchEvent(new Event('idle'));
  }

  async #outcome(job) {
    const onProgress = (sent) => {
      job.sent = sent;
      this.#move(job, 'sending');
    };
    try {
      const { status, media } = await upload(job.file, { onProgress, signal: job.stop.signal });
      job.media = media;
      return status;
    } catch (error) {
      job.error = error;
      return error.name === 'AbortError' ? 'cancelled' : 'rejected';
    }
  }

  #move(job, state) {
    job.state = state;
    this.dispatchEvent(new CustomEvent('change', { detail: job }));
  }
}
