// Adds tags to many items at once.

import { changeMedia } from './api.js';
import { each } from './bulk.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { count } from './format.js';
import { tagsIn } from './tags.js';

const dialog = byId('tagging');
const form = byId('tagging-form');
let wanted = [];

export function openTagging(list) {
  wanted = list;
  form.reset();
  form.querySelector('.problem').hidden = true;
  byId('tagging-heading').textContent = `Tag ${count(list.length, 'item', 'items')}`;
  dialog.showModal();
}

/** `changed(list)` gets the items as the server has them after that. */
export function wireTagging(changed) {
  byId('tagging-cancel').addEventListener('click', () => dialog.close());
  onSubmit(form, async ({ add_tags: text = '' }) => {
    const tags = tagsIn(text);
    const { results, error } = await each(wanted, (media) => changeMedia(media.id, { tags: [...new Set([...(media.tags ?? []), ...tags])] }));
    changed(results);
    if (error) throw error;
    dialog.close();
  });
}
