// A second click on a picture shows it at its own size, and the pointer or a finger moves it.

/** `zoomed()` is called when somebody looks closer, for a better picture than the one that is there. */
export function wireZoom(img, zoomed) {
  const home = () => img.parentElement;
  img.addEventListener('dblclick', (event) => {
    const box = img.getBoundingClientRect();
    const [across, down] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const on = home().classList.toggle('zoomed');
    if (!on) return;
    zoomed();
    home().scrollTo(across * img.offsetWidth - home().clientWidth / 2, down * img.offsetHeight - home().clientHeight / 2);
  });
  let last = null;
  img.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || !home().classList.contains('zoomed')) return;
    last = event;
    img.setPointerCapture(event.pointerId);
  });
  img.addEventListener('pointermove', (event) => {
    if (!last) return;
    home().scrollBy(last.clientX - event.clientX, last.clientY - event.clientY);
    last = event;
  });
  for (const end of ['pointerup', 'pointercancel']) img.addEventListener(end, () => (last = null));
}
