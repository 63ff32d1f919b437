// Which month is in sight, and the way to any other one: a list of months that follows the scrolling.

import { monthName, monthOf, yearOf } from './days.js';
import { byId } from './dom.js';
import { tall } from './grid-layout.js';
import { html, render, repeat } from './lit.js';

const place = byId('jump');
let shownGroups = null;

function months(groups) {
  const found = new Map();
  for (const { key, top, count } of groups) {
    const month = monthOf(key);
    const known = found.get(month) ?? { month, year: yearOf(key), name: monthName(key), top, count: 0 };
    known.count += count;
    found.set(month, known);
  }
  return [...found.values()];
}

function draw(grid) {
  const { groups } = grid.layout;
  const byYear = new Map();
  for (const each of months(groups)) byYear.set(each.year, [...(byYear.get(each.year) ?? []), each]);
  const option = ({ month, name, count }) => html`<option value=${month} title=${count}>${name}</option>`;
  const go = (event) => {
    const group = grid.layout.groups.find(({ key }) => monthOf(key) === event.target.value);
    const box = byId('grid').getBoundingClientRect();
    if (group) scrollBy({ top: box.top + group.top, behavior: 'instant' });
  };
  render(
    html`<label class="hidden-visually" for="month">Go to a month</label>
      <select id="month" @change=${go}>
        ${repeat([...byYear], ([year]) => year, ([year, list]) => html`<optgroup label=${year}>${repeat(list, ({ month }) => month, option)}</optgroup>`)}
      </select>`,
    place,
  );
}

/**
 * Shows the month of the group at the top of the window, undefined when there is none; nothing for what has no days. Where
 * several months share that row, whichever of them was chosen stays.
 */
export function showJump(grid, group) {
  const { groups, height } = grid.layout;
  place.hidden = !group || group.key === null || height < tall;
  if (place.hidden) return;
  if (shownGroups !== groups) draw(grid);
  shownGroups = groups;
  const inSight = grid.layout.shelf(group).map(({ key }) => monthOf(key));
  const select = byId('month');
  if (!inSight.includes(select.value)) [select.value] = inSight;
}
