// Lines and areas that are dropped, chosen or drawn: scored by the service, and shown on the map and in the panel.
import { by_id } from '../panel/dom.js';
import { hand_over } from '../panel/hand_over.js';
import '../words/tracks.js';
import { create_card } from './card.js';
import { create_layers } from './layers.js';
import { create_panel } from './panel.js';
import { create_player } from './player.js';
import { card_of } from './reason.js';
import { create_scoring, create_state } from './scoring.js';
import { style_loaded } from './style.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {import('./shapes.js').Part} Part */
/** @typedef {import('./scoring.js').State} State */
/** @typedef {import('../ask/link.js').Question} Question */
/** @typedef {{ kordon_map: import('../map/map.js').KordonMap, policy: () => import('../ask/types.js').Policy, on_fault: (fault: unknown) => void, take_click: (taker: import('../page.js').ClickTaker) => void,
 *   store: { get: () => Question, subscribe: (read: (now: Question, before: Question) => void) => void } }} Page */

/** For controls, legend and attribution. */
const room_px = { top: 40, right: 60, bottom: 70, left: 40 };

/** Brings a part of a shape into sight. @param {Page['kordon_map']['map']} map @param {[number, number, number, number] | null} box @param {boolean} [always] */
function look(map, box, always = false) {
  if (!box) return;
  const [west, south, east, north] = box;
  const bounds = map.getBounds();
  if (!always && bounds.contains([west, south]) && bounds.contains([east, north])) return;
  map.fitBounds([west, Math.max(-85, south), east, Math.min(85, north)], { padding: room_px, maxZoom: 14, animate: false });
}

const is_drawing = () => document.querySelector('#draw-card:not([hidden])') !== null;

/** @param {Shape} shape @param {Part} part @returns {{ lon: number, lat: number } | null} */
const place_of = (shape, { role, index }) => (role === 'crossing' ? shape.crossings[index] : role === 'least' || role === 'greatest' ? shape[role] : null);

/** Of an interval a moment within it: at its very end either verdict may hold. @param {Shape} shape @param {Part} part */
function time_of(shape, { role, index }) {
  if (role === 'crossing') return Date.parse(shape.crossings[index].time ?? '');
  const { from_time = '', dwell_s = 0 } = role === 'interval' ? shape.intervals[index] : {};
  return Date.parse(from_time) + Math.min(1000, 500 * dwell_s);
}

/** What is seen of them: on the map, in the panel, along the time. @param {Page} page @param {State} state @param {() => void} close */
function create_sight({ kordon_map, store, policy, on_fault }, state, close) {
  const { map } = kordon_map;
  const layers = create_layers(kordon_map);
  const player = create_player(map, store.get, policy, on_fault);
  const card = create_card(map, { part_at: layers.part_at, content: (part) => card_of(state.shapes[part.row], part, policy(), store.get().at), is_idle: () => !is_drawing() });
  const save = () => hand_over(new Blob([JSON.stringify({ type: 'FeatureCollection', features: state.features })], { type: 'application/geo+json' }), `${state.title.replace(/(\.\w+)?$/, '')}-scored.geojson`);
  const panel = create_panel({ choose: (part) => choose(part, true), look: (row) => look_at(row), save, close }, player.element);
  card.close.addEventListener('click', () => choose(null));

  function say() {
    if (state.title) by_id('intro').hidden = true;
    panel.say(state.title, state.said(), state.is_busy, state.part);
  }
  function draw() {
    say();
    panel.draw({ shapes: state.shapes, looked_at: state.looked_at, policy: policy(), at: store.get().at });
    card.draw();
  }
  /** @param {Part | null} part @param {boolean} [is_sent] from the panel: the map goes there */
  function choose(part, is_sent = false) {
    const shape = part && state.shapes[part.row];
    if (shape && shape !== state.looked_at) look_at(part.row, false);
    card.choose(part);
    layers.choose(part);
    panel.mark(part);
    if (!part || !shape) return;
    const at_ms = time_of(shape, part);
    if (!Number.isNaN(at_ms)) player.go(at_ms);
    const place = place_of(shape, part);
    if (is_sent) look(map, place ? [place.lon, place.lat, place.lon, place.lat] : layers.box(part.row, part.role === 'interval' ? part.index : -1));
  }
  /** @param {number} row @param {boolean} [is_sent] */
  function look_at(row, is_sent = true) {
    state.looked_at = state.shapes[row];
    choose(null);
    player.show(state.looked_at);
    draw();
    if (is_sent) look(map, layers.box(row));
  }
  return { layers, player, panel, say, draw, choose };
}

/** @param {Page} page */
export async function create_tracks(page) {
  await style_loaded;
  const { kordon_map: { map }, store, on_fault, take_click } = page;
  const state = create_state();
  const { layers, player, panel, say, draw, choose } = create_sight(page, state, () => {
    scoring.stop();
    clear();
  });

  function clear() {
    Object.assign(state, create_state());
    for (const key of ['scored', 'drawn']) delete panel.element.dataset[key];
    layers.draw([]);
    choose(null);
    player.show(null);
    draw();
  }
  /** @param {number} first_row that is new @param {number} begun_ms */
  function show(first_row, begun_ms) {
    const is_first = panel.element.dataset.scored === undefined;
    const seconds = () => ((performance.now() - begun_ms) / 1000).toFixed(3);
    const at_ms = player.now();
    layers.draw(state.shapes);
    choose(null);
    player.show(state.looked_at, is_first || first_row > 0 ? null : at_ms);
    draw();
    if (is_first && first_row === 0 && !state.named[0].drawn) look(map, layers.box(), true);
    panel.element.dataset.scored = seconds();
    map.once('idle', () => { panel.element.dataset.drawn = seconds(); });
    map.triggerRepaint();
  }
  const scoring = create_scoring(state, store, {
    say, show, clear, on_fault,
  });
  take_click(({ point }) => {
    if (state.shapes.length === 0 || is_drawing()) return false;
    const part = layers.part_at(point);
    choose(part);
    return part !== null && part.role !== 'area';
  });
  function redraw() {
    if (state.title === '') return;
    layers.draw(state.shapes);
    player.show(state.looked_at, player.now());
    draw();
  }
  return { take: scoring.take, add: scoring.add, again: scoring.again, recolour: layers.recolour, redraw };
}
