// The pages for whoever looks after the library. They share one document; the address says which section to load.

import { byId } from './dom.js';
import { comeIn } from './inside.js';
import { html, nothing, render } from './lit.js';
import { followWaiting } from './waiting.js';

const sections = {
  requests: { title: 'Requests', load: () => import('./admin-requests.js') },
  invites: { title: 'Invites and codes', load: () => import('./admin-invites.js') },
  people: { title: 'People', load: () => import('./admin-people.js'), admins: true },
  tokens: { title: 'Access tokens', load: () => import('./admin-tokens.js'), admins: true },
  mail: { title: 'Mail', load: () => import('./admin-mail.js'), admins: true },
  audit: { title: 'Audit log', load: () => import('./admin-audit.js'), admins: true },
  system: { title: 'System', load: () => import('./admin-system.js'), admins: true },
};

const name = location.pathname.split('/')[2];
const { title, load } = sections[name];

function showTabs(visitor) {
  const open = Object.entries(sections).filter(([, section]) => visitor.isAdmin || !section.admins);
  render(
    open.map(([key, section]) => html`<a href="/admin/${key}" aria-current=${key === name ? 'page' : nothing}>${section.title}</a>`),
    byId('sections'),
  );
  byId('sections').querySelector('[aria-current]').scrollIntoView({ block: 'nearest', inline: 'center' });
}

await comeIn('admin', title, async (visitor) => {
  showTabs(visitor);
  byId('section-heading').textContent = title;
  const [section] = await Promise.all([load(), followWaiting()]);
  await section.show(byId('section'), visitor);
});
