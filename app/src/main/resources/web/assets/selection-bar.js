// What can be done with the chosen items.

import { byId } from './dom.js';
import { count } from './format.js';
import { icon } from './icon.js';
import { html, nothing, render } from './lit.js';

/** `act` has `download`, `tag`, `remove` and `ask`, each for a list of items; `leave()` takes the focus when the bar goes. */
export function wireSelectionBar(selection, visitor, act, leave) {
  const place = byId('selection');
  const draw = () => {
    const { items } = selection;
    const held = place.contains(document.activeElement);
    place.hidden = items.length === 0;
    document.body.classList.toggle('choosing', items.length > 0);
    const own = items.filter((media) => visitor.mayChange(media));
    const others = items.filter((media) => visitor.adds && !visitor.mayChange(media) && !media.deletion_requested);
    const button = (name, text, list, run) =>
      html`<button type="button" id=${`selection-${name}`} ?hidden=${list.length === 0} @click=${() => run(list)}>${icon(name)}<span>${text}</span></button>`;
    // Some may be changed and some not: the number says how many an action is about.
    const part = (list) => (list.length === items.length ? '' : ` ${list.length}`);
    render(
      items.length === 0
        ? nothing
        : html`<p role="status">${count(items.length, 'item', 'items')} selected</p>
            ${button('download', 'Download', items, act.download)}
            ${button('tag', `Tag${part(own)}`, own, act.tag)}
            ${button('trash', `Delete${part(own)}`, own, act.remove)}
            ${button('ask', `Ask to delete${part(others)}`, others, act.ask)}
            <button class="icon-button" type="button" id="selection-close" aria-label="Select nothing" @click=${() => selection.clear()}>${icon('close')}</button>`,
      place,
    );
    if (held && items.length === 0) leave();
  };
  selection.addEventListener('change', draw);
  draw();
}
