// Everybody who has an account.

import { listUsers, makeUser } from './api.js';
import { byId } from './dom.js';
import { choice, field } from './fields.js';
import { openForm } from './form-dialog.js';
import { dateTime, size } from './format.js';
import { html, nothing, render } from './lit.js';
import { wireListFilters } from './list-filters.js';
import { shownOnce } from './once-shown.js';
import { PagedList } from './paged-list.js';
import { openPerson } from './person-dialog.js';
import { roleName, roles } from './roles.js';

const badges = (user) => [
  !user.active && html`<span class="badge off">Locked out</span>`,
  user.sign_in_delayed_until && new Date(user.sign_in_delayed_until) > new Date() && html`<span class="badge off">Has to wait</span>`,
  user.password_change_required && html`<span class="badge">New password due</span>`,
  user.second_factor && html`<span class="badge">Second step</span>`,
];

const about = (user) => [
  `@${user.username}`,
  user.email,
  user.quota_bytes === null ? size(user.used_bytes) : `${size(user.used_bytes)} of ${size(user.quota_bytes)}`,
  user.last_login_at ? `last here ${dateTime(user.last_login_at)}` : 'never here yet',
  user.membership_ends_at && `until ${dateTime(user.membership_ends_at)}`,
].filter(Boolean).join(' · ');

const newPerson = html`
  ${field({ name: 'username', text: 'Username', required: true, plain: true, maxlength: 64 })}
  ${field({ name: 'display_name', text: 'Name', optional: true, maxlength: 100 })}
  ${field({ name: 'email', text: 'E-mail address', type: 'email', optional: true })}
  ${choice({ name: 'role', text: 'Role', value: 'member', options: roles })}`;

async function make(values) {
  const user = await makeUser(values);
  return shownOnce({
    id: 'setup-url',
    label: `Send this link to ${user.display_name}. It is shown only once.`,
    value: user.setup_url,
    hint: `With it they choose their password. It works once, for seven days.${user.email ? ' A mail with a link of its own goes to them as well: whichever is used first ends the other.' : ''}`,
  });
}

export function show(place, visitor) {
  const add = () =>
    openForm({ id: 'make-person', heading: 'New account', body: newPerson, submit: 'Make the account', send: make }).then(() => list.reload());

  render(
    html`
      <section class="panel" aria-labelledby="section-heading">
        <div class="panel-head">
          <search><form class="filters" id="people-filters">
            <label class="grow"><span>Name</span><input type="search" name="q" maxlength="200" autocomplete="off"></label>
            <label><span>Role</span><select name="role"><option value="">All</option>${roles.map(([role]) => html`<option value=${role}>${roleName(role)}</option>`)}</select></label>
            <label><span>State</span><select name="active"><option value="">All</option><option value="true">Active</option><option value="false">Locked out</option></select></label>
          </form></search>
          <button class="primary" type="button" id="make-person-open" @click=${add}>New account</button>
        </div>
        <div id="people-list"></div>
      </section>`,
    place,
  );
  let filters = {};
  const list = new PagedList(byId('people-list'), {
    label: 'People',
    empty: 'Nobody matches.',
    load: (cursor) => listUsers({ ...filters, cursor }),
    row: (user) => html`
      <span class="row-text"><strong>${user.display_name || user.username}</strong><span>${about(user)}</span></span>
      <span class="row-do">${badges(user).map((badge) => badge || nothing)}<span class="badge">${roleName(user.role)}</span></span>
      <button type="button" aria-label="Change ${user.display_name || user.username}" @click=${() => openPerson(user, visitor, list)}>Change</button>`,
  });
  return wireListFilters(byId('people-filters'), (chosen) => {
    filters = chosen;
    return list.reload();
  });
}
