// Language, and light or dark.
import { follow_theme, is_dark } from '../words/theme.js';
import { language, set_language } from '../words/words.js';
import { by_id } from './dom.js';

/** @param {(dark: boolean) => void} on_dark */
export function create_switches(on_dark) {
  const languages = /** @type {HTMLSelectElement} */ (by_id('language'));
  const dark = by_id('dark');
  languages.value = language();
  languages.addEventListener('change', () => {
    set_language(/** @type {import('../words/words.js').Language} */ (languages.value)).catch(() => { languages.value = language(); });
  });
  const choose = follow_theme((is_on) => {
    dark.setAttribute('aria-pressed', String(is_on));
    on_dark(is_on);
  });
  dark.addEventListener('click', () => choose(!is_dark()));
}
