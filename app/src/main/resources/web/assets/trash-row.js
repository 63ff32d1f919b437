// One item in the trash: what it is, who put it there and when, and how long it can still come back.

import { thumbnailUrl } from './api.js';
import { count, dateTime, size, title } from './format.js';
import { html, nothing } from './lit.js';
import { typedTile } from './typed-tile.js';

const dayLong = 86_400_000;

function left(media) {
  if (!media.purge_at) return null;
  const days = Math.ceil((new Date(media.purge_at) - Date.now()) / dayLong);
  return days > 0 ? `${count(days, 'day', 'days')} left` : 'gone for good soon';
}

function story(media) {
  const by = media.trashed_by?.display_name;
  return [size(media.size_bytes), `deleted ${dateTime(media.trashed_at)}${by ? ` by ${by}` : ''}`].join(' · ');
}

const picture = (media) => {
  const url = thumbnailUrl(media, 256);
  return html`<span class="row-picture">${url ? html`<img src=${url} alt="" width="72" height="72" loading="lazy" decoding="async">` : typedTile(media)}</span>`;
};

/** `act.purge` is null for whoever may not delete for good. */
export function trashRow(media, act) {
  const name = title(media);
  return html`<li class="row" id=${`trash-${media.id}`}>
    ${picture(media)}
    <span class="row-text"><strong>${name}</strong><span>${story(media)}</span></span>
    <span class="row-left">${left(media) ?? nothing}</span>
    <span class="row-do">
      <button type="button" aria-label=${`Restore ${name}`} @click=${() => act.restore(media)}>Restore</button>
      ${act.purge ? html`<button class="danger" type="button" aria-label=${`Delete for good: ${name}`} @click=${() => act.purge(media)}>Delete for good</button>` : nothing}
    </span>
  </li>`;
}
