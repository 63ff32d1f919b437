// For managers and admins: who waits to join, and new invites.

import { approveJoinRequest, listJoinRequests, rejectJoinRequest } from './api.js';
import { announce, byId, el } from './dom.js';
import { date } from './format.js';
import { icon } from './icon.js';
import { wireInvite } from './invite.js';
import { showWaiting } from './site-header.js';
import { explain } from './words.js';

const dialog = byId('people');
const list = byId('waiting');

function showCount() {
  const waiting = list.childElementCount;
  showWaiting(waiting);
  byId('waiting-empty').hidden = waiting > 0;
}

function showProblem(error) {
  const place = byId('waiting-problem');
  place.hidden = error === null;
  place.textContent = error === null ? '' : explain(error);
}

async function decide(request, act, said) {
  showProblem(null);
  try {
    await act(request.id);
    announce(byId('invite-status'), said);
  } catch (error) {
    showProblem(error);
  }
  await loadWaiting();
  byId('waiting-heading').focus();
}

function row(request) {
  const name = request.display_name || request.username;
  const about = [`@${request.username}`, request.email, date(request.created_at)].filter(Boolean).join(' · ');
  const approve = () => decide(request, approveJoinRequest, `${name} can sign in now.`);
  const reject = () => decide(request, rejectJoinRequest, `${name} was turned down.`);
  return el(
    'li',
    { class: 'row' },
    el('span', { class: 'row-text' }, el('strong', {}, name), el('span', {}, about)),
    el(
      'span',
      { class: 'row-do' },
      el('button', { class: 'primary', type: 'button', onclick: approve, 'aria-label': `Approve ${name}` }, 'Approve'),
      el('button', { type: 'button', onclick: reject, 'aria-label': `Reject ${name}` }, 'Reject'),
    ),
  );
}

async function loadWaiting() {
  try {
    const { items } = await listJoinRequests();
    list.replaceChildren(...items.map(row));
  } catch (error) {
    showProblem(error);
  }
  showCount();
}

export async function wirePeople(visitor) {
  const button = byId('nav-people');
  button.hidden = false;
  byId('people-close').append(icon('close'));
  byId('people-close').addEventListener('click', () => dialog.close());
  button.addEventListener('click', () => {
    showProblem(null);
    dialog.showModal();
    loadWaiting();
  });
  wireInvite(visitor);
  await loadWaiting();
}
