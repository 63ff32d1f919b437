// Runs before the page is painted, so it is no module: puts the chosen theme on the page. Without a choice the
// system decides. Storage may be forbidden, and then the system decides too.
(() => {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {}
})();
