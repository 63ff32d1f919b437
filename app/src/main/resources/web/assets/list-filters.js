// The choices above a list. They are kept in the address, so that reloading and links keep them.

import { values } from './form.js';

const pause = 250;

function readAddress(form) {
  const known = new URLSearchParams(location.search);
  for (const control of form.querySelectorAll('[name]')) {
    if (known.has(control.name)) control.value = known.get(control.name);
    if (control.selectedIndex === -1) control.selectedIndex = 0;
  }
}

function writeAddress(filters) {
  const search = String(new URLSearchParams(filters));
  history.replaceState(null, '', location.pathname + (search ? `?${search}` : ''));
}

/** Calls `changed(filters)` at once, and again when somebody has chosen or has paused while typing. */
export function wireListFilters(form, changed) {
  let timer;
  const now = () => {
    clearTimeout(timer);
    const filters = values(form);
    writeAddress(filters);
    return changed(filters);
  };
  readAddress(form);
  form.addEventListener('change', now);
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(now, pause);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    now();
  });
  return changed(values(form));
}
