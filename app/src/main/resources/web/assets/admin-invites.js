// Ways in: invites for people, and codes for guests.

import { deleteInvite, listInvites, makeInvite } from './api.js';
import { wireCodes } from './admin-codes.js';
import { byId } from './dom.js';
import { choice, field, tick } from './fields.js';
import { openForm } from './form-dialog.js';
import { dateTime } from './format.js';
import { attempt } from './inside.js';
import { html, nothing, render } from './lit.js';
import { shownOnce } from './once-shown.js';
import { PagedList } from './paged-list.js';
import { grantable, roleName } from './roles.js';
import { bytesOf, sizeField } from './size-field.js';

const lifetimes = [['24', '1 day'], ['72', '3 days'], ['168', '7 days'], ['720', '30 days']];
const states = { open: 'Open', used: 'Used', expired: 'Over' };

const form = (visitor) => html`
  <div class="field-pair">
    ${choice({ name: 'role', text: 'They join as', value: 'member', options: grantable(visitor) })}
    ${choice({ name: 'ttl_hours', text: 'The link works for', value: '72', options: lifetimes })}
  </div>
  ${field({ name: 'email', text: 'Only for this e-mail address', type: 'email', optional: true, hint: 'Then the link is mailed there, too.' })}
  ${field({ name: 'note', text: 'Note to yourself', optional: true, maxlength: 500, placeholder: 'Who is it for?' })}
  <div class="field-pair">
    ${field({ name: 'membership_days', text: 'Membership in days', type: 'number', min: 1, optional: true, inputmode: 'numeric' })}
    ${sizeField({ name: 'quota_bytes', text: 'Space in GB' })}
  </div>
  ${tick({ name: 'auto_approve', text: 'Let them in without asking me again' })}`;

function inviteOf({ role, ttl_hours: hours, email, note, auto_approve: automatic, membership_days: days, quota_bytes: space }) {
  return {
    role,
    ttl_hours: Number(hours),
    email,
    note,
    auto_approve: automatic === 'true',
    membership_days: days === undefined ? undefined : Number(days),
    quota_bytes: space === undefined ? undefined : bytesOf(space),
  };
}

function invitesIn(place, visitor) {
  const make = () =>
    openForm({
      id: 'make-invite',
      heading: 'Invite someone',
      wide: true,
      body: form(visitor),
      submit: 'Make an invite link',
      send: async (values) => {
        const invite = await makeInvite(inviteOf(values));
        list.reload();
        return shownOnce({
          id: 'invite-url',
          label: 'Send this link to one person. It is shown only once.',
          value: invite.url,
          hint: `It works once, until ${dateTime(invite.expires_at)}.`,
        });
      },
    });
  const revoke = async (invite) => {
    if (await attempt(() => deleteInvite(invite.id), 'This invite does not work any more.')) list.remove(invite.id);
  };

  render(
    html`
      <div class="panel-head">
        <h2 id="invites-heading">Invites</h2>
        <button class="primary" type="button" id="make-invite-open" @click=${make}>Invite someone</button>
      </div>
      <p class="hint">A link that somebody opens to make an account.</p>
      <div id="invites-list"></div>`,
    place,
  );
  const list = new PagedList(byId('invites-list'), {
    label: 'Invites',
    empty: 'No invites.',
    load: listInvites,
    row: (invite) => html`
      <span class="row-text">
        <strong>${invite.note || invite.email || `Invite of ${dateTime(invite.created_at)}`}</strong>
        <span>${[
          `As ${roleName(invite.role).toLowerCase()}`,
          invite.note && invite.email,
          invite.auto_approve && 'without asking again',
          invite.created_by && `by ${invite.created_by.display_name}`,
          invite.used_at ? `used on ${dateTime(invite.used_at)}` : `until ${dateTime(invite.expires_at)}`,
        ].filter(Boolean).join(' · ')}</span>
      </span>
      <span class=${invite.state === 'expired' ? 'badge off' : 'badge'}>${states[invite.state]}</span>
      ${invite.state === 'open' ? html`<button class="danger" type="button" aria-label="Revoke the invite ${invite.note || invite.email || invite.id}" @click=${() => revoke(invite)}>Revoke</button>` : nothing}`,
  });
  return list.reload();
}

export async function show(place, visitor) {
  render(
    html`<section class="panel" id="invites" aria-labelledby="invites-heading"></section>
      <section class="panel" id="codes" aria-labelledby="codes-heading"></section>`,
    place,
  );
  await Promise.all([invitesIn(byId('invites'), visitor), wireCodes(byId('codes'), visitor)]);
}
