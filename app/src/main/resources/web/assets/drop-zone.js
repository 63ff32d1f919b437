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

/** What one item of a drop holds. Not every source of a drag has an entry for its file. */
async function filesOf(item) {
  const entry = item.webkitGetAsEntry();
  return entry ? filesIn(entry) : [item.getAsFile()];
}

/** All items are asked at once: after the first wait the browser has emptied the list. */
async function droppedFiles(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  return (await Promise.all(items.map(filesOf))).flat();
}

/** Calls `take` with a promise of the files, which fails when one of them cannot be read. */
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
  on('drop', (event) => {
    show(0);
    take(droppedFiles(event.dataTransfer));
  });
}
