// The library page: puts its parts together.

import { attempt } from './attempt.js';
import { choosing } from './choosing.js';
import { byId } from './dom.js';
import { wireFilterPanel } from './filter-panel.js';
import { wireGridKeys } from './grid-keys.js';
import { wireGridPointer } from './grid-pointer.js';
import { libraryActions, wireDialogs } from './library-actions.js';
import { wireLibraryLive } from './library-live.js';
import { Library } from './library.js';
import { wireQuota } from './quota.js';
import { keepPlace } from './scroll-place.js';
import { wireSelectionBar } from './selection-bar.js';
import { showHeader } from './site-header.js';
import { suggestTags } from './tag-suggestions.js';
import { Trash } from './trash.js';
import { wireUploads } from './uploads.js';
import { Viewer } from './viewer.js';
import { wireViews } from './views.js';
import { loadVisitor } from './visitor.js';
import { followWaiting } from './waiting.js';

function wireGrid(library, viewer, actions) {
  const act = choosing(library, library.selection, (index) => library.focusIndex(index));
  const at = (index) => library.source.item(index);
  const open = (index) => at(index) && viewer.open(at(index));
  const remove = (index) => {
    if (library.selection.size > 0) actions.remove(library.selection.items.filter((media) => library.visitor.mayChange(media)));
    else if (at(index)) actions.removeOrAsk(at(index));
  };
  wireGridKeys(byId('grid'), library.grid, { ...act, remove });
  wireGridPointer(byId('grid'), { ...act, open });
}

async function start(visitor) {
  const library = new Library(visitor);
  const trash = new Trash(visitor);
  const actions = libraryActions(library, visitor);
  const viewer = new Viewer(library, visitor, {
    edit: actions.edit,
    ask: (media) => actions.ask([media]),
    trash: async (media) => {
      await actions.remove([media]);
      if (!library.find(media.id)) viewer.close();
    },
    narrow: (choice) => {
      viewer.close();
      library.filters.choose(choice);
    },
  });
  wireGrid(library, viewer, actions);
  wireFilterPanel(library.filters);
  const backToGrid = () => library.focusIndex(library.grid.current);
  wireSelectionBar(library.selection, visitor, actions, backToGrid);
  // The bar that these were opened from may be gone; then browsers leave the focus in the closed dialog, which is nowhere.
  for (const dialog of [byId('tagging'), byId('ask')])
    dialog.addEventListener('close', () => dialog.contains(document.activeElement) && backToGrid());
  wireDialogs(library, (media) => viewer.id === media.id && viewer.show(media));
  suggestTags(byId('tags'));
  suggestTags(byId('add_tags'));
  library.onChange(wireQuota(visitor));
  if (visitor.adds) wireUploads({ added: (media) => library.added(media), replaced: (media) => library.replace(media) });
  if (visitor.invites) followWaiting();
  const place = keepPlace();
  wireViews(visitor, { openTrash: () => trash.open(), openLibrary: () => library.reload() });
  byId('content').classList.add('ready');
  await library.ready();
  place.restore();
  await viewer.follow();
  wireLibraryLive(library, viewer);
}

await attempt(async () => {
  const visitor = await loadVisitor();
  showHeader(visitor, 'library', 'Library');
  byId('local-banner').hidden = !visitor.local;
  await start(visitor);
});
