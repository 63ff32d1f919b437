// One item in the trash.

import { el } from './dom.js';
import { date, iconOf, size, title } from './format.js';
import { icon } from './icon.js';

function story(media) {
  const by = media.trashed_by?.display_name;
  const deleted = `deleted ${date(media.trashed_at)}${by ? ` by ${by}` : ''}`;
  const gone = media.purge_at ? `gone for good on ${date(media.purge_at)}` : null;
  return [size(media.size_bytes), deleted, gone].filter(Boolean).join(' · ');
}

export function trashRow(media, { restore, purge }) {
  const name = title(media);
  return el(
    'li',
    { class: 'row', id: `trash-${media.id}` },
    el('span', { class: `row-icon ${iconOf(media)}` }, icon(iconOf(media))),
    el('span', { class: 'row-text' }, el('strong', {}, name), el('span', {}, story(media))),
    el(
      'span',
      { class: 'row-do' },
      el('button', { type: 'button', onclick: () => restore(media), 'aria-label': `Restore ${name}` }, 'Restore'),
      purge ? el('button', { class: 'danger', type: 'button', onclick: () => purge(media), 'aria-label': `Delete for good: ${name}` }, 'Delete for good') : null,
    ),
  );
}
