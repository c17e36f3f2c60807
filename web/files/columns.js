// Which columns of a file were taken for what: shown, and chosen otherwise.
import { el } from '../panel/dom.js';
import { said } from '../panel/said.js';
import { t } from '../words/words.js';

/** The options of the service, without their ending `_column`. */
const roles = /** @type {const} */ (['lon', 'lat', 'position', 'accuracy', 'at']);
const times = /** @type {const} */ (['at_format', 'at_zone']);

/** @typedef {Record<string, string>} Choice names of the service's options */

/** A dictionary of display strings (RFC 9651), as in `lon=%"Long", lat=%"Lat"`. @param {string} field @returns {Record<string, string>} */
export const dictionary_of = (field) =>
  Object.fromEntries([...field.matchAll(/(\w+)=%"([^"]*)"/g)].map(([, key, text]) => [key, decodeURIComponent(text)]));

/** What the service says of columns, among other things. @param {string} notice */
const about_columns = (notice) => notice.split(' | ').filter((text) => /^(the columns? `|positions are read from|times are read from)/.test(text));

/** @param {(choice: Choice) => void} on_choice */
export function create_columns(on_choice) {
  const summary = el('summary', {});
  const fields = el('div', { class: 'column-fields' });
  const notes = el('ul', { class: 'warnings' });
  const element = el('details', { id: 'file-columns', hidden: true }, summary, fields, notes);
  /** @type {{ names: string[], taken: Record<string, string>, notice: string, choice: Choice }} */
  let known = { names: [], taken: {}, notice: '', choice: {} };

  /** @param {string} option @param {string} value */
  function choose(option, value) {
    const choice = { ...known.choice };
    if (value) choice[option] = value;
    else delete choice[option];
    // A position is one text or two numbers.
    if (value && option === 'position_column') for (const other of ['lon_column', 'lat_column']) delete choice[other];
    if (value && (option === 'lon_column' || option === 'lat_column')) delete choice.position_column;
    known.choice = choice;
    const half = Boolean(choice.lon_column) !== Boolean(choice.lat_column) && !known.taken.lon;
    if (!half) on_choice(choice);
  }
  /** @param {typeof roles[number]} role */
  function column_field(role) {
    const option = `${role}_column`;
    const now = known.choice[option] ?? known.taken[role] ?? '';
    const select = el('select', { id: `column-${role}` }, el('option', { value: '' }, t('columns.none')), ...known.names.map((name) => el('option', { value: name, selected: name === now }, name)));
    select.addEventListener('change', () => choose(option, select.value));
    return el('label', {}, el('span', {}, t(`columns.${role}`)), select);
  }
  /** @param {typeof times[number]} option */
  function time_field(option) {
    const box = el('input', { type: 'text', id: `column-${option}`, value: known.choice[option] ?? '', placeholder: option === 'at_format' ? '%d.%m.%Y %H:%M' : 'Europe/Kyiv', spellcheck: 'false', autocomplete: 'off' });
    box.addEventListener('change', () => choose(option, box.value.trim()));
    return el('label', {}, el('span', {}, t(`columns.${option}`)), box);
  }
  function draw() {
    element.hidden = known.names.length === 0;
    const taken = roles.filter((role) => known.taken[role]).map((role) => `${t(`columns.${role}`)}: ${known.taken[role]}`).join(', ');
    summary.textContent = taken ? t('columns.taken', { taken }) : t('columns');
    fields.replaceChildren(...roles.map(column_field), ...times.map(time_field));
    notes.replaceChildren(...about_columns(known.notice).map((text) => el('li', {}, said(text))));
    notes.hidden = notes.childElementCount === 0;
  }
  return {
    element, draw,
    taken: () => known.taken,
    choice: () => known.choice,
    /** Of another file nothing is chosen. @param {string[]} names */
    names(names) {
      known = { names, taken: {}, notice: '', choice: known.choice };
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
    forget() { known = { names: [], taken: {}, notice: '', choice: {} }; },
    choose,
    /** Longitudes for latitudes. */
    exchange() { on_choice(known.choice = { ...known.choice, lon_column: known.taken.lat, lat_column: known.taken.lon }); },
  };
}
