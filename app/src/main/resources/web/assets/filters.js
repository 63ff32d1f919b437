// Search, kind and order. They are kept in the address, so that reloading and going back keep them.

import { byId } from './dom.js';

const pause = 250;
const form = byId('filters');

/** Sets a choice to a value from outside, or to `usual` when there is no such choice. */
function choose(name, value, usual) {
  const possible = [...form.elements[name]].some((each) => each.value === value);
  form.elements[name].value = possible ? value : usual;
}

function readAddress() {
  const known = new URLSearchParams(location.search);
  form.elements.q.value = known.get('q') ?? '';
  choose('kind', known.get('kind'), '');
  choose('order', known.get('order'), 'newest');
}

function writeAddress(filters) {
  const filled = new URLSearchParams(Object.entries(filters).filter(([name, value]) => value && !(name === 'order' && value === 'newest')));
  const search = String(filled);
  history.replaceState(null, '', location.pathname + (search ? `?${search}` : '') + location.hash);
}

export function currentFilters() {
  return {
    q: form.elements.q.value.trim(),
    kind: form.elements.kind.value,
    order: form.elements.order.value,
  };
}

export function clearFilters() {
  form.elements.q.value = '';
  form.elements.kind.value = '';
  form.elements.q.focus();
}

/** Calls `changed(filters)` when somebody has chosen, or has paused while typing. */
export function wireFilters(changed) {
  let timer;
  const now = () => {
    clearTimeout(timer);
    const filters = currentFilters();
    writeAddress(filters);
    changed(filters);
  };
  readAddress();
  form.addEventListener('change', (event) => event.target.name !== 'q' && now());
  form.elements.q.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(now, pause);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    now();
  });
  return now;
}
