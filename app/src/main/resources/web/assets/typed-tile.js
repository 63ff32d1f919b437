// Stands for a file that browsers do not show as a picture: its kind as an icon, its ending as a word.

import { el } from './dom.js';
import { ending, iconOf } from './format.js';
import { icon } from './icon.js';

export function typedTile(media) {
  return el('span', { class: `typed ${iconOf(media)}` }, icon(iconOf(media)), el('span', { class: 'ending' }, ending(media.filename)));
}
