// Light or dark: as the system says, or as chosen.
import { keep, kept } from './kept.js';

const kept_as = 'kordon-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

let chosen = kept(kept_as);

export const is_dark = () => (chosen ? chosen === 'dark' : system.matches);

/** @param {(dark: boolean) => void} on_change */
export function follow_theme(on_change) {
  const tell = () => {
    document.documentElement.dataset.theme = is_dark() ? 'dark' : 'light';
    on_change(is_dark());
  };
  system.addEventListener('change', tell);
  tell();
  return (/** @type {boolean} */ dark) => {
    chosen = dark ? 'dark' : 'light';
    keep(kept_as, chosen);
    tell();
  };
}
