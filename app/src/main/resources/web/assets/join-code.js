// Guests come in with six letters, or with a link that carries a secret: /login?join=lkj_…

import { joinByCode, whoIsHere } from './api.js';
import { byId } from './dom.js';
import { onSubmit } from './form.js';
import { tokenIn } from './link-token.js';
import { show } from './threshold.js';

const form = byId('join-code');
const ownWords = {
  join_code_invalid: 'This does not work: it may be mistyped, used up or too old. Ask whoever gave it to you for a new one.',
};
let secret = null;

/** Takes the secret out of the address bar, so that it stays neither in the history nor on a screenshot. */
function takeFromAddress() {
  const query = new URLSearchParams(location.search);
  if (!query.has('join')) return null;
  const found = tokenIn(query.get('join'), 'lkj');
  query.delete('join');
  const rest = query.toString();
  history.replaceState(null, '', location.pathname + (rest ? `?${rest}` : '') + location.hash);
  return found;
}

/** A link needs nothing typed; letters do. */
function describe() {
  byId('join-code-field').hidden = secret !== null;
  byId('join-link').hidden = secret === null;
  form.elements.join_code.disabled = secret !== null;
}

/** Nobody's sign-in is replaced without a word: until it is known whether there is one, nothing can be pressed. */
async function ask() {
  const button = form.querySelector('[type=submit]');
  button.disabled = true;
  describe();
  show('join-code', secret === null ? form.elements.join_code : byId('join-code-heading'));
  const user = await whoIsHere().catch(() => null);
  byId('replaces').hidden = user === null;
  byId('who-is-here').textContent = user?.display_name ?? '';
  button.textContent = user === null ? 'Come in' : 'Go on as a guest';
  button.disabled = false;
}

export function wireJoinCode({ goOn }) {
  onSubmit(
    form,
    async ({ join_code: typed }) => {
      await joinByCode(secret ?? typed);
      goOn();
    },
    ownWords,
  );
  byId('to-code').addEventListener('click', () => {
    secret = null;
    ask();
  });
  secret = takeFromAddress();
  if (secret !== null) ask();
}
