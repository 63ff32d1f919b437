// Where one is signed in.

import { endOtherSessions, endSession, listSessions } from './api.js';
import { browserName } from './browser-name.js';
import { byId } from './dom.js';
import { dateTime } from './format.js';
import { attempt } from './inside.js';
import { html, nothing, render } from './lit.js';
import { PagedList } from './paged-list.js';

const nameOf = (session) => session.device_name || browserName(session.user_agent);

export function showSessions(place) {
  const end = async (session) => {
    if (await attempt(() => endSession(session.id), 'This sign-in is over.')) list.remove(session.id);
  };
  const endOthers = async () => {
    if (await attempt(endOtherSessions, 'You are signed out everywhere else.')) list.reload();
  };

  const row = (session) => html`
    <span class="row-text">
      <strong>${nameOf(session)}</strong>
      <span>From ${session.ip}, last used ${dateTime(session.last_used_at)}, ends ${dateTime(session.expires_at)}</span>
    </span>
    ${
      session.current
        ? html`<span class="badge">This browser</span>`
        : html`<button type="button" aria-label="End the sign-in of ${nameOf(session)}" @click=${() => end(session)}>End</button>`
    }`;

  render(
    html`
      <h2 id="sessions-heading">Where you are signed in</h2>
      <div id="sessions-list"></div>
      <div class="actions" id="sessions-actions"></div>`,
    place,
  );
  const button = html`<button type="button" id="end-others" @click=${endOthers}>Sign out everywhere else</button>`;
  const list = new PagedList(byId('sessions-list'), {
    label: 'Where you are signed in',
    empty: 'Nowhere.',
    load: listSessions,
    row,
    drawn: (items) => render(items.some((session) => !session.current) ? button : nothing, byId('sessions-actions')),
  });
  addEventListener('signed-out-elsewhere', () => list.reload());
  return list.reload();
}
