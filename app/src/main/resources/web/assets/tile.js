// One item of the library in the grid.

import { thumbnailUrl } from './api.js';
import { kind, duration, iconOf, size, title } from './format.js';
import { icon } from './icon.js';
import { html, live, nothing } from './lit.js';
import { typedTile } from './typed-tile.js';

/** Never the file itself: a page of those would be hundreds of megabytes. */
function picture(media) {
  const url = thumbnailUrl(media, 256);
  if (!url) return typedTile(media);
  return html`<img src=${url} alt="" loading="lazy" decoding="async" draggable="false"
    width=${media.width ?? nothing} height=${media.height ?? nothing}>`;
}

const length = (media) =>
  media.duration_ms ? html`<span class="badge"><span class="hidden-visually">Length </span>${duration(media.duration_ms)}</span>` : nothing;

const mark = (media) =>
  media.deletion_requested
    ? html`<span class="badge asked" title="Somebody has asked to delete this">${icon('ask')}<span class="hidden-visually">Deletion asked for</span></span>`
    : nothing;

const meta = (media) => html`<span class="tile-meta"
  ><span class="hidden-visually">${kind(media)}, </span>${size(media.size_bytes)}${media.uploader ? ` · ${media.uploader.display_name}` : nothing}</span>`;

const known = (media, shape) => html`
  <span class="tile-picture">${picture(media)}${length(media)}${mark(media)}</span>
  <span class="tile-name">${title(media)}</span>
  ${shape === 'list' ? meta(media) : html`<span class="hidden-visually">, ${kind(media)}</span>`}`;

const unknown = html`<span class="tile-picture"></span><span class="hidden-visually">Loading</span>`;

const check = (media, selected) => html`<label class="tile-check">
  <input type="checkbox" tabindex="-1" aria-label=${`Select ${title(media)}`} .checked=${live(selected)}>
</label>`;

/**
 * What stands in a place of the grid; `media` is undefined while it is not loaded. The button stays the same element when
 * it is, because it may have the focus.
 */
export function tile(media, { selected, current, shape }) {
  return html`
    <button class=${`tile ${media ? iconOf(media) : 'waiting'}`} type="button" tabindex=${current ? 0 : -1} aria-describedby="grid-help"
      >${media ? known(media, shape) : unknown}</button>
    ${media ? check(media, selected) : nothing}`;
}
