// Where somebody was in a long page, for when they reload it or come back to it. The browser would restore it too early,
// when the page is still short.

export function keepPlace() {
  const before = history.state?.scroll ?? 0;
  history.scrollRestoration = 'manual';
  addEventListener('pagehide', () => history.replaceState({ ...history.state, scroll: scrollY }, ''));
  return { restore: () => before > 0 && scrollTo({ top: before, behavior: 'instant' }) };
}
