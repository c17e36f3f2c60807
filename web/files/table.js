// What a file came to: counts by verdict, with what is shown on the map, and errors by row.
import { verdict_names } from '../map/palette.js';
import { el } from '../panel/dom.js';
import { said } from '../panel/said.js';
import { number } from '../words/format.js';
import { t } from '../words/words.js';

/** @typedef {import('./worker.js').RowError} RowError */

const most_errors_listed = 500;
const most_errors_kept = 100_000;

/** Counts by verdict, each with a box that shows its points or hides them. @param {(shown: boolean[]) => void} on_filter */
function create_counts(on_filter) {
  const counts = [0, 0, 0, 0];
  const shown = [true, true, true, true];
  let errors = 0;
  const body = el('tbody', {});
  const element = el('table', { class: 'counts' }, body);
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

  function draw() {
    element.setAttribute('aria-label', t('file.counts'));
    cells.forEach(({ label, count }, i) => {
      label.textContent = t(`verdict.${verdict_names[i]}`);
      count.textContent = number(counts[i], 0);
    });
    error_label.textContent = t('file.error');
    error_cell.textContent = number(errors, 0);
  }
  return {
    element, draw,
    clear() {
      counts.fill(0);
      errors = 0;
    },
    /** @param {Uint8Array} verdicts @param {number} more_errors */
    add(verdicts, more_errors) {
      for (const verdict of verdicts) ++counts[verdict];
      errors += more_errors;
    },
  };
}

/** @param {(line: number) => void} on_line */
function create_error_list(on_line) {
  /** @type {RowError[]} */
  let errors = [];
  /** @type {Map<number, string>} */
  const messages = new Map();
  let count = 0;
  const body = el('tbody', {});
  const caption = el('caption', {});
  const table = el('table', { class: 'errors' }, caption);
  const element = el('div', { class: 'error-box', tabindex: 0, role: 'region' }, table);

  /** @param {number} line */
  function line_button(line) {
    if (!line) return '–';
    const button = el('button', { type: 'button', class: 'quiet' }, String(line));
    button.addEventListener('click', () => on_line(line));
    return button;
  }
  function draw() {
    element.hidden = errors.length === 0;
    element.setAttribute('aria-label', t('file.errors'));
    caption.textContent = count > errors.length ? t('file.errors.first', { count: number(errors.length, 0) }) : t('file.errors');
    body.replaceChildren(...errors.map(({ line, where, message }) =>
      el('tr', {}, el('th', { scope: 'row' }, line_button(line)), el('td', {}, where), el('td', {}, said(message)))));
    const heads = [t('file.row'), t('file.where'), t('file.what')].map((head) => el('th', { scope: 'col' }, head));
    table.replaceChildren(caption, el('thead', {}, el('tr', {}, ...heads)), body);
  }
  return {
    element, draw,
    /** What is wrong in this line. @param {number} line */
    message_of: (line) => messages.get(line),
    clear() {
      errors = [];
      messages.clear();
      count = 0;
    },
    /** @param {RowError[]} more */
    add(more) {
      count += more.length;
      for (const { line, message } of more) if (messages.size < most_errors_kept) messages.set(line, message);
      const room = most_errors_listed - errors.length;
      if (more.length === 0 || room <= 0) return;
      errors = errors.concat(more.slice(0, room));
      draw();
    },
  };
}

/** @param {(shown: boolean[]) => void} on_filter @param {(line: number) => void} on_line */
export function create_table(on_filter, on_line) {
  const counts = create_counts(on_filter);
  const errors = create_error_list(on_line);
  function draw() {
    counts.draw();
    errors.draw();
  }
  draw();
  return {
    element: el('div', {}, counts.element, errors.element),
    draw,
    message_of: errors.message_of,
    clear() {
      counts.clear();
      errors.clear();
      draw();
    },
    /** @param {Uint8Array} verdicts @param {RowError[]} more_errors */
    add(verdicts, more_errors) {
      counts.add(verdicts, more_errors.length);
      errors.add(more_errors);
      counts.draw();
    },
  };
}
