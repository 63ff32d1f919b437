// Personal access tokens: keys for programs.

import { listTokens, makeToken, revokeToken } from './api.js';
import { confirm } from './confirm.js';
import { byId } from './dom.js';
import { choice, field, tick } from './fields.js';
import { openForm } from './form-dialog.js';
import { date } from './format.js';
import { attempt } from './inside.js';
import { html, render } from './lit.js';
import { shownOnce } from './once-shown.js';
import { PagedList } from './paged-list.js';
import { aboutToken, scopes, scopeWords, usual } from './token-words.js';

const lifetimes = [['30', '30 days'], ['90', '90 days'], ['365', 'A year'], ['never', 'Until it is revoked']];

const form = (isAdmin) => html`
  ${field({ name: 'name', id: 'token-name', text: 'What is it for?', required: true, maxlength: 100, placeholder: 'Backup at night' })}
  ${choice({ name: 'expires', text: 'It works for', value: '90', options: lifetimes })}
  <fieldset class="ticks">
    <legend>It may</legend>
    ${Object.entries(scopes)
      .filter(([scope]) => isAdmin || usual.includes(scope))
      .map(([scope, words]) => tick({ name: 'scopes', id: `scope-${scope.replace(':', '-')}`, value: scope, text: words, checked: usual.includes(scope) }))}
  </fieldset>`;

const secret = ({ name, token, expires_at: end }) => html`
  ${shownOnce({
    id: 'new-token',
    label: `The token for “${name}”. It is shown only once.`,
    value: token,
    hint: end ? `It works until ${date(end)}.` : 'It works until you revoke it.',
  })}
  <p>Whoever has it can do what it may. A program sends it in the header <code>Authorization: Bearer …</code></p>`;

export function showTokens(place, { isAdmin }) {
  const make = () =>
    openForm({
      id: 'make-token',
      heading: 'New access token',
      body: form(isAdmin),
      submit: 'Make the token',
      send: async ({ name, expires }, element) => {
        const chosen = [...element.querySelectorAll('[name=scopes]:checked')].map((each) => each.value);
        const made = await makeToken({ name, expires_in_days: expires === 'never' ? null : Number(expires), scopes: chosen });
        list.reload();
        return secret(made);
      },
    });

  const revoke = async (token) => {
    const sure = await confirm({ heading: 'Revoke this token?', text: `Whatever uses “${token.name}” stops working at once.`, yes: 'Revoke' });
    if (sure && (await attempt(() => revokeToken(token.id), `“${token.name}” is revoked.`))) list.remove(token.id);
  };

  render(
    html`
      <h2 id="tokens-heading">Access tokens</h2>
      <p class="hint">Keys for programs that use the library in your name, such as a backup.</p>
      <div id="tokens-list"></div>
      <div class="actions"><button type="button" id="make-token-open" @click=${make}>New access token</button></div>`,
    place,
  );
  const list = new PagedList(byId('tokens-list'), {
    label: 'Access tokens',
    empty: 'You have none.',
    load: listTokens,
    row: (token) => html`
      <span class="row-text">
        <strong>${token.name}</strong>
        <span>${aboutToken(token)}</span>
        <span>${scopeWords(token.scopes)}</span>
      </span>
      <button class="danger" type="button" aria-label="Revoke ${token.name}" @click=${() => revoke(token)}>Revoke</button>`,
  });
  return list.reload();
}
