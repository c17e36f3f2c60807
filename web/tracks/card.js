// The card of what lies under the hand, and of what was chosen: by click, by tap or in the tables.
import { el } from '../panel/dom.js';
import { t } from '../words/words.js';

/** @typedef {import('./shapes.js').Part} Part */

/** @param {import('../map/map.js').KordonMap['map']} map
 * @param {{ part_at: (at: { x: number, y: number }) => Part | null, content: (part: Part) => Node[], is_idle: () => boolean }} of */
export function create_card(map, { part_at, content, is_idle }) {
  const hint = el('div', { class: 'map-card', id: 'track-hint', hidden: true });
  const close = el('button', { type: 'button', class: 'quiet close' }, '×');
  const body = el('div', { role: 'status' });
  const card = el('section', { class: 'map-card pinned', id: 'track-card', hidden: true }, close, body);
  map.getContainer().append(hint, card);
  /** @type {Part | null} */
  let chosen = null;
  let asked = 0;

  function hide() {
    if (!hint.hidden) map.getCanvas().style.cursor = '';
    hint.hidden = true;
  }
  /** @param {{ x: number, y: number }} point */
  function hover(point) {
    const part = is_idle() ? part_at(point) : null;
    if (!part || part.role === 'area') return hide();
    hint.replaceChildren(...content(part));
    const is_left = point.x > map.getContainer().clientWidth / 2;
    hint.dataset.side = is_left ? 'left' : 'right';
    hint.style.translate = `${is_left ? point.x - 12 : point.x + 12}px ${Math.min(point.y + 12, map.getContainer().clientHeight - 150)}px`;
    hint.hidden = false;
    map.getCanvas().style.cursor = 'pointer';
  }
  function draw() {
    card.hidden = chosen === null;
    close.setAttribute('aria-label', t('file.close'));
    if (chosen) body.replaceChildren(...content(chosen));
  }
  map.on('mousemove', ({ point, originalEvent }) => {
    cancelAnimationFrame(asked);
    if (map.isMoving() || originalEvent.buttons) return hide();
    asked = requestAnimationFrame(() => hover(point));
  });
  map.on('mouseout', hide);
  map.on('movestart', hide);
  return {
    draw,
    close,
    /** @param {Part | null} part */
    choose(part) {
      chosen = part;
      hide();
      draw();
    },
  };
}
