// One item of the library in the grid.

import { pictureUrl } from './api.js';
import { el } from './dom.js';
import { isPicture, kind, size, title } from './format.js';
import { typedTile } from './typed-tile.js';

function picture(media) {
  const img = el('img', { alt: '', loading: 'lazy', decoding: 'async', draggable: false });
  img.addEventListener('error', () => img.replaceWith(typedTile(media)), { once: true });
  img.src = pictureUrl(media);
  return img;
}

export function tile(media, open) {
  const uploader = media.uploader?.display_name;
  return el(
    'li',
    { id: `media-${media.id}` },
    el(
      'button',
      { class: 'tile', type: 'button', onclick: () => open(media.id) },
      el('span', { class: 'tile-picture' }, isPicture(media) ? picture(media) : typedTile(media)),
      el('span', { class: 'tile-name' }, title(media)),
      el(
        'span',
        { class: 'tile-meta' },
        el('span', { class: 'hidden-visually' }, `${kind(media)}, `),
        size(media.size_bytes),
        uploader ? ` · ${uploader}` : null,
      ),
    ),
  );
}
