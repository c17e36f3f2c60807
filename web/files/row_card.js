// The row under the hand: a card beside the cursor, and what a click does.
import { el } from '../panel/dom.js';
import { t } from '../words/words.js';
import { create_picker } from './pick.js';
import { outcome_name, outcome_text, signed_distance } from './row_table.js';

const within_px = 8;
const most_cells = 8;
const most_characters = 60;

/** @param {string} text */
const cut = (text) => (text.length > most_characters ? `${text.slice(0, most_characters)}…` : text);

/** @param {import('./row_store.js').Row} row @param {string[][]} cells */
const content = ({ outcome, margin_m, line }, cells) => [
  el('strong', { 'data-verdict': outcome_name(outcome) }, el('span', { class: 'point', 'aria-hidden': 'true' }), outcome_text(outcome), ` ${signed_distance(margin_m)}`),
  line ? el('small', {}, t('rows.in_line', { line: String(line) })) : '',
  el('dl', {}, ...cells.slice(0, most_cells).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, cut(value))])),
];

/** @param {import('../map/map.js').KordonMap['map']} map @param {import('./row_store.js').RowStore} store
 * @param {{ text_of: (row: number) => Promise<{ cells: string[][] }>, is_shown: (outcome: number) => boolean, is_idle: () => boolean }} of */
export function create_row_card(map, store, { text_of, is_shown, is_idle }) {
  const pick = create_picker(store, is_shown);
  const card = el('div', { class: 'map-card', id: 'row-card', hidden: true });
  map.getContainer().append(card);
  let hovered = -1;
  let asked = 0;

  function hide() {
    hovered = -1;
    card.hidden = true;
    map.getCanvas().style.cursor = '';
  }
  /** @param {number} row @param {{ x: number, y: number }} at */
  async function show(row, at) {
    const { clientWidth } = map.getContainer();
    card.style.translate = `${at.x > clientWidth / 2 ? at.x - 12 : at.x + 12}px ${at.y + 12}px`;
    card.dataset.side = at.x > clientWidth / 2 ? 'left' : 'right';
    if (row === hovered) return;
    hovered = row;
    const { cells } = await text_of(row);
    if (row !== hovered) return;
    card.replaceChildren(...content(store.row(row), cells));
    card.hidden = false;
    map.getCanvas().style.cursor = 'pointer';
  }
  map.on('mousemove', ({ point, lngLat }) => {
    cancelAnimationFrame(asked);
    if (map.isMoving() || !is_idle() || store.points() === 0) return hide();
    asked = requestAnimationFrame(() => {
      const row = pick(map, lngLat.wrap(), within_px);
      if (row === null) hide();
      else show(row, point);
    });
  });
  map.on('mouseout', hide);
  map.on('movestart', hide);
  /** @param {{ lngLat: import('../vendor/maplibre-gl.mjs').LngLat }} event @returns {number | null} the row there */
  return ({ lngLat }) => (store.points() === 0 ? null : pick(map, lngLat.wrap(), within_px));
}
