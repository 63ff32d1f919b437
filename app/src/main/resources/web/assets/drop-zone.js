// Files dropped anywhere on the page, whole folders included.

import { byId } from './dom.js';

const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

const asPromise = (start) => new Promise((resolve, reject) => start(resolve, reject));

/** All files below a dropped entry. A folder hands out its entries in portions, the last one empty. */
async function filesIn(entry) {
  if (entry.isFile) return [await asPromise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const portion = await asPromise((done, fail) => reader.readEntries(done, fail));
    if (portion.length === 0) return found;
    for (const each of portion) found.push(...(await filesIn(each)));
  }
}

/** The entries have to be taken before the first wait: after the event the browser empties the list. */
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const files = await Promise.all(entries.map(filesIn));
  return files.flat();
}

export function wireDropZone(take) {
  const veil = byId('drop');
  let depth = 0;
  const show = (change) => {
    depth = change === 0 ? 0 : Math.max(0, depth + change);
    veil.hidden = depth === 0;
  };
  const on = (name, handle) =>
    addEventListener(name, (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      handle(event);
    });
  on('dragenter', () => show(1));
  on('dragleave', () => show(-1));
  on('dragover', () => {});
  on('drop', async (event) => {
    show(0);
    take(await droppedFiles(event.dataTransfer));
  });
}
