// The grid by keyboard: arrows move, Enter opens (as any button does), Space and x choose, Shift stretches the choice.

/** Where a key leads from `index`; undefined for keys that do not move. */
function target(key, index, { layout, rowsInSight }) {
  const moves = {
    ArrowLeft: () => index - 1,
    ArrowRight: () => index + 1,
    ArrowUp: () => layout.vertical(index, -1),
    ArrowDown: () => layout.vertical(index, 1),
    Home: () => 0,
    End: () => layout.total - 1,
    PageUp: () => index - layout.columns * rowsInSight,
    PageDown: () => index + layout.columns * rowsInSight,
  };
  return Object.hasOwn(moves, key) ? Math.max(0, Math.min(moves[key](), layout.total - 1)) : undefined;
}

/** `act` knows what to do: `toggle(index)`, `stretch(index)`, `all()`, `clear()` and `remove(index)`. */
export function wireGridKeys(place, grid, act) {
  const indexOf = (event) => Number(event.target.closest('li')?.dataset.index ?? NaN);

  const chosen = (event, index) => {
    const { key } = event;
    const command = event.ctrlKey || event.metaKey;
    if (command && key.toLowerCase() === 'a') return () => act.all();
    if (command || event.altKey) return null;
    if (key === ' ' || key.toLowerCase() === 'x') return () => (event.shiftKey ? act.stretch(index) : act.toggle(index));
    if (key === 'Delete') return () => act.remove(index);
    const to = target(key, index, grid);
    if (to === undefined) return null;
    return () => {
      if (event.shiftKey) act.stretch(to, index);
      grid.focus(to);
    };
  };

  place.addEventListener('keydown', (event) => {
    const index = indexOf(event);
    if (Number.isNaN(index) || event.target.matches('input')) return;
    const run = chosen(event, index);
    if (!run) return;
    event.preventDefault();
    run();
  });
  // Firefox would press the button when the space bar comes up.
  place.addEventListener('keyup', (event) => event.key === ' ' && event.target.matches('.tile') && event.preventDefault());
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) act.clear();
  });
}
