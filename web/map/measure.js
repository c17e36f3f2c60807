// How long a way is: clicks set its corners, on the ellipsoid.
import { el, icon } from '../panel/dom.js';
import { distance } from '../words/format.js';
import { on_language, t } from '../words/words.js';
import { geodesic } from './geodesic.js';
import { great_circle } from './geodesy.js';
import { own } from './layers.js';
import { nothing } from './map.js';

/** @typedef {import('../ask/types.js').LonLat} LonLat */

/** @param {LonLat[]} corners @returns {GeoJSON.FeatureCollection} */
const drawn = (corners) => ({
  type: 'FeatureCollection',
  features: [
    ...corners.slice(1).map((to, i) => /** @type {GeoJSON.Feature} */ ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: great_circle(corners[i], to) } })),
    ...corners.map(({ lon, lat }) => /** @type {GeoJSON.Feature} */ ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } })),
  ],
});

/** @param {LonLat[]} corners */
function length_of(corners) {
  const parts = corners.slice(1).map((to, i) => geodesic(corners[i], to));
  const sum = distance(parts.reduce((total, { distance_m }) => total + distance_m, 0));
  return parts.every(({ is_exact }) => is_exact) ? sum : `≈ ${sum}`;
}

/** @param {import('../vendor/maplibre-gl.mjs').Map} map */
function create_line(map) {
  const source = own('measure');
  return {
    /** @param {LonLat[]} corners */
    draw(corners) {
      if (!map.getSource(source)) {
        map.addSource(source, { type: 'geojson', data: nothing });
        map.addLayer({ id: own('measure-line'), type: 'line', source, paint: { 'line-color': '#c2185b', 'line-width': 2.4, 'line-dasharray': [2, 1] } });
        map.addLayer({ id: own('measure-corner'), type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 4, 'circle-color': '#fff', 'circle-stroke-color': '#c2185b', 'circle-stroke-width': 2 } });
      }
      /** @type {import('../vendor/maplibre-gl.mjs').GeoJSONSource} */ (map.getSource(source)).setData(drawn(corners));
    },
  };
}

/** @param {import('../vendor/maplibre-gl.mjs').Map} map @param {() => void} on_begin */
export function create_measure(map, on_begin) {
  const button = el('button', { type: 'button', id: 'measure', 'aria-pressed': 'false' }, icon('measure'));
  const element = el('div', { class: 'maplibregl-ctrl maplibregl-ctrl-group' }, button);
  const said = el('output', { class: 'map-card pinned', id: 'measured', hidden: true });
  map.getContainer().append(said);
  const line = create_line(map);
  /** @type {LonLat[]} */
  let corners = [];
  let is_on = false;

  function draw() {
    line.draw(corners);
    said.hidden = !is_on;
    said.textContent = corners.length > 1 ? t('measure.length', { length: length_of(corners) }) : t('measure.begin');
    button.setAttribute('aria-pressed', String(is_on));
    map.getCanvas().style.cursor = is_on ? 'crosshair' : '';
  }
  function turn(/** @type {boolean} */ on) {
    if (on) on_begin();
    is_on = on;
    corners = [];
    draw();
  }
  const translate = () => {
    button.setAttribute('aria-label', t('measure'));
    button.title = t('measure');
    if (is_on) draw();
  };
  button.addEventListener('click', () => turn(!is_on));
  window.addEventListener('keydown', ({ key }) => { if (key === 'Escape' && is_on) turn(false); });
  translate();
  on_language(translate);
  return {
    control: { onAdd: () => element, onRemove: () => element.remove() },
    stop: () => { if (is_on) turn(false); },
    /** @param {{ lngLat: import('../vendor/maplibre-gl.mjs').LngLat }} event */
    take({ lngLat }) {
      if (!is_on) return false;
      corners = [...corners, { lon: lngLat.lng, lat: lngLat.lat }];
      draw();
      return true;
    },
  };
}
