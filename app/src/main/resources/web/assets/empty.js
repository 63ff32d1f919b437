// What the library says when it has nothing to show, and what to do about it.

import { byId, el } from './dom.js';

function nothingMatches(filters, clear) {
  const what = filters.q ? `Nothing matches “${filters.q}”` : 'Nothing of this kind yet';
  return [
    el('p', { class: 'empty-title' }, what),
    el('button', { type: 'button', onclick: clear }, 'Show everything'),
  ];
}

function nothingYet(visitor) {
  const hint = visitor.adds
    ? 'Drop files anywhere on this page, or choose some.'
    : 'When members add files, they appear here.';
  return [
    el('img', { src: '/assets/favicon.svg', alt: '', width: 72, height: 72 }),
    el('p', { class: 'empty-title' }, 'Nothing here yet'),
    el('p', {}, hint),
    visitor.adds ? el('button', { class: 'primary', type: 'button', onclick: () => byId('files').click() }, 'Choose files') : null,
  ].filter(Boolean);
}

export function showEmpty(isEmpty, filters, visitor, clear) {
  const place = byId('library-empty');
  place.hidden = !isEmpty;
  const filtered = filters.q || filters.kind;
  place.replaceChildren(...(isEmpty ? (filtered ? nothingMatches(filters, clear) : nothingYet(visitor)) : []));
}
