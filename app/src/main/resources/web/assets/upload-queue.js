// Sends files two at a time. A file that fails stops no other, and a connection that breaks stops none for good.

import { upload } from './api.js';
import { dropResumable, isLarge, sendResumable } from './resumable.js';

const atOnce = 2;
const longestWait = 30_000;

/** What passes by itself: the connection, a busy server, or a request that the server has not given up yet. */
const passes = (error) => error.name !== 'ProblemError' || error.code === 'wrong_offset' || [423, 429, 502, 503, 504].includes(error.status);
const unreadable = (error) => error.name === 'NotReadableError' || error.name === 'NotFoundError';

const send = (file, progress) => (isLarge(file) ? sendResumable(file, progress) : upload(file, progress));

/**
 * Emits `change` with a job in `detail` whenever one moves on, and `idle` when nothing is left to do.
 * A job's state is `waiting`, `sending`, `stalled` (goes on by itself when the connection is back), `paused`, `stored`, `duplicate`,
 * `restored`, `rejected` or `cancelled`.
 */
export class UploadQueue extends EventTarget {
  #waiting = [];
  #sending = new Set();
  #stalled = new Map();
  #paused = new Set();

  constructor() {
    super();
    addEventListener('online', () => [...this.#stalled.keys()].forEach((job) => this.resume(job)));
  }

  /** Whether something is under way by itself. */
  get active() {
    return this.#waiting.length + this.#sending.size + this.#stalled.size > 0;
  }

  /** Whether leaving the page would stop something. */
  get unfinished() {
    return this.active || this.#paused.size > 0;
  }

  get paused() {
    return this.#paused.size > 0;
  }

  add(files) {
    for (const file of files) this.#enqueue({ file, state: 'waiting', sent: 0, tries: 0, media: null, error: null, stop: null, wish: null });
    this.#next();
  }

  /** Goes on with a job that was paused, stalled, cancelled or rejected. */
  resume(job) {
    this.#leave(job);
    this.#enqueue(Object.assign(job, { error: null, wish: null }));
    this.#next();
  }

  pause(job) {
    this.#halt(job, 'paused');
  }

  cancel(job) {
    this.#halt(job, 'cancelled');
    if (isLarge(job.file)) dropResumable(job.file);
  }

  pauseAll() {
    [...this.#waiting, ...this.#sending, ...this.#stalled.keys()].forEach((job) => this.pause(job));
  }

  resumeAll() {
    [...this.#paused].forEach((job) => this.resume(job));
  }

  #halt(job, state) {
    if (job.state === 'sending') {
      job.wish = state;
      job.stop.abort();
    } else {
      this.#leave(job);
      this.#move(job, state);
      this.#tellIdle();
    }
  }

  #leave(job) {
    this.#waiting = this.#waiting.filter((each) => each !== job);
    clearTimeout(this.#stalled.get(job));
    this.#stalled.delete(job);
    this.#paused.delete(job);
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
    this.#tellIdle();
  }

  async #outcome(job) {
    const onProgress = (sent) => {
      job.sent = sent;
      job.tries = 0;
      this.#move(job, 'sending');
    };
    try {
      const { status, media } = await send(job.file, { onProgress, signal: job.stop.signal });
      job.media = media;
      return status;
    } catch (error) {
      if (job.wish) return job.wish;
      job.error = error;
      return passes(error) && !unreadable(error) ? 'stalled' : 'rejected';
    }
  }

  #move(job, state) {
    job.state = state;
    if (state === 'paused') this.#paused.add(job);
    if (state === 'stalled') this.#stalled.set(job, setTimeout(() => this.resume(job), this.#patience(job)));
    this.dispatchEvent(new CustomEvent('change', { detail: job }));
  }

  /** Waits longer after each failure in a row, and at least as long as the server asks for. */
  #patience(job) {
    job.tries += 1;
    return Math.max(Math.min(1000 * 2 ** (job.tries - 1), longestWait), 1000 * (job.error.retryAfter ?? 0));
  }

  #tellIdle() {
    if (!this.active) this.dispatchEvent(new Event('idle'));
  }
}
