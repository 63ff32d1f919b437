// Mails that wait, were sent or were given up. What stands in them is nobody's business.

import { deleteMail, listMail, retryMail } from './api.js';
import { byId } from './dom.js';
import { count, dateTime } from './format.js';
import { attempt } from './inside.js';
import { html, nothing, render } from './lit.js';
import { wireListFilters } from './list-filters.js';
import { PagedList } from './paged-list.js';

const states = { pending: 'Waiting', sent: 'Sent', dead: 'Given up' };

const about = (mail) => [
  `To ${mail.to}`,
  dateTime(mail.created_at),
  mail.attempts > 0 && count(mail.attempts, 'attempt', 'attempts'),
  mail.state === 'pending' && mail.next_attempt_at && `next at ${dateTime(mail.next_attempt_at)}`,
].filter(Boolean).join(' · ');

export function show(place) {
  const retry = async (mail) => {
    await attempt(() => retryMail(mail.id), 'It is sent again at once.', { 409: 'This mail cannot be sent any more: what stood in it is gone.' });
    list.reload();
  };
  const remove = async (mail) => {
    if (await attempt(() => deleteMail(mail.id), 'The mail is deleted.')) list.remove(mail.id);
  };

  render(
    html`<section class="panel" aria-labelledby="section-heading">
      <form class="filters" id="mail-filters">
        <label><span>State</span><select name="state">
          <option value="">All</option>${Object.entries(states).map(([state, words]) => html`<option value=${state}>${words}</option>`)}
        </select></label>
      </form>
      <div id="mail-list"></div>
    </section>`,
    place,
  );
  let filters = {};
  const list = new PagedList(byId('mail-list'), {
    label: 'Mails',
    empty: 'No mails.',
    load: (cursor) => listMail({ ...filters, cursor }),
    row: (mail) => html`
      <span class="row-text">
        <strong>${mail.subject}</strong>
        <span>${about(mail)}</span>
        ${mail.last_error ? html`<span class="error">${mail.last_error}</span>` : nothing}
      </span>
      <span class=${mail.state === 'dead' ? 'badge off' : 'badge'}>${states[mail.state]}</span>
      <span class="row-do">
        ${mail.state === 'sent' ? nothing : html`<button type="button" aria-label="Try “${mail.subject}” to ${mail.to} again" @click=${() => retry(mail)}>Try again</button>`}
        <button class="danger" type="button" aria-label="Delete “${mail.subject}” to ${mail.to}" @click=${() => remove(mail)}>Delete</button>
      </span>`,
  });
  return wireListFilters(byId('mail-filters'), (chosen) => {
    filters = chosen;
    return list.reload();
  });
}
