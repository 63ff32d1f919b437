// What people do with items of the library, be it one in the viewer or many in the grid.

import { downloadUrl, restoreMedia, trashMedia } from './api.js';
import { openAsk, wireAsk } from './ask-dialog.js';
import { attempt } from './attempt.js';
import { each } from './bulk.js';
import { el } from './dom.js';
import { openEditor, wireEditor } from './edit-dialog.js';
import { count, title } from './format.js';
import { openTagging, wireTagging } from './tag-dialog.js';
import { toast } from './toast.js';
import { explain } from './words.js';

/** Browsers drop a download that comes too soon after another, in milliseconds. */
const between = 400;

function say({ results, failed, error }, said, action) {
  if (results.length > 0) toast(said, action);
  if (failed > 0) toast(`${count(failed, 'item', 'items')} left: ${explain(error)}`);
}

export function libraryActions(library, visitor) {
  const named = (list) => (list.length === 1 ? `“${title(list[0])}”` : count(list.length, 'item', 'items'));

  const undo = (list) =>
    attempt(async () => {
      const outcome = await each(list, (media) => restoreMedia(media.id));
      await library.refresh();
      if (outcome.error) throw outcome.error;
    });

  const remove = async (list) => {
    const outcome = await each(list, (media) => trashMedia(media.id));
    const gone = outcome.results;
    library.removeAll(gone.map(({ id }) => id));
    say(outcome, `${named(gone)} ${gone.length === 1 ? 'is' : 'are'} in the trash.`, { label: 'Undo', run: () => undo(gone) });
  };

  const download = async (list) => {
    for (const media of list) {
      el('a', { href: downloadUrl(media), download: media.filename }).click();
      await new Promise((later) => setTimeout(later, between));
    }
  };

  /** Delete takes what one may delete, and asks for the rest. */
  const removeOrAsk = (media) => {
    if (visitor.mayChange(media)) remove([media]);
    else if (visitor.adds && !media.deletion_requested) openAsk([media]);
  };

  return { remove, download, removeOrAsk, tag: openTagging, ask: openAsk, edit: openEditor };
}

/** `shown(media)` is told of each item that these dialogs changed. */
export function wireDialogs(library, shown) {
  const changed = (list) => list.forEach((media) => (library.replace(media), shown(media)));
  wireEditor((media) => changed([media]));
  wireTagging((list) => {
    changed(list);
    library.selection.clear();
  });
  wireAsk((list) => {
    changed(list);
    library.selection.clear();
    toast(list.length === 1 ? 'A manager will decide about it.' : 'A manager will decide about them.');
  });
}
