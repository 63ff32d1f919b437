// The item that is open stands in the address, so that a link leads to it and the way back closes it.

const pattern = /^#media=([1-9]\d{0,15})$/;

/** The id of the item that the address names, or null. */
export function idInAddress() {
  const match = pattern.exec(location.hash);
  return match ? Number(match[1]) : null;
}

/**
 * Opening the first item makes one entry in the history, and all later ones use it again: nobody has to go back through
 * everything that they looked at.
 */
export function putInAddress(id) {
  const address = `${location.pathname}${location.search}#media=${id}`;
  if (history.state?.viewer) history.replaceState(history.state, '', address);
  else history.pushState({ viewer: true }, '', address);
}

export function takeFromAddress() {
  if (idInAddress() !== null) history.replaceState(history.state, '', location.pathname + location.search);
}
