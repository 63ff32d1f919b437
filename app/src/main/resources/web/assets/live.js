// What happens on the server while a page is open. Every page that listens shares one stream of its window; a window that
// nobody looks at gives its stream back, because browsers have only a few connections to one server.

const address = '/api/events';
const again = 30_000;

const listeners = new Map();
let stream = null;
let timer = null;
let greeted = false;
let paused = false;

function tell(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

/** The stream says hello whenever it begins; what was missed before, nobody tells, so listeners read anew. */
function hello() {
  if (greeted) tell('missed', null);
  greeted = true;
}

function open() {
  clearTimeout(timer);
  if (stream || paused || listeners.size === 0 || document.hidden) return;
  stream = new EventSource(address);
  stream.addEventListener('hello', hello);
  for (const name of listeners.keys()) subscribe(name);
  // It comes back by itself from a broken line, but not from a refusal.
  stream.addEventListener('error', () => {
    if (stream?.readyState !== EventSource.CLOSED) return;
    close();
    timer = setTimeout(open, again);
  });
}

function close() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
}

function subscribe(name) {
  stream.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
}

/**
 * Calls `listener(data)` for each event of that name (`media.added`, `join_request.added` …), and for `missed` when
 * something may have happened that nobody told.
 */
export function onLive(name, listener) {
  const known = listeners.has(name);
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  if (stream && !known) subscribe(name);
  open();
}

/** For whoever is about to sign out: that the sign-in ends is no news to them. */
export function pauseLive(on) {
  paused = on;
  if (on) close();
  else open();
}

document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
addEventListener('pagehide', close);
addEventListener('pageshow', open);
