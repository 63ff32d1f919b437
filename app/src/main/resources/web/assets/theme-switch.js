// Light, dark, or as the system has it. theme.js puts the choice on the page before it is painted.

import { html, render } from './lit.js';
import { icon } from './icon.js';

const names = { system: 'as the system', light: 'light', dark: 'dark' };
const order = ['system', 'light', 'dark'];

let shownIn = null;

export const currentTheme = () => document.documentElement.dataset.theme ?? 'system';

function keep(theme) {
  try {
    if (theme === 'system') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // Storage is forbidden: the choice holds for this page.
  }
}

/** Puts `system`, `light` or `dark` on, and keeps the choice. */
export function chooseTheme(theme) {
  keep(theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  if (shownIn) showThemeSwitch(shownIn);
}

/** Draws the switch into `place`; each press goes on to the next theme. */
export function showThemeSwitch(place) {
  shownIn = place;
  const next = () => chooseTheme(order[(order.indexOf(currentTheme()) + 1) % order.length]);
  const label = `Colours: ${names[currentTheme()]}`;
  render(
    html`<button class="icon-button" type="button" aria-label=${label} title=${label} @click=${next}>${icon(`theme-${currentTheme()}`)}</button>`,
    place,
  );
}
