/** The theme a person chose: system, light or dark. */

const ORDER = ['system', 'light', 'dark'];

export const theme = () => document.documentElement.dataset.theme ?? 'system';

export function nextTheme() {
  const next = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    if (next === 'system') localStorage.removeItem('rota-theme');
    else localStorage.setItem('rota-theme', next);
  } catch (denied) { /* storage is off: it holds until the page is closed */ }
}
