// One-time links carry their secret behind the #, which a browser sends to nobody.

/** The secret with this prefix in a text, such as a link that was pasted; null when there is none. */
export const tokenIn = (text, prefix) => new RegExp(`${prefix}_[0-9A-Za-z]+`).exec(text ?? '')?.[0] ?? null;

/** Takes the secret out of the address bar, so that it stays neither in the history nor on a screenshot. */
function takeFromAddress(prefix) {
  const found = tokenIn(location.hash, prefix);
  if (location.hash) history.replaceState(null, '', location.pathname);
  return found;
}

/** The secret that the page was opened with, or null. `use` gets the ones of links that are opened in it later. */
export function takeToken(prefix, use) {
  addEventListener('hashchange', () => {
    const found = takeFromAddress(prefix);
    if (found) use(found);
  });
  return takeFromAddress(prefix);
}
