// A line or an area that is drawn: by clicks or taps, or by keys at the middle of the map. It is answered like one of a file.
import { el, icon } from '../panel/dom.js';
import '../tracks/style.js';
import '../words/tracks.js';
import { on_language, t } from '../words/words.js';
import { own } from './layers.js';
import { nothing } from './map.js';

/** @typedef {import('../vendor/maplibre-gl.mjs').Map} Map */
/** @typedef {[number, number]} Corner */
/** @typedef {'line' | 'area'} Kind */

const same_px = 6;
const digits = 7;
/** @type {Record<Kind, number>} */
const least_corners = { line: 2, area: 3 };

/** @param {Corner[]} corners @param {Kind} kind @returns {GeoJSON.FeatureCollection} */
function drawn(corners, kind) {
  const way = kind === 'area' && corners.length > 2 ? [...corners, corners[0]] : corners;
  /** @type {GeoJSON.Feature[]} */
  const features = corners.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }));
  if (way.length > 1) features.unshift({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: way } });
  return { type: 'FeatureCollection', features };
}

/** @param {Corner[]} corners @param {Kind} kind @returns {{ type: 'Feature', properties: {}, geometry: any }} */
const feature_of = (corners, kind) => {
  const places = corners.map(([lon, lat]) => [(((lon + 540) % 360) + 360) % 360 - 180, lat].map((degrees) => Number(degrees.toFixed(digits))));
  return { type: 'Feature', properties: {}, geometry: kind === 'line' ? { type: 'LineString', coordinates: places } : { type: 'Polygon', coordinates: [[...places, places[0]]] } };
};

/** @param {Map} map */
function create_sketch(map) {
  const source = own('draw');
  return (/** @type {GeoJSON.FeatureCollection} */ data) => {
    if (!map.getSource(source)) {
      map.addSource(source, { type: 'geojson', data: nothing });
      map.addLayer({ id: own('draw-line'), type: 'line', source, paint: { 'line-color': '#c2185b', 'line-width': 2.4, 'line-dasharray': [2, 1] } });
      map.addLayer({ id: own('draw-corner'), type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 5, 'circle-color': '#fff', 'circle-stroke-color': '#c2185b', 'circle-stroke-width': 2.2 } });
    }
    /** @type {import('../vendor/maplibre-gl.mjs').GeoJSONSource} */ (map.getSource(source)).setData(data);
  };
}

const acts = /** @type {const} */ (['add', 'undo', 'finish', 'cancel']);

/** The card that says what to do, with a button for each key. @param {Map} map */
function create_card(map) {
  const said = el('p', { role: 'status' });
  const buttons = acts.map((act) => ({ act, element: el('button', { type: 'button', id: `draw-${act}` }) }));
  const card = el('section', { class: 'map-card pinned', id: 'draw-card', hidden: true }, said, el('div', { class: 'file-actions' }, ...buttons.map(({ element }) => element)));
  const cross = el('div', { id: 'draw-cross', 'aria-hidden': 'true', hidden: true });
  map.getContainer().append(card, cross);
  return {
    cross,
    /** @param {Kind | null} kind @param {number} count of corners */
    draw(kind, count) {
      card.hidden = kind === null;
      if (kind === null) {
        cross.hidden = true;
        return;
      }
      said.textContent = `${t(`draw.${kind}.begin`)} ${t('draw.corners', { count })}`;
      for (const { act, element } of buttons) {
        element.textContent = t(`draw.${act}`);
        element.disabled = (act === 'undo' && count === 0) || (act === 'finish' && count < least_corners[kind]);
      }
    },
    /** @param {Record<typeof acts[number], () => void>} on */
    on(on) { for (const { act, element } of buttons) element.addEventListener('click', on[act]); },
  };
}

/** @param {(kind: Kind) => void} begin */
function create_buttons(begin) {
  const kinds = /** @type {const} */ (['line', 'area']);
  const buttons = kinds.map((kind) => ({ kind, element: el('button', { type: 'button', id: `draw-${kind}`, 'aria-pressed': 'false' }, icon(`draw-${kind}`)) }));
  for (const { kind, element } of buttons) element.addEventListener('click', () => begin(kind));
  const element = el('div', { class: 'maplibregl-ctrl maplibregl-ctrl-group draw-tools' }, ...buttons.map(({ element: button }) => button));
  return {
    element,
    /** @param {Kind | null} now */
    draw(now) {
      for (const { kind, element: button } of buttons) {
        button.setAttribute('aria-pressed', String(kind === now));
        button.setAttribute('aria-label', t(`draw.${kind}`));
        button.title = t(`draw.${kind}`);
      }
    },
  };
}

