// Keeps the app's shell for when the server is out of reach, and takes files that other apps share with this one. Only
// scripts, styles and the offline page are kept, never a page or an answer of the API: nothing private stays behind.

const shell = 'shell';
const offline = '/offline';
const needed = [offline, '/assets/latchkey.css', '/assets/pico.css', '/assets/theme.js', '/assets/offline-page.js', '/assets/favicon.svg'];
const patience = 60_000;

let shared = [];
let settle = () => {};

async function prepare() {
  await (await caches.open(shell)).addAll(needed);
  await skipWaiting();
}

/** Always the server's version when there is a server: an upgrade never mixes old scripts with new pages. */
async function asset(event) {
  const { request } = event;
  const cache = await caches.open(shell);
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(keep(cache, request, response.clone()));
    return response;
  } catch {
    return (await cache.match(request)) ?? Response.error();
  }
}

/** Writes only what is new: to write each file at each visit cost half of a page's opening. */
async function keep(cache, request, response) {
  const kept = await cache.match(request);
  if (kept?.headers.get('etag') !== response.headers.get('etag')) await cache.put(request, response);
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(offline)) ?? Response.error();
  }
}

/** Holds shared files in memory until the page that opens next asks for them. */
async function receive(event) {
  shared = (await event.request.formData()).getAll('files');
  event.waitUntil(
    new Promise((resolve) => {
      settle = resolve;
      setTimeout(resolve, patience);
    }),
  );
  return Response.redirect('/?shared', 303);
}

addEventListener('install', (event) => event.waitUntil(prepare()));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === 'POST' && pathname === '/share') event.respondWith(receive(event));
  else if (request.method === 'GET' && request.mode === 'navigate') event.respondWith(page(request));
  else if (request.method === 'GET' && pathname.startsWith('/assets/')) event.respondWith(asset(event));
});

addEventListener('message', (event) => {
  if (event.data !== 'take-shared') return;
  event.source.postMessage({ shared });
  shared = [];
  settle();
});
