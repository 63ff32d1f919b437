// The library and the trash are two views of one page; the address after # says which.

import { byId } from './dom.js';
import { showHeader } from './site-header.js';
import { clearToasts } from './toast.js';

export function wireViews(visitor, { openTrash, openLibrary }) {
  const show = (trash) => {
    byId('library-view').hidden = trash;
    byId('trash-view').hidden = !trash;
    if (trash) showHeader(visitor, 'trash', 'Trash');
    else showHeader(visitor, 'library', 'Library');
  };
  let shown = null;
  const follow = () => {
    const trash = visitor.adds && location.hash === '#trash';
    if (trash === shown) return;
    shown = trash;
    clearToasts();
    show(trash);
    if (trash) openTrash();
    else openLibrary();
  };
  addEventListener('hashchange', follow);
  follow();
}
