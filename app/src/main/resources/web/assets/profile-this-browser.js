// What holds for this browser only, and where else one can use the library.

import { choice } from './fields.js';
import { html, render } from './lit.js';
import { chooseTheme, currentTheme } from './theme-switch.js';

const themes = [['system', 'As the system has them'], ['light', 'Light'], ['dark', 'Dark']];

export function showThisBrowser(place) {
  const draw = () =>
    render(
      html`
        <h2 id="this-browser-heading">This browser and other devices</h2>
        ${choice({ name: 'theme', text: 'Colours', value: currentTheme(), options: themes, change: ({ target }) => chooseTheme(target.value) })}
        <ul class="links">
          <li><a href="/device">Let a device in</a> that shows a code, such as a television or the command line</li>
          <li><a href="/install">Use the library from the command line</a></li>
          <li><a href="/api/docs">Use it from programs of your own</a></li>
        </ul>`,
      place,
    );
  draw();
}
