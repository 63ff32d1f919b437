// What waits for a decision: people who want to join, and files that somebody wants to be deleted.

import {
  approveDeletion, approveJoinRequest, listDeletionRequests, listJoinRequests, rejectDeletion, rejectJoinRequest,
} from './api.js';
import { byId } from './dom.js';
import { dateTime, title } from './format.js';
import { attempt } from './inside.js';
import { html, nothing, render } from './lit.js';
import { onLive } from './live.js';
import { PagedList } from './paged-list.js';
import { typedTile } from './typed-tile.js';
import { countWaiting } from './waiting.js';

const states = [['pending', 'Waiting'], ['approved', 'Approved'], ['rejected', 'Turned down']];

/** Decides, says so, and looks again: somebody else may have been faster. */
async function decide(act, said, list) {
  await attempt(act, said);
  await Promise.all([list.reload(), countWaiting()]);
  list.focus();
}

const decided = (request) => (request.decided_at ? `decided by ${request.decided_by?.display_name ?? 'somebody'} on ${dateTime(request.decided_at)}` : null);
const about = (...parts) => parts.filter(Boolean).join(' · ');

const buttons = (request, yes, no) =>
  request.status === 'pending'
    ? html`<span class="row-do">
        <button class=${yes.danger ? 'danger' : 'primary'} type="button" aria-label="${yes.text} ${yes.of}" @click=${yes.act}>${yes.text}</button>
        <button type="button" aria-label="${no.text} ${no.of}" @click=${no.act}>${no.text}</button>
      </span>`
    : nothing;

function joinRow(request, list) {
  const name = request.display_name || request.username;
  return html`
    <span class="row-text">
      <strong>${name}</strong>
      <span>${about(`@${request.username}`, request.email, `asked on ${dateTime(request.created_at)}`, decided(request))}</span>
    </span>
    ${buttons(
      request,
      { text: 'Approve', of: name, act: () => decide(() => approveJoinRequest(request.id), `${name} can sign in now.`, list()) },
      { text: 'Reject', of: name, act: () => decide(() => rejectJoinRequest(request.id), `${name} was turned down.`, list()) },
    )}`;
}

function deletionRow(request, list) {
  const { media } = request;
  const name = title(media);
  return html`
    <span class="row-picture">${media.thumbnail_url ? html`<img src=${media.thumbnail_url} alt="" width="72" height="72" loading="lazy">` : typedTile(media)}</span>
    <span class="row-text">
      <strong>${name}</strong>
      <span>${about(`asked by ${request.requested_by?.display_name ?? 'somebody'} on ${dateTime(request.created_at)}`, decided(request))}</span>
      ${request.reason ? html`<q class="reason">${request.reason}</q>` : nothing}
    </span>
    ${buttons(
      request,
      { text: 'Delete', of: name, danger: true, act: () => decide(() => approveDeletion(request.id), `“${name}” is in the trash.`, list()) },
      { text: 'Keep', of: name, act: () => decide(() => rejectDeletion(request.id), `“${name}” stays.`, list()) },
    )}`;
}

const panel = (id, heading, choose) => html`
  <section class="panel" id=${id} aria-labelledby="${id}-heading">
    <div class="panel-head">
      <h2 id="${id}-heading" tabindex="-1">${heading}</h2>
      <label class="inline">Show <select id="${id}-status" @change=${choose}>
        ${states.map(([key, words]) => html`<option value=${key}>${words}</option>`)}
      </select></label>
    </div>
    <div id="${id}-list"></div>
  </section>`;

function listIn(id, load, row, empty, label) {
  const list = new PagedList(byId(`${id}-list`), {
    label,
    load: (cursor) => load({ status: byId(`${id}-status`).value, cursor }),
    row: (request) => row(request, () => list),
    empty,
  });
  list.focus = () => byId(`${id}-heading`).focus();
  return list;
}

/** Looks again when somebody asks or decides elsewhere. */
function follow(list, subject) {
  for (const name of [`${subject}.added`, `${subject}.decided`, 'missed']) onLive(name, () => list.reload());
}

export async function show(place) {
  let joining;
  let deletions;
  render(
    html`${panel('joining', 'People who want to join', () => joining.reload())}
      ${panel('deletions', 'Files that somebody wants to be deleted', () => deletions.reload())}`,
    place,
  );
  joining = listIn('joining', listJoinRequests, joinRow, 'Nobody here.', 'People who want to join');
  deletions = listIn('deletions', listDeletionRequests, deletionRow, 'Nothing here.', 'Files that somebody wants to be deleted');
  follow(joining, 'join_request');
  follow(deletions, 'deletion_request');
  await Promise.all([joining.reload(), deletions.reload()]);
}
