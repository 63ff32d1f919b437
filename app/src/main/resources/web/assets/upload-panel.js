// The list of uploads in the corner, and their outcome in one sentence.

import { announce, byId } from './dom.js';
import { count } from './format.js';
import { render, repeat } from './lit.js';
import { uploadRow } from './upload-row.js';

const panel = byId('uploads');
const list = byId('uploads-list');
const fold = byId('uploads-fold');
const clear = byId('uploads-clear');
const pause = byId('uploads-pause');
const finished = new Set(['stored', 'duplicate', 'restored', 'rejected', 'cancelled']);

function outcome(jobs) {
  const number = (...states) => jobs.filter((job) => states.includes(job.state)).length;
  return [
    [number('stored', 'restored'), (n) => `${count(n, 'file', 'files')} added`],
    [number('duplicate'), (n) => `${n} here already`],
    [number('rejected'), (n) => `${n} failed`],
    [number('cancelled'), (n) => `${n} cancelled`],
    [number('paused'), (n) => `${n} paused`],
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
    const fold = location.hash === '#trash' && [...jobs].some(matters);
    if (location.hash === '#trash' && !fold) forget();
    setFolded(fold);
  });
}

export function wireUploadPanel(queue) {
  const jobs = new Set();
  let drawing = 0;

  function draw() {
    drawing = 0;
    const all = [...jobs];
    const done = all.filter((job) => finished.has(job.state)).length;
    byId('uploads-heading').textContent = queue.active ? `Uploading ${Math.min(done + 1, all.length)} of ${all.length}` : outcome(all);
    clear.hidden = queue.unfinished;
    pause.hidden = !queue.unfinished;
    pause.textContent = queue.active ? 'Pause' : 'Resume';
    pause.setAttribute('aria-label', queue.active ? 'Pause all uploads' : 'Resume all uploads');
    panel.hidden = all.length === 0;
    render(repeat(all, (job) => job, (job) => uploadRow(job, queue)), list);
  }
  const redraw = () => (drawing ||= requestAnimationFrame(draw));

  queue.addEventListener('change', ({ detail: job }) => {
    jobs.add(job);
    redraw();
  });
  queue.addEventListener('idle', () => {
    redraw();
    announce(byId('uploads-status'), outcome([...jobs]));
  });
  fold.addEventListener('click', () => setFolded(!list.hidden));
  pause.addEventListener('click', () => (queue.active ? queue.pauseAll() : queue.resumeAll()));
  const forget = () => {
    jobs.clear();
    draw();
  };
  clear.addEventListener('click', () => {
    forget();
    byId('content').focus();
  });
  makeRoomForTrash(jobs, forget);
}
