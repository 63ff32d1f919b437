// Makes an invite, and shows its link the only time it can be seen.

import { makeInvite } from './api.js';
import { byId, el } from './dom.js';
import { onSubmit } from './form.js';
import { dateTime } from './format.js';

const form = byId('invite-form');
const link = byId('invite-url');
const copy = byId('invite-copy');

function addHigherRoles() {
  form.elements.role.append(
    el('option', { value: 'manager' }, 'Manager: looks after people and files'),
    el('option', { value: 'admin' }, 'Admin: may do everything'),
  );
}

async function make({ role, ttl_hours: hours, email, note }) {
  const invite = await makeInvite({ role, ttl_hours: Number(hours), email, note });
  link.value = invite.url;
  copy.textContent = 'Copy';
  byId('invite-expires').textContent = `It works once, until ${dateTime(invite.expires_at)}.`;
  byId('invite-link').hidden = false;
  form.reset();
  link.focus();
  link.select();
}

/** Over plain HTTP browsers lock the clipboard's API; the old command still works on a selection. */
async function copyLink() {
  link.focus();
  link.select();
  const copied = navigator.clipboard
    ? await navigator.clipboard.writeText(link.value).then(() => true, () => false)
    : document.execCommand('copy');
  copy.textContent = copied ? 'Copied' : 'Press Ctrl+C';
}

export function wireInvite(visitor) {
  if (visitor.isAdmin) addHigherRoles();
  onSubmit(form, make);
  copy.addEventListener('click', copyLink);
  byId('people').addEventListener('close', () => {
    byId('invite-link').hidden = true;
    link.value = '';
  });
}
