// Offers tags that are in use while somebody types a list of tags.

import { listTags } from './api.js';
import { el } from './dom.js';

const pause = 200;
const most = 10;

/** The browser's own list of suggestions: each is the whole text of the field with its last tag completed. */
export function suggestTags(input) {
  const list = el('datalist', { id: `${input.id}-known` });
  input.after(list);
  input.setAttribute('list', list.id);
  let timer;
  const suggest = async () => {
    const typed = input.value;
    const comma = typed.lastIndexOf(',') + 1;
    const before = typed.slice(0, comma) + (comma > 0 ? ' ' : '');
    const beginning = typed.slice(comma).trim();
    const { items } = beginning === '' ? { items: [] } : await listTags(beginning, most).catch(() => ({ items: [] })); // it is only help
    if (input.value === typed) list.replaceChildren(...items.map(({ tag }) => el('option', { value: before + tag })));
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, pause);
  });
}
