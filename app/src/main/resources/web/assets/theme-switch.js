// Light, dark, or as the system has it. theme.js puts the choice on the page before it is painted.

import { html, render } from './lit.js';
import { icon } from './icon.js';

const names = { system: 'as the system', light: 'light', dark: 'dark' };
const order = ['system', 'light', 'dark'];

const current = () => document.documentElement.dataset.theme ?? 'system';

function keep(theme) {
  try {
    if (theme === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // Storage is forbidden: the choice holds for this page.
  }
}

function choose(theme) {
  keep(theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Draws the switch into `place`; each press goes on to the next theme. */
export function showThemeSwitch(place) {
  const next = () => {
    choose(order[(order.indexOf(current()) + 1) % order.length]);
    showThemeSwitch(place);
  };
  const label = `Colours: ${names[current()]}`;
  render(
    html`<button class="icon-button" type="button" aria-label=${label} title=${label} @click=${next}>${icon(`theme-${current()}`)}</button>`,
    place,
  );
}
