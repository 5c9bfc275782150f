// Runs before the first paint, so that a chosen theme never flashes.
(function () {
  try {
    const chosen = localStorage.getItem('rota-theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch (denied) { /* storage is off: follow the system */ }
})();