/** What is being drawn. @param {Map} map @param {(feature: ReturnType<typeof feature_of>) => void} on_drawn @param {(kind: Kind | null, corners: Corner[]) => void} draw */
function create_drawing(map, on_drawn, draw) {
  /** @type {Corner[]} */
  let corners = [];
  /** @type {Kind | null} */
  let kind = null;
  /** @param {Corner[]} now */
  function set(now) {
    corners = now;
    draw(kind, corners);
  }
  /** @param {Kind | null} to */
  function turn(to) {
    kind = to;
    map.doubleClickZoom[kind ? 'disable' : 'enable']();
    if (kind) map.getCanvas().focus({ preventScroll: true });
    set([]);
  }
  return {
    turn,
    kind: () => kind,
    draw: () => draw(kind, corners),
    /** Two at one place are one: the second click of two is none. @param {Corner} corner */
    add(corner) {
      const last = corners[corners.length - 1];
      if (!last || map.project(last).dist(map.project(corner)) >= same_px) set([...corners, corner]);
    },
    undo: () => set(corners.slice(0, -1)),
    finish() {
      if (!kind || corners.length < least_corners[kind]) return;
      const feature = feature_of(corners, kind);
      turn(null);
      on_drawn(feature);
    },
  };
}

/** @param {Map} map @param {(feature: ReturnType<typeof feature_of>) => void} on_drawn @param {() => void} on_begin */
export function create_draw(map, on_drawn, on_begin) {
  const sketch = create_sketch(map);
  const card = create_card(map);
  const buttons = create_buttons((wanted) => {
    on_begin();
    drawing.turn(drawing.kind() === wanted ? null : wanted);
  });
  const drawing = create_drawing(map, on_drawn, (kind, corners) => {
    buttons.draw(kind);
    card.draw(kind, corners.length);
    if (kind || map.getSource(own('draw'))) sketch(drawn(corners, kind ?? 'line'));
    map.getCanvas().style.cursor = kind ? 'crosshair' : '';
  });
  const act = {
    add() {
      const { lng, lat } = map.getCenter();
      card.cross.hidden = false;
      drawing.add([lng, lat]);
    },
    undo: drawing.undo,
    finish: drawing.finish,
    cancel: () => drawing.turn(null),
  };
  card.on(act);
  map.on('dblclick', (event) => {
    if (!drawing.kind()) return;
    event.preventDefault(); // it zooms no more, though drawing ends here
    drawing.finish();
  });
  listen(map, () => drawing.kind() !== null, act, card.cross);
  drawing.draw();
  on_language(drawing.draw);
  return {
    control: { onAdd: () => buttons.element, onRemove: () => buttons.element.remove() },
    stop: () => { if (drawing.kind()) drawing.turn(null); },
    /** @param {{ lngLat: import('../vendor/maplibre-gl.mjs').LngLat }} event */
    take({ lngLat: { lng, lat } }) {
      if (!drawing.kind()) return false;
      drawing.add([lng, lat]);
      return true;
    },
  };
}

/** Keys while something is drawn: those of a button or a field are its own. @param {Map} map @param {() => boolean} is_on @param {Record<typeof acts[number], () => void>} act @param {HTMLElement} cross */
function listen(map, is_on, act, cross) {
  /** @type {Record<string, () => void>} */
  const keys = { Enter: act.finish, ' ': act.add, Backspace: act.undo, Escape: act.cancel };
  window.addEventListener('keydown', (event) => {
    if (!is_on()) return;
    const on_map = event.target === map.getCanvas() || event.target === document.body;
    if (on_map && event.key.startsWith('Arrow')) cross.hidden = false;
    if (!keys[event.key] || (!on_map && event.key !== 'Escape')) return;
    event.preventDefault();
    keys[event.key]();
  });
}
