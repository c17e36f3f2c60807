// The part of the panel that is about lines and areas: what they are, the one that is looked at, and what it came to.
import { by_id, el } from '../panel/dom.js';
import { number } from '../words/format.js';
import { t } from '../words/words.js';
import { errors_table, notices } from './notices.js';
import { place_card } from './reason.js';
import { bar, crossings_table, intervals_table, margins, parts_of, regions_text, shares_table, totals_table } from './tables.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {import('./shapes.js').Part} Part */
/** @typedef {{ shapes: Shape[], looked_at: Shape | null, policy: import('../ask/types.js').Policy, at: string }} Shown */

const most_listed = 200;

function create_elements() {
  const title = el('h2', { id: 'tracks-title' });
  const state = el('p', { class: 'soft', id: 'tracks-state', role: 'status' });
  const busy = el('progress', { max: 1, id: 'tracks-progress', hidden: true });
  const [errors, head, rest] = ['errors', 'head', 'rest'].map(() => el('div', {}));
  const list = el('ul', { class: 'track-list' });
  const [save, close] = ['tracks-save', 'tracks-close'].map((id) => el('button', { type: 'button', id }));
  const element = el('section', { id: 'tracks', 'aria-labelledby': 'tracks-title', hidden: true });
  return { element, title, state, busy, errors, list, head, rest, save, close };
}

/** What can be looked at. @param {HTMLElement} list @param {Shown} shown @param {(row: number) => void} look */
function draw_list(list, { shapes, looked_at }, look) {
  const listed = shapes.filter(({ kind }) => kind !== 'error').slice(0, most_listed);
  list.hidden = listed.length < 2;
  list.replaceChildren(...listed.map((shape) => {
    const button = el('button', { type: 'button', class: 'track-item', 'aria-pressed': String(shape === looked_at) }, el('span', {}, shape.name), bar(parts_of(shape)));
    button.addEventListener('click', () => look(shape.row));
    return el('li', {}, button);
  }));
}

/** @param {{ choose: (part: Part) => void, look: (row: number) => void, save: () => void, close: () => void }} act @param {HTMLElement} player */
export function create_panel(act, player) {
  const { element, title, state, busy, errors, list, head, rest, save, close } = create_elements();
  element.append(title, busy, state, errors, list, head, player, rest, el('div', { class: 'file-actions' }, save, close));
  save.addEventListener('click', act.save);
  close.addEventListener('click', act.close);
  by_id('ask').before(element);

  return {
    element,
    /** @param {string} name @param {string} words @param {boolean} is_busy @param {number} part */
    say(name, words, is_busy, part) {
      element.hidden = name === '';
      title.textContent = name;
      state.textContent = words;
      busy.hidden = !is_busy;
      busy.value = part;
      busy.setAttribute('aria-label', t('file.progress'));
      save.textContent = t('track.save');
      close.textContent = t('file.close');
    },
    /** @param {Shown} shown */
    draw(shown) {
      const { shapes, looked_at: shape, policy, at } = shown;
      errors.replaceChildren(errors_table(shapes));
      draw_list(list, shown, act.look);
      save.hidden = shapes.every(({ kind }) => kind === 'error');
      if (!shape) return [head, rest].forEach((part) => part.replaceChildren());
      head.replaceChildren(shapes.length > 1 ? el('h3', {}, shape.name) : '', bar(parts_of(shape)), totals_table(shape), shares_table(shape),
        ...place_card(shape, policy, at), margins(shape, act.choose), regions_text(shape));
      rest.replaceChildren(notices(shape), intervals_table(shape, act.choose, policy, at), crossings_table(shape, act.choose));
    },
    /** @param {Part | null} part whose row is marked */
    mark(part) {
      for (const row of element.querySelectorAll('tr[aria-current]')) row.removeAttribute('aria-current');
      if (part?.role !== 'interval' && part?.role !== 'crossing') return;
      const row = element.querySelector(`[data-${part.role}="${part.index}"]`);
      row?.setAttribute('aria-current', 'true');
      row?.scrollIntoView({ block: 'nearest' });
    },
  };
}

/** How many of each kind there are. @param {Shape[]} shapes @param {number} seconds */
export function summary(shapes, seconds) {
  const count = (/** @type {Shape['kind']} */ kind) => shapes.filter((shape) => shape.kind === kind).length;
  const parts = /** @type {const} */ (['line', 'area', 'place', 'error']).flatMap((kind) => (count(kind) > 0 ? [t(`track.count.${kind}`, { count: number(count(kind), 0) })] : []));
  const positions = shapes.reduce((sum, { feature }) => sum + positions_in(feature.geometry?.coordinates), 0);
  return t('track.done', { what: parts.join(', '), positions: number(positions, 0), seconds: number(seconds, 1) });
}

/** @param {any} coordinates @returns {number} */
function positions_in(coordinates) {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return 0;
  return Array.isArray(coordinates[0]) ? coordinates.reduce((sum, part) => sum + positions_in(part), 0) : 1;
}
