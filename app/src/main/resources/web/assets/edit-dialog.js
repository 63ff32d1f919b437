// Title, description and tags of one item.

import { changeMedia } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { tagsIn } from './tags.js';

const dialog = byId('edit');
const form = byId('edit-form');
let current = null;

export function openEditor(media) {
  current = media;
  form.querySelector('.problem').hidden = true;
  form.elements.title.value = media.title ?? '';
  form.elements.description.value = media.description ?? '';
  form.elements.tags.value = (media.tags ?? []).join(', ');
  byId('edit-filename').textContent = `Without a title it goes by its file name, ${media.filename}.`;
  dialog.showModal();
}

/** `changed(media)` gets the item as the server has it after saving. */
export function wireEditor(changed) {
  byId('edit-cancel').addEventListener('click', () => dialog.close());
  onSubmit(form, async ({ title = null, description = null, tags = '' }) => {
    const media = await changeMedia(current.id, { title, description, tags: tagsIn(tags) });
    dialog.close();
    changed(media);
  });
}
