// Land for the background of the map, from Natural Earth as the package world-atlas has it: its shape, where countries meet,
// and their names. Only for orientation: what Kordon measures are the layers of its service.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** @type {any} */
const { feature, mesh } = require('topojson-client');
const world = require('world-atlas/countries-50m.json');
const countries = require('i18n-iso-countries');
countries.registerLocale(require('i18n-iso-countries/langs/uk.json'));

/** Of the countries that the shipped layers draw: Russia and Ukraine. */
const drawn_by_layers = new Set(['643', '804']);
const digits = 2;

/** @typedef {[number, number]} Point */

/** About a kilometre, as fine as the source is. @param {any} coordinates @returns {any} */
function rounded(coordinates) {
  if (typeof coordinates[0] === 'number') return coordinates.map((/** @type {number} */ degrees) => Number(degrees.toFixed(digits)));
  const parts = coordinates.map(rounded);
  return parts.filter((/** @type {any} */ part, /** @type {number} */ i) => i === 0 || String(part) !== String(parts[i - 1]));
}

/** Twice the area and the centroid of a ring, on the plane. @param {Point[]} ring */
function measured(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let i = 1; i < ring.length; ++i) {
    const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
    const part = ax * by - bx * ay;
    area += part;
    x += (ax + bx) * part;
    y += (ay + by) * part;
  }
  return { area: Math.abs(area), centre: [x / (3 * area), y / (3 * area)] };
}

/** From which zoom a country's name has room: it is in the middle of its largest part. @param {any} country */
function name_of(country) {
  const { id, properties: { name }, geometry } = country;
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const { area, centre } = parts.map((/** @type {Point[][]} */ [shell]) => measured(shell)).sort((/** @type {any} */ a, /** @type {any} */ b) => b.area - a.area)[0];
  const from = Math.max(1.5, 6.5 - Math.log2(Math.max(0.1, Math.sqrt(area / 2))));
  return {
    type: 'Feature', geometry: { type: 'Point', coordinates: rounded(centre) },
    properties: { name_en: name, name_uk: countries.getName(id, 'uk') ?? name, rank: 0, from: Number(from.toFixed(1)), to: from + 4 },
  };
}

/** @returns {GeoJSON.FeatureCollection} */
export function land() {
  const all = /** @type {any} */ (feature(world, world.objects.countries)).features;
  const is_foreign = (/** @type {any} */ a, /** @type {any} */ b) => a !== b && !drawn_by_layers.has(a.id) && !drawn_by_layers.has(b.id);
  const shapes = [
    ['land', /** @type {any} */ (feature(world, world.objects.land)).features[0].geometry],
    ['line', mesh(world, world.objects.countries, is_foreign)],
  ].map(([kind, { type, coordinates }]) => ({ type: 'Feature', properties: { kind }, geometry: { type, coordinates: rounded(coordinates) } }));
  const names = all.filter((/** @type {any} */ { id }) => id && !drawn_by_layers.has(id)).map(name_of);
  return /** @type {any} */ ({ type: 'FeatureCollection', source: 'Natural Earth (public domain), by npm world-atlas 2.0.2', features: [...shapes, ...names] });
}
