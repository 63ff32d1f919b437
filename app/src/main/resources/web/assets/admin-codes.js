// Codes for guests: six letters to type, or a QR code to scan, and a sheet to print.

import { listJoinCodes, makeJoinCode, revokeJoinCode } from './api.js';
import { byId } from './dom.js';
import { choice, field } from './fields.js';
import { openForm } from './form-dialog.js';
import { count, dateTime } from './format.js';
import { attempt } from './inside.js';
import { html, nothing, render } from './lit.js';
import { shownOnce } from './once-shown.js';
import { PagedList } from './paged-list.js';
import { qr } from './qr.js';

const lifetimes = [['8', '8 hours'], ['24', '1 day'], ['168', '7 days'], ['720', '30 days']];
const uses = [['1', 'Once'], ['5', '5 times'], ['20', '20 times'], ['0', 'As often as one likes']];
const states = { open: 'Open', used: 'Used up', expired: 'Over' };

const usesOf = (code) => (code.max_uses === 0 ? `used ${count(code.uses, 'time', 'times')}` : `used ${code.uses} of ${count(code.max_uses, 'time', 'times')}`);

/** Everybody for whom there was a code: managers may not list accounts. */
const guestsOf = (items) => [...new Map(items.map((code) => [String(code.user.id), code.user.display_name]))];

function form(items) {
  const known = guestsOf(items);
  return html`
    ${known.length > 0 ? choice({ name: 'user_id', text: 'Who comes in with it', options: [['', 'Somebody new'], ...known] }) : nothing}
    ${field({ name: 'guest_name', text: known.length > 0 ? 'Name of somebody new' : 'Name of the guest', maxlength: 100, placeholder: 'Aunt Rosa' })}
    <div class="field-pair">
      ${choice({ name: 'max_uses', text: 'It works', value: '1', options: uses })}
      ${choice({ name: 'expires_in_hours', text: 'For', value: '8', options: lifetimes })}
    </div>
    ${field({ name: 'device_name', text: 'Name of the device', optional: true, maxlength: 100, placeholder: 'Picture frame' })}`;
}

const printSheet = () => print();

const sheet = (code, visitor) => html`
  <div class="sheet">
    <p class="sheet-name">${visitor.instance.name}</p>
    ${qr(code.qr_svg, 'QR code that lets the guest in')}
    <p>Scan this with the camera of a phone or tablet, and open the link that appears.</p>
    <p>Or open <strong>${location.origin}/login</strong>, choose “I have a code”, and type:</p>
    <p class="letters" id="code-letters">${code.code}</p>
    <p>For ${code.user.display_name}, until ${dateTime(code.expires_at)}.</p>
  </div>
  <div class="screen-only">
    ${shownOnce({ id: 'code-url', label: 'Or send this link. None of this is shown again.', value: code.url })}
    <div class="actions"><button type="button" id="print-code" @click=${printSheet}>Print</button></div>
  </div>`;

export function wireCodes(place, visitor) {
  const make = () =>
    openForm({
      id: 'make-code',
      heading: 'Let a guest in',
      body: form(list.items),
      submit: 'Make a code',
      send: async ({ user_id: id, guest_name: name, max_uses: times, expires_in_hours: hours, device_name: device }) => {
        const who = id ? { user_id: Number(id) } : { guest_name: name };
        const code = await makeJoinCode({ ...who, max_uses: Number(times), expires_in_hours: Number(hours), device_name: device });
        list.reload();
        return sheet(code, visitor);
      },
      words: { 422: 'Say who comes in: the name of somebody new, or one of your guests.' },
    });
  const revoke = async (code) => {
    if (await attempt(() => revokeJoinCode(code.id), 'This code does not work any more. Whoever is in already stays in.')) list.remove(code.id);
  };

  render(
    html`
      <div class="panel-head">
        <h2 id="codes-heading">Codes for guests</h2>
        <button class="primary" type="button" id="make-code-open" @click=${make}>Let a guest in</button>
      </div>
      <p class="hint">For people and devices that only look: no account, no password.</p>
      <div id="codes-list"></div>`,
    place,
  );
  const list = new PagedList(byId('codes-list'), {
    label: 'Codes for guests',
    empty: 'No codes.',
    load: listJoinCodes,
    row: (code) => html`
      <span class="row-text">
        <strong>${code.user.display_name}</strong>
        <span>${[code.device_name, code.provider_name, usesOf(code), code.created_by && `by ${code.created_by.display_name}`, `until ${dateTime(code.expires_at)}`]
          .filter(Boolean)
          .join(' · ')}</span>
      </span>
      <span class=${code.state === 'expired' ? 'badge off' : 'badge'}>${states[code.state]}</span>
      <button class="danger" type="button" aria-label="Revoke the code of ${code.user.display_name}" @click=${() => revoke(code)}>Revoke</button>`,
  });
  return list.reload();
}
