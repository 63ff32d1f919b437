// One file on its way into the library.

import { size, title } from './format.js';
import { html, nothing } from './lit.js';
import { explain } from './words.js';

const ownWords = {
  malformed: 'The file did not arrive whole.',
  digest_mismatch: 'The file did not arrive whole.',
};

const progress = (job) => `${size(job.sent)} of ${size(job.file.size)}`;

/** What an upload waits for, without the advice to try again. */
function holdUp(error) {
  if (error.name !== 'ProblemError') return 'The server cannot be reached.';
  return error.status === 429 || error.status >= 500 ? 'The server is busy.' : explain(error, ownWords);
}

const said = {
  waiting: () => 'Waiting',
  sending: (job) => (job.sent >= job.file.size ? 'Checking…' : progress(job)),
  stalled: (job) => `${holdUp(job.error)} It goes on by itself.`,
  paused: (job) => (job.sent > 0 ? `Paused at ${progress(job)}` : 'Paused'),
  stored: () => 'Stored',
  duplicate: (job) => (title(job.media) === job.file.name ? 'Here already' : `Here already, as ${title(job.media)}`),
  restored: () => 'Back from the trash',
  rejected: (job) => explain(job.error, ownWords),
  cancelled: () => 'Cancelled',
};

/** Trying again cannot help here: only another file, or a manager, would. */
const final = new Set(['empty', 'too_large', 'removed']);
const canRetry = (job) => job.state === 'cancelled' || (job.state === 'rejected' && !final.has(job.error.code));

const button = (shown, word, job, act) =>
  shown ? html`<button type="button" aria-label="${word} ${job.file.name}" @click=${() => act(job)}>${word}</button>` : nothing;

/** The row of `job` as it is now. */
export function uploadRow(job, queue) {
  const underWay = ['waiting', 'sending', 'stalled'].includes(job.state);
  const bar = html`<progress max=${Math.max(job.file.size, 1)} .value=${job.sent} aria-label="Upload of ${job.file.name}"></progress>`;
  return html`<li class="upload ${job.state}">
    <span class="upload-name">${job.file.name}</span>
    <span class="upload-state">${said[job.state](job)}</span>
    ${job.state === 'sending' || job.state === 'paused' ? bar : nothing}
    <span class="upload-do">
      ${button(underWay, 'Pause', job, (each) => queue.pause(each))}
      ${button(job.state === 'paused', 'Resume', job, (each) => queue.resume(each))}
      ${button(underWay || job.state === 'paused', 'Cancel', job, (each) => queue.cancel(each))}
      ${button(canRetry(job), 'Retry', job, (each) => queue.resume(each))}
    </span>
  </li>`;
}
