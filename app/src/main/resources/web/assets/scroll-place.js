// Where somebody was in a long page, for when they reload it or come back to it. The browser would restore it too early,
// when the page is still short.

const key = 'place';

const here = () => location.pathname + location.search;

function known() {
  const [{ type } = {}] = performance.getEntriesByType('navigation');
  if (type !== 'reload' && type !== 'back_forward') return 0;
  try {
    const { address, y } = JSON.parse(sessionStorage.getItem(key)) ?? {};
    return address === here() ? y : 0;
  } catch {
    return 0; // Storage is forbidden, or somebody else's.
  }
}

function keep() {
  try {
    sessionStorage.setItem(key, JSON.stringify({ address: here(), y: scrollY }));
  } catch {
    // Storage is forbidden: the page begins at the top next time.
  }
}

/** `restore()` goes where this page was, once it is long enough for it. */
export function keepPlace() {
  const before = known();
  history.scrollRestoration = 'manual';
  addEventListener('pagehide', keep);
  return { restore: () => before > 0 && scrollTo({ top: before, behavior: 'instant' }) };
}
