// What is known about an item: its description, its tags, and a list of terms.

import { addressOf } from './filters.js';
import { dateTime, duration, kind, size } from './format.js';
import { html, nothing, render } from './lit.js';

/** A link to everything that has this in common; here the page need not be loaded anew for it. */
function narrowTo(choice, text, narrow) {
  const go = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    narrow(choice);
  };
  return html`<a href=${addressOf(choice)} @click=${go}>${text}</a>`;
}

function rows(media, narrow) {
  const by = media.uploader ? html` by ${narrowTo({ uploader_id: String(media.uploader.id) }, media.uploader.display_name, narrow)}` : nothing;
  return [
    ['File', media.filename],
    ['Size', size(media.size_bytes)],
    ['Kind', kind(media)],
    ['Format', media.content_type],
    ['Dimensions', media.width && media.height ? `${media.width} × ${media.height}` : null],
    ['Length', media.duration_ms ? duration(media.duration_ms) : null],
    ['Taken', media.taken_at ? dateTime(media.taken_at) : null],
    ['Added', html`${dateTime(media.uploaded_at)}${by}`],
  ].filter(([, value]) => value);
}

const tags = (media, narrow) => html`<ul class="tags" aria-label="Tags">
  ${media.tags.map((tag) => html`<li>${narrowTo({ tag }, tag, narrow)}</li>`)}
</ul>`;

export function showFacts(place, media, narrow) {
  render(
    html`${media.deletion_requested ? html`<p class="notice">Somebody has asked to delete this. A manager decides.</p>` : nothing}
      ${media.description ? html`<p class="description">${media.description}</p>` : nothing}
      ${media.tags?.length > 0 ? tags(media, narrow) : nothing}
      <dl>${rows(media, narrow).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`,
    place,
  );
}
