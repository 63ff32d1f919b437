// The library and the trash are two views of one page; the address after # says which.

import { byId } from './dom.js';
import { clearToasts } from './toast.js';

export function wireViews(visitor, { openTrash, openLibrary }) {
  const show = (trash) => {
    byId('library-view').hidden = trash;
    byId('trash-view').hidden = !trash;
    byId(trash ? 'nav-trash' : 'nav-library').setAttribute('aria-current', 'page');
    byId(trash ? 'nav-library' : 'nav-trash').removeAttribute('aria-current');
    document.title = `${trash ? 'Trash' : 'Library'} · ${visitor.instance.name}`;
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
