// Stands for a file that has no picture: its kind as an icon, its ending as a word.

import { ending, iconOf } from './format.js';
import { icon } from './icon.js';
import { html } from './lit.js';

export const typedTile = (media) =>
  html`<span class=${`typed ${iconOf(media)}`}>${icon(iconOf(media))}<span class="ending">${ending(media.filename)}</span></span>`;
