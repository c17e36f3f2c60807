// The part of the panel that is about the file.
import { by_id, el } from '../panel/dom.js';
import { t } from '../words/words.js';

/** @typedef {'cancel' | 'table' | 'save' | 'save_csv' | 'save_geojson' | 'again' | 'close'} Action */
/** @type {Action[]} */
const actions = ['cancel', 'table', 'save', 'save_csv', 'save_geojson', 'again', 'close'];

/** @param {HTMLElement[]} parts below the state */
export function create_view(...parts) {
  const panel = by_id('file');
  const bar = el('progress', { max: 1, value: 0 });
  const title = el('h2', { id: 'file-title' });
  const state = el('p', { class: 'soft', id: 'file-state', role: 'status' });
  const buttons = actions.map((key) => ({ key, element: el('button', { type: 'button', id: `file-${key}` }) }));
  panel.append(title, bar, state, ...parts, el('div', { class: 'file-actions' }, ...buttons.map(({ element }) => element)));
  return {
    panel, bar, state,
    /** @param {string} name @param {string} said @param {boolean} busy @param {string | undefined} kind */
    draw(name, said, busy, kind) {
      title.textContent = name;
      state.textContent = said;
      bar.setAttribute('aria-label', t('file.progress'));
      bar.hidden = !busy;
      for (const { key, element } of buttons) {
        element.textContent = t(`file.${key}`);
        const own = (key === 'save_csv' && kind === 'csv') || (key === 'save_geojson' && kind === 'geojson');
        element.hidden = own || (key !== 'close' && (key === 'cancel') !== busy) || (key === 'close' && busy) || (!kind && key !== 'close');
      }
    },
    /** @param {Record<Action, () => void>} acts */
    on(acts) {
      for (const { key, element } of buttons) element.addEventListener('click', acts[key]);
    },
  };
}

/** A hint that longitudes and latitudes look exchanged. @param {() => void} exchange */
export function create_hint(exchange) {
  const text = el('span', {});
  const button = el('button', { type: 'button', id: 'file-exchange' });
  const element = el('p', { class: 'hint', role: 'status', hidden: true }, text, ' ', button);
  button.addEventListener('click', exchange);
  /** @type {import('./exchanged.js').Finding | null} */
  let finding = null;
  let can = false;
  function draw() {
    element.hidden = finding === null;
    if (finding) text.textContent = t('file.exchanged', { ...finding });
    button.textContent = t('file.exchange');
    button.hidden = !can;
  }
  return {
    element, draw,
    /** @param {import('./exchanged.js').Finding | null} found @param {boolean} can_exchange */
    tell(found, can_exchange) {
      [finding, can] = [found, can_exchange];
      draw();
    },
  };
}
