// How the server does.

import { systemFigures } from './api.js';
import { dateTime, size } from './format.js';
import { html, nothing, render } from './lit.js';

const number = (value) => new Intl.NumberFormat().format(value);
const gigabyte = 1e9;

/** The server keeps a reserve free, and takes no more files when it would be touched. */
function disk({ disk_free_bytes: free, reserve_bytes: reserve }) {
  const left = free - reserve;
  if (left <= 0) return html`<p class="problem" id="disk">The disk is full: only the reserve of ${size(reserve)} is left, so nobody can add anything. Free some space.</p>`;
  if (left < Math.max(reserve, gigabyte)) return html`<p class="notice" id="disk">The disk is nearly full: ${size(left)} more, and nobody can add anything.</p>`;
  return nothing;
}

const facts = (figures) => [
  ['Version', figures.version],
  ['Java', figures.java],
  ['Running since', dateTime(figures.started_at)],
  ['Free on the disk', `${size(figures.disk_free_bytes)}, of which ${size(figures.reserve_bytes)} stay free`],
  ['Files take', size(figures.blob_bytes)],
  ['The database takes', size(figures.database_bytes)],
  ['In the library', number(figures.media_count)],
  ['In the trash', number(figures.trash_count)],
  ['Accounts', number(figures.user_count)],
  ['Pictures and films to look into', number(figures.extraction_pending)],
  ['Mails that wait', number(figures.mail_pending)],
  ['Mails given up', number(figures.mail_dead)],
];

export async function show(place) {
  const figures = await systemFigures();
  render(
    html`<section class="panel" aria-labelledby="section-heading">
      ${disk(figures)}
      <dl class="figures">${facts(figures).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${figures.mail_dead > 0 ? html`<p><a href="/admin/mail?state=dead">Look at the mails that were given up</a></p>` : nothing}
    </section>`,
    place,
  );
}
