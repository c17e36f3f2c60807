// Lines, areas and their crossings on the map: each verdict has its colour and its pattern of dashes, as on the panel.
import { circle } from '../map/geodesy.js';
import { own } from '../map/layers.js';
import { nothing } from '../map/map.js';
import { verdict_names } from '../map/palette.js';
import { box_of, drawn_of } from './shapes.js';

/** @typedef {import('./shapes.js').Part} Part */
/** @typedef {import('../map/palette.js').Palette} Palette */
/** @typedef {import('../vendor/maplibre-gl.mjs').LayerSpecification} Layer */

const source = own('tracks');
const within_px = 6;
/** @type {(key: string, value: any) => any} */
const only = (key, value) => ['==', ['get', key], value];
/** @type {any} */
const is_line = ['==', ['geometry-type'], 'LineString'];

/** Of the dashes of verdicts: eligible whole, ineligible double, indeterminate dashed, not applicable dotted. */
const dashes = [undefined, undefined, [2.2, 1.1], [0.6, 1]];

/** @param {Palette} p @returns {any} */
const by_verdict = (p) => ['match', ['get', 'verdict'], ...verdict_names.flatMap((name, i) => [name, p.points[i]]), p.text];

/** @param {Palette} p @returns {Layer[]} */
function areas(p) {
  return [
    { id: 'area', type: 'fill', source, filter: only('role', 'area'), paint: { 'fill-color': by_verdict(p), 'fill-opacity': 0.16 } },
    { id: 'area-casing', type: 'line', source, filter: only('role', 'area'), layout: { 'line-join': 'round' }, paint: { 'line-color': p.border_casing, 'line-width': 6, 'line-opacity': 0.85 } },
    { id: 'area-line', type: 'line', source, filter: only('role', 'area'), layout: { 'line-join': 'round' }, paint: { 'line-color': by_verdict(p), 'line-width': 3 } },
    { id: 'error', type: 'line', source, filter: only('role', 'error'), paint: { 'line-color': p.text_soft, 'line-width': 2, 'line-dasharray': [1, 2] } },
  ];
}

/** @param {Palette} p @returns {Layer[]} */
function intervals(p) {
  const round = /** @type {const} */ ({ 'line-join': 'round' });
  const of = (/** @type {string} */ name) => /** @type {any} */ (['all', only('role', 'interval'), only('verdict', name), is_line]);
  return [
    { id: 'chosen', type: 'line', source, filter: only('row', -1), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': p.position, 'line-width': 13, 'line-opacity': 0.35 } },
    { id: 'interval-casing', type: 'line', source, filter: ['all', only('role', 'interval'), is_line], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': p.border_casing, 'line-width': 8, 'line-opacity': 0.9 } },
    ...verdict_names.map((name, i) => /** @type {Layer} */ ({
      id: `interval-${name}`, type: 'line', source, filter: of(name), layout: round,
      paint: { 'line-color': p.points[i], 'line-width': name === 'not_applicable' ? 4 : 5, ...(dashes[i] ? { 'line-dasharray': dashes[i] } : {}) },
    })),
    { id: 'interval-double', type: 'line', source, filter: of('ineligible'), layout: round, paint: { 'line-color': p.border_casing, 'line-width': 1.6 } },
    {
      id: 'place', type: 'circle', source, filter: ['all', ['in', ['get', 'role'], ['literal', ['interval', 'place']]], ['!', is_line]],
      paint: { 'circle-radius': 5, 'circle-color': by_verdict(p), 'circle-stroke-color': p.border_casing, 'circle-stroke-width': 2 },
    },
  ];
}

/** @param {Palette} p @returns {Layer[]} */
function signs(p) {
  const text = { 'text-color': p.text, 'text-halo-color': p.text_halo, 'text-halo-width': 2 };
  return [
    { id: 'crossing', type: 'circle', source, filter: only('role', 'crossing'), paint: { 'circle-radius': 4.5, 'circle-color': p.border_casing, 'circle-stroke-color': p.position, 'circle-stroke-width': 2.2 } },
    { id: 'margin', type: 'circle', source, filter: ['in', ['get', 'role'], ['literal', ['least', 'greatest']]], paint: { 'circle-radius': 4, 'circle-color': p.position, 'circle-stroke-color': p.border_casing, 'circle-stroke-width': 2 } },
    {
      id: 'margin-label', type: 'symbol', source, filter: ['in', ['get', 'role'], ['literal', ['least', 'greatest']]],
      layout: { 'text-field': ['get', 'label'], 'text-font': ['sans-serif'], 'text-size': 12, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.7, 'text-justify': 'auto' }, paint: text,
    },
    { id: 'area-label', type: 'symbol', source, filter: only('role', 'area'), layout: { 'text-field': ['get', 'label'], 'text-font': ['sans-serif'], 'text-size': 13 }, paint: text },
  ];
}

/** @param {Palette} palette */
const layers_of = (palette) => [...areas(palette), ...intervals(palette), ...signs(palette)].map((layer) => ({ ...layer, id: own(`track-${layer.id}`) }));

/** In the order in which they are found under the hand. */
const found_layers = [['crossing', 'margin', 'place'], verdict_names.map((name) => `interval-${name}`), ['area']].map((names) => names.map((name) => own(`track-${name}`)));

/** @param {import('../map/map.js').KordonMap} kordon_map */
export function create_layers({ map, palette }) {
  /** @type {GeoJSON.Feature[]} */
  let features = [];

  function add() {
    map.addSource(source, { type: 'geojson', data: nothing, tolerance: 0.2 });
    const below_names = map.getLayer(own('cities-dot-1')) ? own('cities-dot-1') : undefined;
    for (const layer of layers_of(palette())) map.addLayer(layer, layer.type === 'symbol' ? undefined : below_names);
  }
  return {
    /** @param {import('./ask.js').Shape[]} shapes */
    draw(shapes) {
      if (!map.getSource(source)) add();
      features = shapes.flatMap((shape) => drawn_of(shape, circle));
      /** @type {import('../vendor/maplibre-gl.mjs').GeoJSONSource} */ (map.getSource(source)).setData({ type: 'FeatureCollection', features });
    },
    recolour() {
      if (!map.getSource(source)) return;
      for (const { id, paint } of layers_of(palette())) {
        for (const [key, value] of Object.entries(paint ?? {})) map.setPaintProperty(id, /** @type {any} */ (key), value);
      }
    },
    /** @param {Part | null} part that is chosen */
    choose(part) {
      if (map.getLayer(own('track-chosen'))) map.setFilter(own('track-chosen'), part ? ['all', only('row', part.row), only('role', part.role), only('index', part.index)] : only('row', -1));
    },
    /** @param {number | null} [row] only of this, or of all @param {number} [index] of an interval */
    box: (row = null, index = -1) => box_of(features.filter(({ properties }) => (row === null || properties?.row === row) && (index < 0 || (properties?.role === 'interval' && properties.index === index)))),
    /** @param {{ x: number, y: number }} at on the map @returns {Part | null} */
    part_at({ x, y }) {
      if (features.length === 0 || !map.getLayer(found_layers[0][0])) return null;
      for (const layers of found_layers) {
        const reach = layers[0] === own('track-area') ? 0 : within_px;
        const [found] = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
        if (found) return /** @type {any} */ (found.properties);
      }
      return null;
    },
  };
}
