// The head of every page behind the door: whose library it is, where one can go, who is signed in, and the way out.

import { pages, signOut } from './api.js';
import { installShell } from './app-shell.js';
import { byId } from './dom.js';
import { html, nothing, render } from './lit.js';
import { pauseLive } from './live.js';
import { showThemeSwitch } from './theme-switch.js';
import { forgetUploads } from './resumable.js';
import { toast } from './toast.js';
import { explain } from './words.js';

async function leave() {
  pauseLive(true);
  try {
    await signOut();
    forgetUploads();
    location.replace(pages.login);
  } catch (error) {
    pauseLive(false);
    toast(explain(error));
  }
}

const link = (here, name, href, text) =>
  html`<a href=${href} id="nav-${name}" aria-current=${here === name ? 'page' : nothing}>${text}</a>`;

/** In full, and where there is little room as the first letter. */
const shownName = (name) => html`<span class="initial" aria-hidden="true">${[...name][0].toLocaleUpperCase()}</span><span class="whole-name">${name}</span>`;

const profileLink = (name, here) =>
  html`<a class="account-name" id="account-name" href=${pages.profile} title="Your account" aria-current=${here === 'profile' ? 'page' : nothing}>${shownName(name)}</a>`;

const account = ({ user, hasProfile }, here) => html`
  <div class="account" id="account">
    ${hasProfile
      ? profileLink(user.display_name || user.username, here)
      : html`<span class="account-name" id="account-name">${shownName(user.display_name || user.username)}</span>`}
    <button type="button" id="sign-out" @click=${leave}>Sign out</button>
  </div>`;

/**
 * Draws the head into the page's `<header class="site">`, for a visitor of `loadVisitor`. `here` is the name of the
 * link that leads to this page (`library`, `trash`, `admin`, `profile`), and `title` goes into the window's title.
 */
export function showHeader(visitor, here, title) {
  document.title = `${title} · ${visitor.instance.name}`;
  render(
    html`<div class="site-inner">
      <a class="brand" href="/"><img src="/assets/favicon.svg" alt="" width="28" height="28"><span id="instance-name">${visitor.instance.name}</span></a>
      <nav class="site-nav" aria-label="Pages">
        ${link(here, 'library', '/#library', 'Library')}
        ${visitor.adds ? link(here, 'trash', '/#trash', 'Trash') : nothing}
        ${visitor.invites ? link(here, 'admin', pages.admin, html`Manage<span class="count" id="waiting-count" hidden></span>`) : nothing}
      </nav>
      <span class="theme-switch"></span>
      ${visitor.user ? account(visitor, here) : nothing}
    </div>`,
    document.querySelector('header.site'),
  );
  showThemeSwitch(document.querySelector('.theme-switch'));
  installShell();
}

/** Shows how many people and requests wait for a decision; nothing while there are none. */
export function showWaiting(count) {
  const badge = byId('waiting-count');
  if (!badge) return;
  badge.hidden = count === 0;
  render(html`${count}<span class="hidden-visually"> waiting</span>`, badge);
}
