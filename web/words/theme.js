// Light or dark: as the system says, or as chosen.
const kept_as = 'kordon-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function is_dark() {
  const kept = localStorage.getItem(kept_as);
  return kept ? kept === 'dark' : system.matches;
}

/** @param {(dark: boolean) => void} on_change */
export function follow_theme(on_change) {
  const tell = () => {
    document.documentElement.dataset.theme = is_dark() ? 'dark' : 'light';
    on_change(is_dark());
  };
  system.addEventListener('change', tell);
  tell();
  return (/** @type {boolean} */ dark) => {
    localStorage.setItem(kept_as, dark ? 'dark' : 'light');
    tell();
  };
}
