// One account in an admin's hands: what it is and may do.

import { changeUser } from './api.js';
import { choice, field } from './fields.js';
import { openForm } from './form-dialog.js';
import { html, nothing } from './lit.js';
import { personActions } from './person-actions.js';
import { roles } from './roles.js';
import { bytesOf, sizeField } from './size-field.js';
import { toast } from './toast.js';

/** The day of a time in this browser's zone, as a date field has it; empty for none. */
function dayOf(iso) {
  if (iso === null) return '';
  const time = new Date(iso);
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The last moment of a day in this browser's zone; null for none. */
const endOf = (day) => (day === undefined ? null : new Date(`${day}T23:59:59`).toISOString());

/** What differs from `user`: what was not touched is not sent, so that nobody undoes what somebody else changed. */
function changed(user, { display_name: name, email, role, quota, membership }) {
  const change = { display_name: name ?? null, email: email ?? null, role, quota_bytes: bytesOf(quota) };
  const differs = Object.entries(change).filter(([key, value]) => value !== user[key]);
  if ((membership ?? '') !== dayOf(user.membership_ends_at)) differs.push(['membership_ends_at', endOf(membership)]);
  return Object.fromEntries(differs);
}

const fields = (user) => html`
  ${field({ name: 'display_name', text: 'Name', value: user.display_name, maxlength: 100 })}
  ${field({ name: 'email', text: 'E-mail address', type: 'email', optional: true, value: user.email ?? '' })}
  ${choice({ name: 'role', text: 'Role', value: user.role, options: roles })}
  <div class="field-pair">
    ${sizeField({ name: 'quota', text: 'Space in GB', bytes: user.quota_bytes, hint: 'Empty for no limit.' })}
    ${field({ name: 'membership', text: 'Member until', type: 'date', optional: true, value: dayOf(user.membership_ends_at), hint: 'Empty for ever.' })}
  </div>`;

/** Opens the dialog; what comes of it goes into `list`. */
export function openPerson(user, visitor, list) {
  const own = user.id === visitor.user.id;
  return openForm({
    id: 'person',
    heading: user.display_name || user.username,
    wide: true,
    body: html`
      <p class="hint">Signs in as <strong>${user.username}</strong>. ${own ? 'This is you: some things another admin has to do.' : nothing}</p>
      ${fields(user)}`,
    submit: 'Save',
    send: async (values) => {
      const change = changed(user, values);
      if (Object.keys(change).length > 0) list.replace(await changeUser(user.id, change));
      toast('Saved.');
    },
    after: (close) => personActions(user, { own, list, close }),
  });
}
