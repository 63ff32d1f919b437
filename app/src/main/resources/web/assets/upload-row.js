// One file on its way into the library.

import { el } from './dom.js';
import { size, title } from './format.js';
import { explain } from './words.js';

const ownWords = {
  malformed: 'The file did not arrive whole.',
  digest_mismatch: 'The file did not arrive whole.',
};

function reason(error) {
  return error.name === 'ProblemError' ? explain(error, ownWords) : 'The connection broke on the way.';
}

const said = {
  waiting: () => 'Waiting',
  sending: (job) => (job.sent >= job.file.size ? 'Checking…' : `${size(job.sent)} of ${size(job.file.size)}`),
  stored: () => 'Stored',
  duplicate: (job) => (title(job.media) === job.file.name ? 'Here already' : `Here already, as ${title(job.media)}`),
  restored: () => 'Back from the trash',
  rejected: (job) => reason(job.error),
  cancelled: () => 'Cancelled',
};

/** Trying again cannot help here: only another file, or a manager, would. */
const final = new Set(['empty', 'too_large', 'removed']);
const canRetry = (job) => job.state === 'cancelled' || (job.state === 'rejected' && !final.has(job.error.code));

/** A row with `update()`, which shows the job as it is now. */
export function uploadRow(job, queue) {
  const bar = el('progress', { max: Math.max(job.file.size, 1), value: 0, 'aria-label': `Upload of ${job.file.name}` });
  const state = el('span', { class: 'upload-state' });
  const cancel = el('button', { type: 'button', onclick: () => queue.cancel(job), 'aria-label': `Cancel ${job.file.name}` }, 'Cancel');
  const retry = el('button', { type: 'button', onclick: () => queue.retry(job), 'aria-label': `Retry ${job.file.name}` }, 'Retry');
  const row = el('li', {}, el('span', { class: 'upload-name' }, job.file.name), state, bar, el('span', { class: 'upload-do' }, cancel, retry));
  const update = () => {
    row.className = `upload ${job.state}`;
    state.textContent = said[job.state](job);
    bar.value = job.sent;
    bar.hidden = job.state !== 'sending';
    cancel.hidden = job.state !== 'waiting' && job.state !== 'sending';
    retry.hidden = !canRetry(job);
  };
  return { row, update };
}
