// What a file came to: counts by verdict, with what is shown on the map, and errors by row.
import { verdict_names } from '../map/palette.js';
import { el } from '../panel/dom.js';
import { said } from '../panel/said.js';
import { number } from '../words/format.js';
import { t } from '../words/words.js';

/** @typedef {import('./worker.js').RowError} RowError */

const most_errors_listed = 500;

/** @param {(shown: boolean[]) => void} on_filter */
export function create_table(on_filter) {
  const counts = [0, 0, 0, 0];
  const shown = [true, true, true, true];
  /** @type {RowError[]} */
  let errors = [];
  let error_count = 0;
  const body = el('tbody', {});
  const error_body = el('tbody', {});
  const error_caption = el('caption', {});
  const error_table = el('table', { class: 'errors' }, error_caption);
  const table = el('table', { class: 'counts' }, body);
  const element = el('div', {}, table, el('div', { class: 'error-box', tabindex: 0, role: 'region' }, error_table));
  const cells = verdict_names.map((name, i) => {
    const box = el('input', { type: 'checkbox', checked: true, id: `show-${name}` });
    box.addEventListener('change', () => {
      shown[i] = box.checked;
      on_filter(shown);
    });
    const label = el('label', { for: `show-${name}` });
    const count = el('td', { class: 'count', 'data-count': name });
    body.append(el('tr', { 'data-verdict': name }, el('td', {}, box), el('th', { scope: 'row' }, el('span', { class: 'point', 'aria-hidden': 'true' }), label), count));
    return { label, count };
  });
  const error_cell = el('td', { class: 'count', 'data-count': 'error' });
  const error_label = el('th', { scope: 'row' });
  body.append(el('tr', {}, el('td', {}), error_label, error_cell));

  function draw_errors() {
    error_table.parentElement?.toggleAttribute('hidden', errors.length === 0);
    error_caption.textContent = error_count > errors.length ? t('file.errors.first', { count: number(errors.length, 0) }) : t('file.errors');
    error_body.replaceChildren(...errors.map(({ row, where, message }) =>
      el('tr', {}, el('th', { scope: 'row' }, number(row, 0)), el('td', {}, where), el('td', {}, said(message)))));
    error_table.replaceChildren(error_caption, el('thead', {}, el('tr', {}, ...[t('file.row'), t('file.where'), t('file.what')].map((head) => el('th', { scope: 'col' }, head)))), error_body);
  }
  function draw() {
    cells.forEach(({ label, count }, i) => {
      label.textContent = t(`verdict.${verdict_names[i]}`);
      count.textContent = number(counts[i], 0);
    });
    error_label.textContent = t('file.error');
    error_cell.textContent = number(error_count, 0);
  }
  function redraw() {
    table.setAttribute('aria-label', t('file.counts'));
    error_table.parentElement?.setAttribute('aria-label', t('file.errors'));
    draw();
    draw_errors();
  }
  redraw();

  return {
    element, redraw,
    clear() {
      counts.fill(0);
      errors = [];
      error_count = 0;
      redraw();
    },
    /** @param {Uint8Array} verdicts @param {RowError[]} more_errors */
    add(verdicts, more_errors) {
      for (const verdict of verdicts) ++counts[verdict];
      error_count += more_errors.length;
      const room = most_errors_listed - errors.length;
      if (more_errors.length > 0 && room > 0) {
        errors = errors.concat(more_errors.slice(0, room));
        draw_errors();
      }
      draw();
    },
  };
}
