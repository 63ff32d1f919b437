// The second step of signing in: turned on with an app, turned off with a code.

import { confirmSecondFactor, disableSecondFactor, enrollSecondFactor, newBackupCodes } from './api.js';
import { copy } from './copy.js';
import { field, passwordField, problemPlace } from './fields.js';
import { openForm } from './form-dialog.js';
import { submitting } from './form.js';
import { html, render } from './lit.js';
import { shownOnceAsFile } from './once-shown.js';
import { qr } from './qr.js';
import { toast } from './toast.js';

const codes = ({ backup_codes: lines }) => html`
  ${shownOnceAsFile({ label: 'Your ten backup codes', lines, file: 'latchkey-backup-codes.txt' })}
  <p>Each of them works once instead of a code of your app. Keep them where you find them without your phone. They are not shown again.</p>`;

const passwordAndCode = html`
  ${passwordField({ name: 'current_password', id: 'factor-password', text: 'Your password' })}
  ${field({ name: 'code', id: 'factor-code', text: 'Code of your app, or a backup code', required: true, code: true, plain: true, autocomplete: 'one-time-code' })}`;

/** The secret in fours, as apps show it too. */
const inFours = (secret) => secret.match(/.{1,4}/g).join(' ');

function copySecret({ currentTarget: button }) {
  copy(button.previousElementSibling, button);
}

const scan = ({ secret, otpauth_uri: link, qr_svg: svg }) => html`
  <p>Scan this with an authenticator app, then type the six digits that it shows.</p>
  ${qr(svg, 'QR code for your authenticator app')}
  <p class="hint">On the phone that you hold? <a href=${link}>Open the app</a>, or type this into it:</p>
  <div class="command"><code id="factor-secret">${inFours(secret)}</code><button type="button" @click=${copySecret}>Copy</button></div>
  ${field({ name: 'code', id: 'factor-code', text: 'Six digits', required: true, code: true, plain: true, inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 10 })}`;

export function showSecondFactor(place, { user }) {
  let on = user.second_factor;

  const turned = (now) => {
    on = now;
    draw();
  };

  const scanned = (enrolment) =>
    openForm({
      id: 'factor-scan',
      heading: 'Add it to your app',
      body: scan(enrolment),
      submit: 'Turn it on',
      send: async ({ code }) => {
        const answer = await confirmSecondFactor(code.replaceAll(' ', ''));
        turned(true);
        return codes(answer);
      },
    });

  const begin = async ({ current_password }, form) => {
    const enrolment = await enrollSecondFactor(current_password);
    form.reset();
    scanned(enrolment);
  };

  const renew = () =>
    openForm({
      id: 'factor-renew',
      heading: 'New backup codes',
      body: html`<p>The old ones stop working.</p>${passwordAndCode}`,
      submit: 'Make new codes',
      send: async (values) => codes(await newBackupCodes(values)),
    });

  const stop = () =>
    openForm({
      id: 'factor-off',
      heading: 'Sign in with the password only?',
      body: passwordAndCode,
      submit: 'Turn it off',
      danger: true,
      send: async (values) => {
        await disableSecondFactor(values);
        turned(false);
        toast('Signing in takes only your password now.');
      },
    });

  const whenOn = () => html`
    <p>It is on: signing in takes your password and a code of your app.</p>
    <div class="actions">
      <button type="button" id="factor-renew-open" @click=${renew}>New backup codes</button>
      <button class="danger" type="button" id="factor-off-open" @click=${stop}>Turn it off</button>
    </div>`;

  const whenOff = () => html`
    <p>Signing in takes only your password. With a second step it takes your phone too, so a stolen password opens nothing.</p>
    <form method="post" id="factor-form" @submit=${submitting(begin)}>
      ${problemPlace}
      ${passwordField({ name: 'current_password', id: 'enroll-password', text: 'Your password' })}
      <div class="actions"><button class="primary" type="submit">Turn it on</button></div>
    </form>`;

  function draw() {
    render(html`<h2 id="second-factor-heading">Second step of signing in</h2>${on ? whenOn() : whenOff()}`, place);
  }
  draw();
}
