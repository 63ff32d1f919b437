// A text file as somebody reads it: the words, and nothing that they could do.

import { textOf } from './api.js';
import { el } from './dom.js';
import { title } from './format.js';

/** Longer texts are for a program of their own, in bytes. */
const most = 500_000;

export const isText = (media) => media.content_type.startsWith('text/') && media.size_bytes <= most;

/** Calls `failed()` when the text cannot be had. */
export function textPage(media, failed) {
  const page = el('pre', { class: 'text-page', role: 'region', tabIndex: 0, 'aria-label': title(media) });
  textOf(media).then((text) => (page.textContent = text), failed);
  return page;
}
