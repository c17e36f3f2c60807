// The point of a file that lies under the hand: the nearest within some pixels, found by a grid over all of them.
import { tile_px } from '../map/map.js';

const cells_across = 512;

/** Numbers of points by cell of a grid over [0, 1) x [0, 1) of their box. @param {Float32Array} places x, y and two more of each */
function create_grid(places) {
  const count = places.length / 4;
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < places.length; i += 4) {
    for (const axis of [0, 1]) {
      low[axis] = Math.min(low[axis], places[i + axis]);
      high[axis] = Math.max(high[axis], places[i + axis]);
    }
  }
  const step = Math.max(high[0] - low[0], high[1] - low[1], 1e-9) / (cells_across - 1);
  const cell = (/** @type {number} */ value, /** @type {number} */ axis) => Math.max(0, Math.min(cells_across - 1, Math.floor((value - low[axis]) / step)));
  const begins = new Uint32Array(cells_across * cells_across + 1);
  const number_of = (/** @type {number} */ point) => cell(places[4 * point + 1], 1) * cells_across + cell(places[4 * point], 0);
  for (let point = 0; point < count; ++point) ++begins[number_of(point) + 1];
  for (let i = 1; i < begins.length; ++i) begins[i] += begins[i - 1];
  const ends = begins.slice();
  const points = new Uint32Array(count);
  for (let point = 0; point < count; ++point) points[ends[number_of(point)]++] = point;
  return { cell, begins, points };
}

/** @param {import('./row_store.js').RowStore} store @param {(outcome: number) => boolean} is_shown */
export function create_picker(store, is_shown) {
  /** @type {ReturnType<typeof create_grid> | null} */
  let grid = null;
  let gridded = 0;

  /** @param {import('../vendor/maplibre-gl.mjs').Map} map @param {{ lng: number, lat: number }} at @param {number} within_px @returns {number | null} a row */
  return (map, at, within_px) => {
    const places = store.places();
    if (places.length === 0) return null;
    if (!grid || gridded !== places.length) grid = create_grid(places);
    gridded = places.length;
    const reach = within_px / (tile_px * 2 ** map.getZoom());
    const x = (at.lng + 180) / 360;
    const y = 0.5 - Math.log(Math.tan(Math.PI / 4 + (at.lat * Math.PI) / 360)) / (2 * Math.PI);
    let [nearest, least] = [-1, reach * reach];
    for (let v = grid.cell(y - reach, 1); v <= grid.cell(y + reach, 1); ++v) {
      const from = grid.begins[v * cells_across + grid.cell(x - reach, 0)];
      const to = grid.begins[v * cells_across + grid.cell(x + reach, 0) + 1];
      for (let i = from; i < to; ++i) {
        const point = grid.points[i];
        const [dx, dy] = [places[4 * point] + places[4 * point + 2] - x, places[4 * point + 1] + places[4 * point + 3] - y];
        const far = dx * dx + dy * dy;
        if (far <= least && is_shown(store.outcome(store.row_of_point(point)))) [nearest, least] = [point, far];
      }
    }
    return nearest < 0 ? null : store.row_of_point(nearest);
  };
}
