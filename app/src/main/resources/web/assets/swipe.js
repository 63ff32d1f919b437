// Sideways swipes on a touch screen.

const farEnough = 60;

/** Calls `go(1)` for a swipe to the left and `go(-1)` for one to the right; not while zoomed in, nor with two fingers. */
export function onSwipe(node, go) {
  let start = null;
  const begin = (event) => {
    const alone = event.touches.length === 1 && (visualViewport?.scale ?? 1) === 1;
    start = alone && !event.target.closest('video, audio') ? event.touches[0] : null;
  };
  const end = (event) => {
    if (start === null) return;
    const across = event.changedTouches[0].clientX - start.clientX;
    const down = event.changedTouches[0].clientY - start.clientY;
    start = null;
    if (Math.abs(across) > farEnough && Math.abs(across) > 2 * Math.abs(down)) go(across < 0 ? 1 : -1);
  };
  node.addEventListener('touchstart', begin, { passive: true });
  node.addEventListener('touchend', end);
}
