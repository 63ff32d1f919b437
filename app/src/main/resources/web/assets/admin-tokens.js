// Everybody's access tokens.

import { listAllTokens, revokeAnyToken } from './api.js';
import { confirm } from './confirm.js';
import { byId } from './dom.js';
import { attempt } from './inside.js';
import { html, render } from './lit.js';
import { PagedList } from './paged-list.js';
import { aboutToken, scopeWords } from './token-words.js';

export function show(place) {
  const revoke = async (token) => {
    const question = {
      heading: 'Revoke this token?',
      text: `Whatever ${token.owner.display_name} uses “${token.name}” for stops working at once.`,
      yes: 'Revoke',
    };
    if ((await confirm(question)) && (await attempt(() => revokeAnyToken(token.id), `“${token.name}” is revoked.`))) list.remove(token.id);
  };

  render(
    html`<section class="panel" aria-labelledby="section-heading">
      <p class="hint">Keys for programs. Everybody makes their own on the page of their account.</p>
      <div id="tokens-list"></div>
    </section>`,
    place,
  );
  const list = new PagedList(byId('tokens-list'), {
    label: 'Access tokens',
    empty: 'Nobody has one.',
    load: listAllTokens,
    row: (token) => html`
      <span class="row-text">
        <strong>${token.name}</strong>
        <span>Of ${token.owner.display_name}: ${aboutToken(token)}</span>
        <span>${scopeWords(token.scopes)}</span>
      </span>
      <button class="danger" type="button" aria-label="Revoke ${token.name} of ${token.owner.display_name}" @click=${() => revoke(token)}>Revoke</button>`,
  });
  return list.reload();
}
