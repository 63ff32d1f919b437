// Help for somebody who cannot get in, and ways to shut somebody out.

import {
  activateUser, clearDelayOf, deactivateUser, deleteUser, endSessionsOf, getUser, makeResetLink, resetSecondFactorOf, setPasswordOf,
} from './api.js';
import { confirm } from './confirm.js';
import { passwordField } from './fields.js';
import { openForm } from './form-dialog.js';
import { attempt } from './inside.js';
import { html, nothing } from './lit.js';
import { shownOnce } from './once-shown.js';

async function showResetLink(user) {
  let link;
  const made = await attempt(async () => (link = await makeResetLink(user.id)));
  if (!made) return;
  await openForm({
    id: 'reset-link',
    heading: 'A link for a new password',
    body: shownOnce({
      id: 'reset-url',
      label: `Send this link to ${user.display_name}. It is shown only once.`,
      value: link.reset_url,
      hint: link.email_sent ? 'It is on its way to them by mail, too. It works once.' : 'It works once. No mail was sent.',
    }),
  });
}

const givePassword = (user) =>
  openForm({
    id: 'give-password',
    heading: `A password for ${user.display_name}`,
    body: html`
      <p>They have to choose another one when they sign in. All their sign-ins end.</p>
      ${passwordField({ name: 'password', id: 'given-password', text: 'Password', autocomplete: 'new-password' })}`,
    submit: 'Set the password',
    send: ({ password }) => setPasswordOf(user.id, password).then(() => undefined),
  });

/** The part of the person's dialog below the form; each action closes the dialog first. */
export function personActions(user, { own, list, close }) {
  const name = user.display_name || user.username;
  const refresh = async () => list.replace(await getUser(user.id));
  const act = (run, said) => async () => {
    close();
    if (await attempt(run, said)) await attempt(refresh);
  };
  const ask = (question, run, said) => async () => {
    close();
    if ((await confirm(question)) && (await attempt(run, said))) await attempt(refresh);
  };
  const open = (dialog) => async () => {
    close();
    await dialog(user);
    await attempt(refresh);
  };
  const remove = async () => {
    close();
    const question = {
      heading: `Delete the account of ${name}?`,
      text: 'This cannot be undone. What they have added to the library stays, and is by a “former member”.',
      yes: 'Delete',
    };
    if ((await confirm(question)) && (await attempt(() => deleteUser(user.id), `${name} has no account any more.`))) list.remove(user.id);
  };
  const lock = ask(
    { heading: `Lock ${name} out?`, text: 'They are signed out everywhere at once, and their access tokens are gone for good.', yes: 'Lock out' },
    () => deactivateUser(user.id),
    `${name} is locked out.`,
  );
  const resetFactor = ask(
    { heading: 'Turn the second step off?', text: `${name} signs in with the password only until they turn it on again.`, yes: 'Turn it off' },
    () => resetSecondFactorOf(user.id),
    'The second step is off.',
  );
  const button = (id, text, run, danger = false) => html`<button type="button" id=${id} class=${danger ? 'danger' : nothing} @click=${run}>${text}</button>`;

  return html`
    <section aria-labelledby="help-heading">
      <h3 id="help-heading">Help with signing in</h3>
      <div class="actions start">
        ${button('person-link', 'Make a link for a new password', open(showResetLink))}
        ${own ? nothing : button('person-password', 'Set a password', open(givePassword))}
        ${user.second_factor && !own ? button('person-factor', 'Turn the second step off', resetFactor) : nothing}
        ${user.sign_in_delayed_until ? button('person-delay', 'End the wait after wrong passwords', act(() => clearDelayOf(user.id), `${name} can try again now.`)) : nothing}
        ${button('person-sessions', 'Sign them out everywhere', act(() => endSessionsOf(user.id), `${name} is signed out everywhere.`))}
      </div>
    </section>
    ${own ? nothing : html`
      <section aria-labelledby="out-heading">
        <h3 id="out-heading">Shut them out</h3>
        <div class="actions start">
          ${user.active ? button('person-lock', 'Lock out', lock, true) : button('person-unlock', 'Let in again', act(() => activateUser(user.id), `${name} can sign in again.`))}
          ${button('person-delete', 'Delete the account', remove, true)}
        </div>
      </section>`}`;
}
