// The grid by mouse and finger: a click opens; with something chosen it chooses more. A long press begins to choose.

const longPress = 450;
const tremble = 10;

/** Calls `held(index)` when a finger rests on an item; the click that follows is swallowed. */
function wireLongPress(place, indexOf, held) {
  let timer = null;
  let start = null;
  let swallow = false;
  const stop = () => clearTimeout(timer);
  place.addEventListener('pointerdown', (event) => {
    swallow = false;
    if (event.pointerType === 'mouse') return;
    start = event;
    stop();
    timer = setTimeout(() => {
      swallow = true;
      held(indexOf(event));
    }, longPress);
  });
  place.addEventListener('pointermove', (event) => {
    if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > tremble) stop();
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) place.addEventListener(end, stop);
  place.addEventListener('contextmenu', (event) => start && event.target.closest('li') && event.pointerType !== 'mouse' && event.preventDefault());
  place.addEventListener(
    'click',
    (event) => {
      if (!swallow) return;
      swallow = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}

/** `act` knows what to do: `open(index)`, `toggle(index)`, `stretch(index)`, and `choosing` is true while something is chosen. */
export function wireGridPointer(place, act) {
  const indexOf = (event) => Number(event.target.closest('li')?.dataset.index ?? NaN);
  wireLongPress(place, indexOf, (index) => !Number.isNaN(index) && act.toggle(index));
  place.addEventListener('click', (event) => {
    const index = indexOf(event);
    if (Number.isNaN(index)) return;
    const byMouse = event.detail > 0; // Enter on a button makes a click of nothing
    if (event.target.closest('.tile-check')) {
      // The label passes its click on to the box; only that one counts, and the grid draws the box.
      if (!event.target.matches('input')) return;
      act[event.shiftKey ? 'stretch' : 'toggle'](index);
    } else if (event.target.closest('.tile')) {
      if (event.shiftKey && byMouse) act.stretch(index);
      else if (byMouse && (act.choosing() || event.ctrlKey || event.metaKey)) act.toggle(index);
      else act.open(index);
    }
  });
  // Shift and a click would mark text.
  place.addEventListener('mousedown', (event) => event.shiftKey && event.preventDefault());
}
