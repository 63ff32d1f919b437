// What one tells about oneself, and how much of the library is one's own.

import { changeMe, sendVerification, verificationStatus } from './api.js';
import { choice, field, passwordField, problemPlace } from './fields.js';
import { submitting } from './form.js';
import { date, size } from './format.js';
import { attempt } from './inside.js';
import { html, nothing, render } from './lit.js';
import { showHeader } from './site-header.js';
import { toast } from './toast.js';

const names = ['display_name', 'email', 'phone', 'job_title', 'timezone'];

function zones(user) {
  const all = Intl.supportedValuesOf('timeZone');
  const own = user.timezone && !all.includes(user.timezone) ? [user.timezone] : [];
  return [['', 'As my device says'], ...[...own, ...all].map((zone) => [zone, zone.replaceAll('_', ' ')])];
}

const used = (user) => html`
  <div class="quota">
    <p>${
      user.quota_bytes === null
        ? `Your files take ${size(user.used_bytes)}. You have no limit.`
        : `Your files take ${size(user.used_bytes)} of the ${size(user.quota_bytes)} that you may fill.`
    }</p>
    ${
      user.quota_bytes === null
        ? nothing
        : html`<progress aria-label="Space in use" max=${Math.max(user.quota_bytes, 1)} .value=${Math.min(user.used_bytes, user.quota_bytes)}></progress>`
    }
  </div>`;

function emailState(user, verifies) {
  if (!user.email || !verifies) return nothing;
  const send = ({ currentTarget: button }) => {
    button.disabled = true;
    attempt(sendVerification, `A mail with a link is on its way to ${user.email}.`).then(() => (button.disabled = false));
  };
  return user.email_verified
    ? html`<p class="hint" id="email-state">This address is confirmed.</p>`
    : html`<p class="hint" id="email-state">This address is not confirmed yet.
        <button class="link" type="button" id="send-verification" @click=${send}>Send the mail again</button></p>`;
}

export async function showDetails(place, visitor) {
  const { enabled: verifies } = await verificationStatus();
  let user = visitor.user;
  let newEmail = false;

  const typed = ({ currentTarget: input }) => {
    const differs = input.value.trim() !== (user.email ?? '');
    if (differs === newEmail) return;
    newEmail = differs;
    draw();
  };

  const save = async (values) => {
    const change = Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
    ({ user } = await changeMe({ ...change, current_password: values.current_password }));
    newEmail = false;
    showHeader({ ...visitor, user }, 'profile', 'Your account');
    draw();
    toast('Saved.');
  };

  function draw() {
    render(
      html`
        <h2 id="details-heading">About you</h2>
        <p class="hint">You sign in as <strong id="own-username">${user.username}</strong>.
          ${user.membership_ends_at ? `Your membership ends on ${date(user.membership_ends_at)}.` : nothing}</p>
        ${used(user)}
        <form method="post" id="details-form" @submit=${submitting(save)}>
          ${problemPlace}
          ${field({ name: 'display_name', text: 'Name', hint: 'This is what others see.', value: user.display_name, autocomplete: 'name', maxlength: 100 })}
          ${field({ name: 'email', text: 'E-mail address', type: 'email', optional: true, value: user.email ?? '', autocomplete: 'email', input: typed })}
          ${newEmail ? nothing : emailState(user, verifies)}
          ${newEmail ? passwordField({ name: 'current_password', id: 'email-password', text: 'Your password, for the new address' }) : nothing}
          <div class="field-pair">
            ${field({ name: 'phone', text: 'Telephone', type: 'tel', optional: true, value: user.phone ?? '', autocomplete: 'tel', maxlength: 40 })}
            ${field({ name: 'job_title', text: 'What you do', optional: true, value: user.job_title ?? '', autocomplete: 'organization-title', maxlength: 100 })}
          </div>
          ${choice({ name: 'timezone', text: 'Time zone', value: user.timezone ?? '', options: zones(user) })}
          <div class="actions"><button class="primary" type="submit">Save</button></div>
        </form>`,
      place,
    );
  }
  draw();
}
