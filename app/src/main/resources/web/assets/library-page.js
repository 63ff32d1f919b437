// The library page: puts its parts together.

import { restoreMedia, trashMedia } from './api.js';
import { takeShared } from './app-shell.js';
import { byId } from './dom.js';
import { wireDropZone } from './drop-zone.js';
import { openEditor, wireEditor } from './edit-dialog.js';
import { title } from './format.js';
import { Library } from './library.js';
import { showHeader } from './site-header.js';
import { toast } from './toast.js';
import { Trash } from './trash.js';
import { wireUploadPanel } from './upload-panel.js';
import { UploadQueue } from './upload-queue.js';
import { Viewer } from './viewer.js';
import { wireViews } from './views.js';
import { loadVisitor } from './visitor.js';
import { followWaiting } from './waiting.js';
import { explain } from './words.js';

/** Runs `act`; what goes wrong is said in a toast. */
async function attempt(act) {
  try {
    await act();
  } catch (error) {
    toast(explain(error));
  }
}

function wireUploads(library) {
  const queue = new UploadQueue();
  const files = byId('files');
  wireUploadPanel(queue);
  wireDropZone((dropped) => attempt(async () => queue.add(await dropped)));
  byId('add').hidden = false;
  byId('choose-files').addEventListener('click', () => files.click());
  files.addEventListener('change', () => {
    queue.add([...files.files]);
    files.value = '';
  });
  queue.addEventListener('change', ({ detail: job }) => {
    if (job.state === 'stored' || job.state === 'restored') library.added(job.media);
    if (job.state === 'duplicate') library.replace(job.media);
  });
  queue.addEventListener('idle', () => library.needsReloadAfterUpload && library.reload());
  takeShared((shared) => queue.add(shared));
  addEventListener('beforeunload', (event) => queue.active && event.preventDefault());
}

function start(visitor) {
  let viewer;
  const library = new Library(visitor, (id) => viewer.open(id));
  const trash = new Trash(visitor);

  const undo = (media, index) => attempt(async () => library.insert(await restoreMedia(media.id), index));
  const remove = (media) =>
    attempt(async () => {
      await trashMedia(media.id);
      viewer.close();
      const index = library.remove(media.id);
      toast(`“${title(media)}” is in the trash.`, { label: 'Undo', run: () => undo(media, index) });
    });

  viewer = new Viewer(library, visitor, { edit: openEditor, trash: remove });
  wireEditor((media) => {
    library.replace(media);
    viewer.show(media);
  });
  if (visitor.adds) wireUploads(library);
  if (visitor.invites) followWaiting();
  wireViews(visitor, { openTrash: () => trash.open(), openLibrary: () => library.reload() });
}

await attempt(async () => {
  const visitor = await loadVisitor();
  showHeader(visitor, 'library', 'Library');
  byId('local-banner').hidden = !visitor.local;
  start(visitor);
});
