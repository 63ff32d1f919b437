// The list of uploads in the corner, and their outcome in one sentence.

import { announce, byId } from './dom.js';
import { count } from './format.js';
import { uploadRow } from './upload-row.js';

const panel = byId('uploads');
const list = byId('uploads-list');
const fold = byId('uploads-fold');
const clear = byId('uploads-clear');
const finished = new Set(['stored', 'duplicate', 'restored', 'rejected', 'cancelled']);

function outcome(jobs) {
  const number = (...states) => jobs.filter((job) => states.includes(job.state)).length;
  return [
    [number('stored', 'restored'), (n) => `${count(n, 'file', 'files')} added`],
    [number('duplicate'), (n) => `${n} here already`],
    [number('rejected'), (n) => `${n} failed`],
    [number('cancelled'), (n) => `${n} cancelled`],
  ].filter(([n]) => n > 0).map(([n, words]) => words(n)).join(', ');
}

function setFolded(folded) {
  list.hidden = folded;
  fold.textContent = folded ? 'Show' : 'Hide';
  fold.setAttribute('aria-expanded', String(!folded));
}

/** In the trash the list would lie on the buttons of the rows: what is still of interest folds, all else goes. */
function makeRoomForTrash(jobs, forget) {
  const matters = (job) => !finished.has(job.state) || job.state === 'rejected';
  addEventListener('hashchange', () => {
    const fold = location.hash === '#trash' && [...jobs.keys()].some(matters);
    if (location.hash === '#trash' && !fold) forget();
    setFolded(fold);
  });
}

export function wireUploadPanel(queue) {
  const rows = new Map();

  const summarise = () => {
    const jobs = [...rows.keys()];
    const done = jobs.filter((job) => finished.has(job.state)).length;
    const heading = queue.active ? `Uploading ${Math.min(done + 1, jobs.length)} of ${jobs.length}` : outcome(jobs);
    byId('uploads-heading').textContent = heading;
    clear.hidden = queue.active;
    panel.hidden = jobs.length === 0;
  };

  queue.addEventListener('change', ({ detail: job }) => {
    if (!rows.has(job)) {
      rows.set(job, uploadRow(job, queue));
      list.append(rows.get(job).row);
    }
    rows.get(job).update();
    summarise();
  });
  queue.addEventListener('idle', () => {
    summarise();
    announce(byId('uploads-status'), outcome([...rows.keys()]));
  });
  fold.addEventListener('click', () => setFolded(!list.hidden));
  const forget = () => {
    rows.clear();
    list.replaceChildren();
    panel.hidden = true;
  };
  clear.addEventListener('click', () => {
    forget();
    byId('content').focus();
  });
  makeRoomForTrash(rows, forget);
}
