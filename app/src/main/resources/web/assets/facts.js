// What is known about an item, as a list of terms.

import { el } from './dom.js';
import { date, dateTime, duration, kind, size } from './format.js';

function rows(media) {
  const added = media.uploader ? `${dateTime(media.uploaded_at)} by ${media.uploader.display_name}` : dateTime(media.uploaded_at);
  return [
    ['File', media.filename],
    ['Size', size(media.size_bytes)],
    ['Kind', kind(media)],
    ['Format', media.content_type],
    ['Dimensions', media.width && media.height ? `${media.width} × ${media.height}` : null],
    ['Length', media.duration_ms ? duration(media.duration_ms) : null],
    ['Taken', media.taken_at ? date(media.taken_at) : null],
    ['Added', added],
  ].filter(([, value]) => value);
}

export function facts(media) {
  return [
    media.description ? el('p', { class: 'description' }, media.description) : null,
    media.tags?.length > 0 ? el('ul', { class: 'tags', 'aria-label': 'Tags' }, media.tags.map((tag) => el('li', {}, tag))) : null,
    el('dl', {}, rows(media).map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value)))),
  ].filter(Boolean);
}
