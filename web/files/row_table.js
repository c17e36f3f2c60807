// The rows of a file beside the map: sorted, filtered, a page at a time; each with its line and its own text.
import { verdict_names } from '../map/palette.js';
import { el } from '../panel/dom.js';
import { said_text } from '../panel/said.js';
import { distance, number } from '../words/format.js';
import { t } from '../words/words.js';
import { in_error } from './row_store.js';

const page_rows = 50;

/** @typedef {import('./row_store.js').RowStore} RowStore */
/** @typedef {import('./row_store.js').SortKey} SortKey */
/** @typedef {{ on_row: (row: number) => void, text_of: (row: number) => Promise<{ text: string, cells: string[][] }>, message_of: (line: number) => string | undefined }} Told */

/** @param {number} outcome */
export const outcome_name = (outcome) => (outcome === in_error ? 'error' : verdict_names[outcome]);

/** @param {number} outcome */
export const outcome_text = (outcome) => (outcome === in_error ? t('file.error') : t(`verdict.${verdict_names[outcome]}`));

/** Outside of what decides it is negative. @param {number} margin_m */
export const signed_distance = (margin_m) => (Number.isNaN(margin_m) ? '' : margin_m < 0 ? `−${distance(-margin_m)}` : distance(margin_m));

/** @param {{ lon: number, lat: number }} place */
const place_text = ({ lon, lat }) => (Number.isNaN(lon) ? '' : `${lat.toFixed(5)}, ${lon.toFixed(5)}`);

/** What the table shows: an order of rows, and where in it. @param {RowStore} store */
function create_view(store) {
  /** @type {{ key: SortKey, falls: boolean, outcome: number | null }} */
  const wanted = { key: 'line', falls: false, outcome: null };
  let order = new Uint32Array();
  let begin = 0;
  const renew = () => {
    order = store.order(wanted.key, wanted.falls, wanted.outcome);
    begin = 0;
  };
  return {
    wanted, renew,
    rows: () => [...order.subarray(begin, begin + page_rows)],
    range: () => ({ from: number(order.length ? begin + 1 : 0, 0), to: number(Math.min(begin + page_rows, order.length), 0), of: number(order.length, 0) }),
    has_before: () => begin > 0,
    has_after: () => begin + page_rows < order.length,
    /** @param {number} pages */
    turn(pages) { begin = Math.max(0, begin + pages * page_rows); },
    /** @param {SortKey} key */
    sort(key) {
      Object.assign(wanted, { key, falls: wanted.key === key && !wanted.falls });
      renew();
    },
    /** @param {number | null} outcome */
    filter(outcome) {
      wanted.outcome = outcome;
      renew();
    },
    /** Turns to the page that has it. @param {number} row */
    reveal(row) {
      if (!order.includes(row)) this.filter(null);
      begin = Math.floor(order.indexOf(row) / page_rows) * page_rows;
    },
  };
}

/** @param {ReturnType<typeof create_view>} view @param {() => void} draw */
function create_heads(view, draw) {
  const sorted = (/** @type {SortKey} */ key) => {
    const button = el('button', { type: 'button', class: 'sort' });
    button.addEventListener('click', () => {
      view.sort(key);
      draw();
    });
    return { key, button, head: el('th', { scope: 'col' }, button) };
  };
  const sorts = [sorted('line'), sorted('margin')];
  const plain = Object.fromEntries(/** @type {const} */ (['verdict', 'place', 'text']).map((key) => [key, el('th', { scope: 'col', class: key === 'place' && 'row-place' })]));
  return {
    element: el('thead', {}, el('tr', {}, sorts[0].head, plain.verdict, sorts[1].head, plain.place, plain.text)),
    draw() {
      for (const { key, button, head } of sorts) {
        const is_key = view.wanted.key === key;
        button.textContent = `${t(`rows.${key}`)}${is_key ? (view.wanted.falls ? ' ↓' : ' ↑') : ''}`;
        head.setAttribute('aria-sort', is_key ? (view.wanted.falls ? 'descending' : 'ascending') : 'none');
      }
      for (const [key, head] of Object.entries(plain)) head.textContent = t(`rows.${/** @type {'verdict' | 'place' | 'text'} */ (key)}`);
    },
  };
}

