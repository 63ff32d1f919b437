// Keeps the library that is open in step with what others do.

import { me } from './api.js';
import { attempt } from './attempt.js';
import { dayOf } from './days.js';
import { byId } from './dom.js';
import { count } from './format.js';
import { onLive } from './live.js';
import { toast } from './toast.js';

/** Nearer to the top than this, new items show by themselves, in pixels. */
const nearTop = 200;

export function wireLibraryLive(library, viewer) {
  const button = byId('news');
  let news = new Set();

  const show = () => {
    button.hidden = news.size === 0;
    button.textContent = `${count(news.size, 'new item', 'new items')} ↑`;
  };
  const seen = () => {
    if (news.size === 0 || scrollY > nearTop) return;
    news = new Set();
    show();
  };

  /** What comes in above the window does not push away what somebody looks at, so it has to be said. */
  const added = ({ media }) => {
    if (library.find(media.id)) return library.replace(media);
    if (scrollY > nearTop) news.add(media.id);
    show();
    library.refresh();
  };

  const changed = ({ media }) => {
    const known = library.find(media.id);
    const moves = known && library.source.shape === 'timeline' && dayOf(known) !== dayOf(media);
    library.replace(media);
    if (viewer.id === media.id) viewer.show(media);
    if (!known || moves) library.refresh();
  };

  const removed = ({ id }) => {
    news.delete(id);
    show();
    if (viewer.id === id) viewer.close();
    if (library.find(id)) library.removeAll([id]);
    else library.refresh();
  };

  button.addEventListener('click', async () => {
    scrollTo({ top: 0, behavior: 'instant' });
    seen();
    await library.reload();
    library.focusIndex(0);
  });
  addEventListener('scroll', seen, { passive: true });
  onLive('media.added', added);
  onLive('media.changed', changed);
  onLive('media.removed', removed);
  onLive('missed', () => library.refresh(true));
  onLive('session', ({ state }) => {
    if (state === 'ended') attempt(me); // which leads to the way in
    else toast('What you may do here has changed.', { label: 'Reload', run: () => location.reload() });
  });
}
