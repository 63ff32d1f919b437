import { announce, byId, el } from './dom.js';
import { arrive, show } from './threshold.js';

/** The address that this page came from, as a shell takes it: the brackets of an IPv6 address mean something there. */
function server() {
  const site = location.origin;
  return /^[\w.:/-]+$/.test(site) ? site : `"${site}"`;
}

/** Over plain HTTP browsers lock the clipboard's API; the old command still works on a selection. */
async function copy(line, button) {
  getSelection().selectAllChildren(line);
  const copied = navigator.clipboard
    ? await navigator.clipboard.writeText(line.textContent).then(() => true, () => false)
    : document.execCommand('copy');
  button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
  announce(byId('copied'), copied ? 'The line is copied.' : 'The line is selected. Press Ctrl+C to copy it.');
}

for (const place of document.querySelectorAll('.command')) {
  const line = place.querySelector('code');
  line.textContent = line.textContent.replaceAll('{server}', server());
  const button = el('button', { type: 'button', 'aria-label': `Copy ${line.textContent}` }, 'Copy');
  button.addEventListener('click', () => copy(line, button));
  place.append(button);
}
await arrive();
show('install');
