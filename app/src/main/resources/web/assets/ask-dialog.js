// Asks for the deletion of what somebody else added.

import { requestDeletion } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { count, title } from './format.js';

const dialog = byId('ask');
const form = byId('ask-form');
let wanted = [];

export function openAsk(list) {
  wanted = list;
  form.reset();
  form.querySelector('.problem').hidden = true;
  byId('ask-text').textContent =
    `${list.length === 1 ? `“${title(list[0])}” was` : `${count(list.length, 'item was', 'items were')}`} added by somebody else, so a manager decides.`;
  dialog.showModal();
}

/** Somebody may have asked before: then all is as it should be. */
async function ask(media, reason) {
  try {
    await requestDeletion(media.id, reason);
  } catch (problem) {
    if (problem.status !== 409) throw problem;
  }
}

/** `asked(list)` gets the items for whose deletion was asked. */
export function wireAsk(asked) {
  byId('ask-cancel').addEventListener('click', () => dialog.close());
  onSubmit(form, async ({ reason }) => {
    const done = [];
    try {
      for (const media of wanted) {
        await ask(media, reason);
        done.push({ ...media, deletion_requested: true });
      }
      dialog.close();
    } finally {
      if (done.length > 0) asked(done);
    }
  });
}
