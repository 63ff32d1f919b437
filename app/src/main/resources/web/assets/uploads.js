// The ways into the library: chosen, photographed, dropped, pasted, or shared by another app.

import { takeShared } from './app-shell.js';
import { byId, byTouch } from './dom.js';
import { wireDropZone } from './drop-zone.js';
import { icon } from './icon.js';
import { html, nothing, render } from './lit.js';
import { toast } from './toast.js';
import { wireUploadPanel } from './upload-panel.js';
import { UploadQueue } from './upload-queue.js';
import { explain } from './words.js';

/** What operating systems leave in folders. */
const litter = /^(\..*|Thumbs\.db|desktop\.ini)$/;

function chooser(id, add, label, properties) {
  const taken = ({ target }) => {
    add([...target.files].filter((file) => id !== 'folder' || !litter.test(file.name)));
    target.value = '';
  };
  return html`<input type="file" id=${id} hidden multiple aria-label=${label}
    ?webkitdirectory=${properties.folder} accept=${properties.accept ?? nothing} capture=${properties.capture ?? nothing} @change=${taken}>`;
}

/** A phone has a camera and no folders, a desk has folders and mostly no camera. */
function showButtons(add) {
  const second = byTouch()
    ? { id: 'camera', icon: 'camera', label: 'Take a photo or film', accept: 'image/*,video/*', capture: 'environment' }
    : { id: 'folder', icon: 'folder', label: 'Add a folder', folder: true };
  const place = byId('add');
  render(
    html`${chooser('files', add, 'Files to add', {})} ${chooser(second.id, add, second.label, second)}
      <button class="icon-button" type="button" id="choose-${second.id}" aria-label=${second.label} title=${second.label}
        @click=${() => byId(second.id).click()}>${icon(second.icon)}</button>
      <button class="primary" type="button" id="choose-files" @click=${() => byId('files').click()}>Add files</button>`,
    place,
  );
  place.hidden = false;
}

/** Pasted pictures are all called image.png. */
function named(file) {
  if (file.name !== 'image.png') return file;
  const now = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return new File([file], `Pasted ${now}.png`, { type: file.type, lastModified: file.lastModified });
}

function wirePaste(add) {
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    add(files.map(named));
  });
}

/**
 * Puts the ways in on the page. `added(media)` is called for what was stored or came back, `replaced(media)` for what was
 * here already.
 */
export function wireUploads({ added, replaced }) {
  const queue = new UploadQueue();
  const add = (files) => queue.add(files);
  wireUploadPanel(queue);
  showButtons(add);
  wireDropZone(async (dropped) => {
    try {
      add((await dropped).filter((file) => !litter.test(file.name)));
    } catch (error) {
      toast(explain(error));
    }
  });
  wirePaste(add);
  takeShared(add);
  queue.addEventListener('change', ({ detail: job }) => {
    if (job.state === 'stored' || job.state === 'restored') added(job.media);
    if (job.state === 'duplicate') replaced(job.media);
  });
  addEventListener('beforeunload', (event) => queue.unfinished && event.preventDefault());
}
