// The viewer by keyboard. Escape closes every dialog, so it is not here.

/** Keys belong to a player that has the focus, and to whoever types. */
const ownsKeys = (target) => target.closest('video, audio, input, textarea') !== null;

const doing = { ArrowLeft: 'previous', ArrowRight: 'next', Delete: 'trash', i: 'info', f: 'fullscreen', d: 'download' };

/** Runs `does[name]()` for a key whose button can be pressed; Delete asks where one may not delete. */
export function wireViewerKeys(dialog, does, buttons) {
  dialog.addEventListener('keydown', (event) => {
    if (ownsKeys(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
    let name = doing[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (name === 'trash' && buttons.trash.hidden) name = 'ask';
    if (!name || buttons[name].hidden || buttons[name].disabled) return;
    event.preventDefault();
    if (does[name]) does[name]();
    else buttons[name].click();
  });
}
