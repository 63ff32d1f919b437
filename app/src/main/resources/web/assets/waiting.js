// How many requests wait for a decision: beside the link that leads to them, on every page.

import { listDeletionRequests, listJoinRequests } from './api.js';
import { onLive } from './live.js';
import { showWaiting } from './site-header.js';

const news = ['join_request.added', 'join_request.decided', 'deletion_request.added', 'deletion_request.decided', 'missed'];

/** Counts anew; a count that cannot be had is no reason to say anything. */
export async function countWaiting() {
  try {
    const lists = await Promise.all([listJoinRequests, listDeletionRequests].map((list) => list({ status: 'pending', limit: 200 })));
    showWaiting(lists[0].items.length + lists[1].items.length);
  } catch {
    showWaiting(0);
  }
}

/** Shows the count and keeps it right while the page is open. */
export function followWaiting() {
  for (const name of news) onLive(name, countWaiting);
  return countWaiting();
}