/** @param {RowStore} store @param {Told} told @param {number} row @param {boolean} is_marked */
function line_of(store, told, row, is_marked) {
  const { outcome, margin_m, line, lon, lat } = store.row(row);
  const go = el('button', { type: 'button', class: 'quiet' }, line ? String(line) : '–');
  go.addEventListener('click', () => told.on_row(row));
  const text = el('td', { class: 'row-text' });
  const message = outcome === in_error ? told.message_of(line) : undefined;
  told.text_of(row).then((found) => text.append(message ? el('b', {}, said_text(message), ' ') : '', found.text), () => {});
  const name = outcome_name(outcome);
  return el('tr', { 'data-row': row, 'data-verdict': name, 'aria-current': is_marked && 'true' }, el('th', { scope: 'row' }, go),
    el('td', {}, el('span', { class: 'row-verdict' }, el('span', { class: 'point', 'aria-hidden': 'true' }), outcome_text(outcome))),
    el('td', { class: 'count' }, signed_distance(margin_m)), el('td', { class: 'row-place' }, place_text({ lon, lat })), text);
}

/** The bar above the rows. @param {ReturnType<typeof create_view>} view @param {() => void} draw @param {() => void} close */
function create_bar(view, draw, close) {
  const title = el('h2', { id: 'rows-title' });
  const filter = el('select', { id: 'rows-filter' });
  const label = el('label', { for: 'rows-filter', class: 'sr' });
  const range = el('span', { class: 'soft', id: 'rows-range', role: 'status' });
  const buttons = /** @type {const} */ (['before', 'after', 'close']).map((key) => ({ key, element: el('button', { type: 'button', id: `rows-${key}` }) }));
  const act = { before: () => view.turn(-1), after: () => view.turn(1), close };
  for (const { key, element } of buttons) element.addEventListener('click', () => { act[key](); draw(); });
  filter.addEventListener('change', () => {
    view.filter(filter.value === '' ? null : Number(filter.value));
    draw();
  });
  return {
    element: el('div', { class: 'rows-bar' }, title, label, filter, range, ...buttons.map(({ element }) => element)),
    /** @param {string} name */
    draw(name) {
      title.textContent = t('rows.of', { name });
      label.textContent = t('rows.filter');
      filter.replaceChildren(...[null, 0, 1, 2, 3, in_error].map((outcome) =>
        el('option', { value: outcome ?? '', selected: outcome === view.wanted.outcome }, outcome === null ? t('rows.all') : outcome_text(outcome))));
      range.textContent = t('rows.range', view.range());
      for (const { key, element } of buttons) element.textContent = t(`rows.${key}`);
      const [before, after] = buttons.map(({ element }) => element);
      before.disabled = !view.has_before();
      after.disabled = !view.has_after();
    },
  };
}

/** @param {RowStore} store @param {Told} told */
export function create_row_table(store, told) {
  const view = create_view(store);
  let name = '';
  let marked = -1;
  const body = el('tbody', {});
  const close = () => { element.hidden = true; };
  const heads = create_heads(view, () => draw());
  const bar = create_bar(view, () => draw(), close);
  const box = el('div', { class: 'rows-box', tabindex: 0, role: 'region', 'aria-labelledby': 'rows-title' }, el('table', {}, heads.element, body));
  const element = el('section', { id: 'rows', 'aria-labelledby': 'rows-title', hidden: true }, bar.element, box);
  document.body.append(element);

  function draw() {
    heads.draw();
    bar.draw(name);
    body.replaceChildren(...view.rows().map((row) => line_of(store, told, row, row === marked)));
  }
  return {
    close, draw,
    is_open: () => !element.hidden,
    /** @param {string} of the file's name */
    open(of) {
      name = of;
      element.hidden = false;
      view.renew();
      draw();
    },
    /** Shows a row among the others. @param {number} row */
    mark(row) {
      marked = row;
      view.reveal(row);
      draw();
      body.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    },
  };
}
