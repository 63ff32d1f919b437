// Tags and people to narrow the library by. They are asked for when somebody opens the panel, not before.

import { listTags, listUploaders } from './api.js';
import { attempt } from './attempt.js';
import { byId } from './dom.js';
import { html, live, nothing, render } from './lit.js';

const most = 200;
const place = byId('filter-panel');
const button = byId('filter-more');

const option = (value, text, count) => html`<option value=${value}>${text}${count === null ? nothing : ` (${count})`}</option>`;

/** A choice that the list does not have (there are more tags than fit) is put on top, so that the field can show it. */
function select({ id, label, any, options, chosen, choose }) {
  const missing = chosen !== '' && !options.some(({ value }) => value === chosen);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} .value=${live(chosen)} @change=${({ target }) => choose(target.value)}>
      ${option('', any, null)}${missing ? option(chosen, chosen, null) : nothing}
      ${options.map(({ value, text, count }) => option(value, text, count))}
    </select>
  </div>`;
}

export function wireFilterPanel(filters) {
  let tags = [];
  let people = [];

  const draw = () => {
    const { tag, uploader_id: id } = filters.query;
    const field = (properties, name) => select({ ...properties, chosen: filters.query[name], choose: (value) => filters.choose({ [name]: value }) });
    render(
      html`${tags.length > 0 || tag ? field({ id: 'filter-tag', label: 'Tag', any: 'Any tag', options: tags }, 'tag') : nothing}
        ${people.length > 0 || id ? field({ id: 'filter-person', label: 'Added by', any: 'Anybody', options: people }, 'uploader_id') : nothing}
        ${tags.length + people.length === 0 ? html`<p class="hint">There are no tags and no people to choose from yet.</p>` : nothing}`,
      place,
    );
    // The options have to be there before one of them can be chosen.
    for (const [name, value] of [['filter-tag', tag], ['filter-person', id]]) if (byId(name)) byId(name).value = value;
  };

  const load = () =>
    attempt(async () => {
      const [foundTags, foundPeople] = await Promise.all([listTags('', most), listUploaders()]);
      tags = foundTags.items.map(({ tag, count }) => ({ value: tag, text: tag, count }));
      people = foundPeople.items.map(({ id, display_name: name, count }) => ({ value: String(id), text: name, count }));
      draw();
    });

  button.addEventListener('click', () => {
    place.hidden = !place.hidden;
    button.setAttribute('aria-expanded', String(!place.hidden));
    if (!place.hidden) load();
  });
  filters.onShow(() => place.hidden || draw());
}
