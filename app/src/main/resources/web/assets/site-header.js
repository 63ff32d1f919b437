// The head of the page: whose library it is, who is signed in, and the way out.

import { pages, signOut } from './api.js';
import { byId } from './dom.js';
import { toast } from './toast.js';
import { explain } from './words.js';

async function leave() {
  try {
    await signOut();
    location.replace(pages.login);
  } catch (error) {
    toast(explain(error));
  }
}

export function showHeader(visitor) {
  byId('instance-name').textContent = visitor.instance.name;
  document.title = `Library · ${visitor.instance.name}`;
  byId('local-banner').hidden = !visitor.local;
  byId('nav-trash').hidden = !visitor.adds;
  if (!visitor.user) return;
  byId('account-name').textContent = visitor.user.display_name || visitor.user.username;
  byId('account').hidden = false;
  byId('sign-out').addEventListener('click', leave);
}
