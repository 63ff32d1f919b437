// What makes the page an app: the service worker, and the files that other apps share with it. Browsers allow both only
// over HTTPS and on localhost; elsewhere this does nothing.

const workers = navigator.serviceWorker;

export function installShell() {
  workers?.register('/service-worker.js').catch(() => {}); // The page works without it.
}

/** Hands what another app shared to `add`, when this page was opened for that. */
export function takeShared(add) {
  const address = new URL(location);
  if (!address.searchParams.has('shared')) return;
  address.searchParams.delete('shared');
  history.replaceState(null, '', address);
  workers?.addEventListener('message', ({ data }) => data.shared?.length > 0 && add(data.shared), { once: true });
  workers?.startMessages();
  workers?.controller?.postMessage('take-shared');
}
