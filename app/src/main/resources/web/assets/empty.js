// What the library says when it has nothing to show, and what to do about it.

import { byId, byTouch } from './dom.js';
import { html, nothing, render } from './lit.js';

const nothingMatches = (filters) => html`
  <p class="empty-title">${filters.query.q ? `Nothing matches “${filters.query.q}”` : 'Nothing of this kind yet'}</p>
  <button type="button" @click=${() => filters.clear()}>Show everything</button>`;

const howToAdd = () => (byTouch() ? 'Add the first photos, films or other files.' : 'Drop files anywhere on this page, or choose some.');

const nothingYet = (visitor) => html`
  <img src="/assets/favicon.svg" alt="" width="72" height="72">
  <p class="empty-title">Nothing here yet</p>
  <p>${visitor.adds ? howToAdd() : 'When members add files, they appear here.'}</p>
  ${visitor.adds ? html`<button class="primary" type="button" @click=${() => byId('files').click()}>Choose files</button>` : nothing}`;

export function showEmpty(isEmpty, filters, visitor) {
  const place = byId('library-empty');
  place.hidden = !isEmpty;
  render(!isEmpty ? nothing : filters.narrow ? nothingMatches(filters) : nothingYet(visitor), place);
}
