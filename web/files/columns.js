// Which columns of a file were taken for what: shown, and chosen otherwise.
import { el } from '../panel/dom.js';
import { said } from '../panel/said.js';
import { t } from '../words/words.js';

/** The options of the service, without their ending `_column`. */
const roles = /** @type {const} */ (['lon', 'lat', 'position', 'accuracy', 'at']);
/** Options that are written, with an example. */
const texts = /** @type {const} */ ({ at_format: '%d.%m.%Y %H:%M', at_zone: 'Europe/Kyiv', crs: 'EPSG:28407' });

/** @typedef {Record<string, string>} Choice names of the service's options */

/** A dictionary of display strings (RFC 9651), as in `lon=%"Long", lat=%"Lat"`. @param {string} field @returns {Record<string, string>} */
export const dictionary_of = (field) =>
  Object.fromEntries([...field.matchAll(/(\w+)=%"([^"]*)"/g)].map(([, key, text]) => [key, decodeURIComponent(text)]));

/** What the service says of columns, among other things. @param {string} notice */
const about_columns = (notice) => notice.split(' | ').filter((text) => /^(the columns? `|positions are read from|times are read from)/.test(text));

/** With one option more, or less. A position is one text or two numbers. @param {Choice} before @param {string} option @param {string} value @returns {Choice} */
function changed(before, option, value) {
  const { [option]: _, ...choice } = before;
  if (!value) return choice;
  const excluded = option === 'position_column' ? ['lon_column', 'lat_column'] : option === 'lon_column' || option === 'lat_column' ? ['position_column'] : [];
  for (const other of excluded) delete choice[other];
  return { ...choice, [option]: value };
}

/** What is known of the columns of a file. @typedef {{ names: string[], taken: Record<string, string>, notice: string, choice: Choice }} Known */

/** The fields to choose by. @param {Known} known @param {(option: string, value: string) => void} choose */
function fields_of({ names, taken, choice }, choose) {
  const columns = roles.map((role) => {
    const now = choice[`${role}_column`] ?? taken[role] ?? '';
    const select = el('select', { id: `column-${role}` }, el('option', { value: '' }, t('columns.none')), ...names.map((name) => el('option', { value: name, selected: name === now }, name)));
    select.addEventListener('change', () => choose(`${role}_column`, select.value));
    return el('label', {}, el('span', {}, t(`columns.${role}`)), select);
  });
  const forms = Object.entries(texts).map(([option, placeholder]) => {
    const box = el('input', { type: 'text', id: `column-${option}`, value: choice[option] ?? '', placeholder, spellcheck: 'false', autocomplete: 'off' });
    box.addEventListener('change', () => choose(option, box.value.trim()));
    return el('label', {}, el('span', {}, t(/** @type {'columns.crs'} */ (`columns.${option}`))), box);
  });
  return [...columns, ...forms];
}

/** @param {(choice: Choice) => void} on_choice */
export function create_columns(on_choice) {
  const summary = el('summary', {});
  const fields = el('div', { class: 'column-fields' });
  const notes = el('ul', { class: 'warnings' });
  const element = el('details', { id: 'file-columns', hidden: true }, summary, fields, notes);
  /** @type {Known} */
  let known = { names: [], taken: {}, notice: '', choice: {} };

  /** @param {string} option @param {string} value */
  function choose(option, value) {
    known.choice = changed(known.choice, option, value);
    const has = (/** @type {'lon' | 'lat' | 'at'} */ role) => Boolean(known.choice[`${role}_column`] ?? known.taken[role]);
    // Half a pair waits for its other half, and the form of times for their column.
    const waits = has('lon') !== has('lat') || (option.startsWith('at_') && !has('at'));
    if (!waits) on_choice(known.choice);
  }
  function draw() {
    element.hidden = known.names.length === 0;
    const taken = roles.filter((role) => known.taken[role]).map((role) => `${t(`columns.${role}`)}: ${known.taken[role]}`).join(', ');
    summary.textContent = taken ? t('columns.taken', { taken }) : t('columns');
    fields.replaceChildren(...fields_of(known, choose));
    notes.replaceChildren(...about_columns(known.notice).map((text) => el('li', {}, said(text))));
    notes.hidden = notes.childElementCount === 0;
  }
  return {
    element, draw,
    taken: () => known.taken,
    choice: () => known.choice,
    /** Of another file nothing is chosen. @param {string[]} names */
    begin(names) {
      known = { names, taken: {}, notice: '', choice: {} };
      draw();
    },
    /** What the service says that it took. @param {string} columns @param {string} notice */
    tell(columns, notice) {
      const taken = dictionary_of(columns);
      if (JSON.stringify(taken) === JSON.stringify(known.taken) && notice === known.notice) return;
      Object.assign(known, { taken, notice });
      draw();
    },
    open() { element.open = true; },
    /** Longitudes for latitudes. */
    exchange() { on_choice(known.choice = { ...known.choice, lon_column: known.taken.lat, lat_column: known.taken.lon }); },
  };
}
