// Words in the language of the page: that of the browser, or the one that was chosen.
import { en } from './en.js';
import { keep, kept } from './kept.js';

/** @typedef {import('./en.js').Key | import('./tracks_en.js').Key} Key */
/** @typedef {'en' | 'uk'} Language */

const kept_as = 'kordon-language';
/** @type {Record<Language, Record<string, string>>} */
const catalogues = { en, uk: {} };
/** Of parts that the first view does not need: those that were added. @type {Record<Language, Record<string, string>>} */
const added = { en: {}, uk: {} };
/** What policies and the service say, by the English text. */
let sayings = { texts: /** @type {Record<string, string>} */ ({}), patterns: /** @type {[RegExp, string][]} */ ([]) };

/** @returns {Language} */
function chosen() {
  const liked_before = kept(kept_as);
  if (liked_before === 'en' || liked_before === 'uk') return liked_before;
  const liked = navigator.languages.find((tag) => /^(en|uk)\b/i.test(tag));
  return liked?.toLowerCase().startsWith('uk') ? 'uk' : 'en';
}

/** Who reads English does without. */
async function load_ukrainian() {
  const [{ uk }, { texts, patterns }, { messages, message_patterns }] = await Promise.all([import('./uk.js'), import('./sources_uk.js'), import('./service_uk.js')]);
  catalogues.uk = uk;
  sayings = { texts: { ...texts, ...messages }, patterns: [...patterns, ...message_patterns] };
}

let current = chosen();
// A service that is gone meanwhile leaves the page in English.
if (current === 'uk') await load_ukrainian().catch(() => { current = 'en'; });
/** @type {(() => void)[]} */
const readers = [];

export const language = () => current;

/** For figures and dates: the reader's own country, where it has this language. */
export const locale = () => navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${current}-`)) ?? (current === 'en' ? 'en-GB' : current);

/** @param {Language} to */
export async function set_language(to) {
  if (to === 'uk') await load_ukrainian();
  current = to;
  keep(kept_as, to);
  write_page();
  for (const read of readers) read();
}

/** @param {() => void} read */
export const on_language = (read) => readers.push(read);

/** @param {string} text @param {Record<string, string | number>} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** @param {Key} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  return filled(catalogues[current][key] ?? added[current][key] ?? /** @type {Record<string, string>} */ (en)[key] ?? added.en[key], values);
}

/** @param {Record<Language, Record<string, string>>} words of a part that comes late */
export function add_words(words) {
  for (const [of, texts] of Object.entries(words)) Object.assign(added[/** @type {Language} */ (of)], texts);
}

/** The name of a region or a unit, where the catalogue knows it. @param {string} key @param {string} own */
export const t_own = (key, own) => catalogues[current][key] ?? own;

/** What a policy or the service says in English, in the language of the page; null where the words are not known.
 * @param {string} text @returns {string | null} */
export function translated(text) {
  return current === 'en' ? text : in_ukrainian(text);
}

/** @param {string} text @returns {string | null} */
function in_ukrainian(text) {
  if (sayings.texts[text]) return sayings.texts[text];
  for (const [pattern, words] of sayings.patterns) {
    const found = text.match(pattern);
    if (!found) continue;
    const parts = found.map((part, i) => (words.includes(`%${i}`) ? in_ukrainian(part) : part));
    if (!parts.includes(null)) return words.replace(/[$%](\d)/g, (_, i) => /** @type {string} */ (parts[i]));
  }
  return null;
}

/** Fills `data-t` (text) and `data-t-label` (accessible name, hint) below an element. */
export function write_page(root = document.documentElement) {
  document.documentElement.lang = current;
  document.title = t('title');
  for (const element of root.querySelectorAll('[data-t]')) {
    element.textContent = t(/** @type {Key} */ (/** @type {HTMLElement} */ (element).dataset.t));
  }
  for (const element of root.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', t(/** @type {Key} */ (/** @type {HTMLElement} */ (element).dataset.tLabel)));
  }
}
