// Who did what, and when.

import { listAudit, listUsers } from './api.js';
import { actions, actionWords } from './audit-words.js';
import { browserName } from './browser-name.js';
import { byId } from './dom.js';
import { count, dateTime } from './format.js';
import { html, nothing, render } from './lit.js';
import { wireListFilters } from './list-filters.js';
import { PagedList } from './paged-list.js';

const day = 24 * 60 * 60 * 1000;

/** Days as they begin and end where this browser is. */
function bounds({ since, until, ...rest }) {
  const start = (date) => new Date(`${date}T00:00:00`);
  return {
    ...rest,
    since: since && start(since).toISOString(),
    until: until && new Date(start(until).getTime() + day).toISOString(),
  };
}

/** People by name, where the list knows them; everything else by its number. */
const target = ({ type, id }, names) => `${type.replaceAll('_', ' ')} ${(type === 'user' && names.get(String(id))) || id}`;

const about = (entry, names) => [
  dateTime(entry.at),
  `by ${entry.actor?.username ?? 'somebody who was not signed in'}`,
  entry.target && target(entry.target, names),
  entry.ip && `from ${entry.ip}`,
  entry.user_agent && browserName(entry.user_agent),
].filter(Boolean).join(' · ');

const row = (entry, names) => html`
  <span class="row-text">
    <strong title=${entry.action}>${actionWords(entry.action)}</strong>
    <span>${about(entry, names)}</span>
    ${entry.detail ? html`<span>${entry.detail}</span>` : nothing}
  </span>
  ${entry.count > 1 ? html`<span class="badge">${count(entry.count, 'time', 'times')}</span>` : nothing}`;

/** The first two hundred are enough for a household; whoever stands in the address is there, too. */
async function people() {
  const { items } = await listUsers({ limit: 200 });
  const asked = new URLSearchParams(location.search).get('actor_id');
  const known = items.map((user) => [String(user.id), user.username]).sort((one, other) => one[1].localeCompare(other[1]));
  return asked && !known.some(([id]) => id === asked) ? [...known, [asked, `Account ${asked}`]] : known;
}

const option = ([value, text]) => html`<option value=${value}>${text}</option>`;

export async function show(place) {
  const known = await people();
  const names = new Map(known);
  render(
    html`<section class="panel" aria-labelledby="section-heading">
      <form class="filters" id="audit-filters">
        <label><span>Who</span><select name="actor_id"><option value="">All</option>${known.map(option)}</select></label>
        <label><span>What</span><select name="action"><option value="">All</option>${Object.entries(actions).map(option)}</select></label>
        <label><span>From</span><input type="date" name="since"></label>
        <label><span>Until</span><input type="date" name="until"></label>
      </form>
      <div id="audit-list"></div>
    </section>`,
    place,
  );
  let filters = {};
  const list = new PagedList(byId('audit-list'), {
    label: 'Audit log',
    empty: 'Nothing matches.',
    load: (cursor) => listAudit({ ...bounds(filters), cursor }),
    row: (entry) => row(entry, names),
  });
  return wireListFilters(byId('audit-filters'), (chosen) => {
    filters = chosen;
    return list.reload();
  });
}
