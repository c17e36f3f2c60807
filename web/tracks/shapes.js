// What of an answer is drawn, as GeoJSON for the map: edges bent as the service reads them, without a jump at the antimeridian.
import { between } from '../map/geodesy.js';
import { distance, number } from '../words/format.js';
import { t } from '../words/words.js';
import { verdict_names } from '../map/palette.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {[number, number]} Place */
/** What lies under the hand. @typedef {{ row: number, role: 'interval' | 'crossing' | 'least' | 'greatest' | 'area' | 'place', index: number }} Part */

/** A straight edge in longitude and latitude is bent in a web map by less than a pixel below this. */
const step_deg = 0.5;

/** The same meridian, less than half round from the one before. @param {number} lon @param {number} before */
const unwrapped = (lon, before) => before + ((((lon - before) % 360) + 540) % 360) - 180;

/** @param {Place[]} places @param {string | undefined} edges @returns {Place[]} */
export function bent(places, edges) {
  /** @type {Place[]} */
  const out = [];
  for (const [lon, lat] of places) {
    const from = out[out.length - 1];
    if (!from) {
      out.push([lon, lat]);
      continue;
    }
    const to = /** @type {Place} */ ([unwrapped(lon, from[0]), lat]);
    const steps = Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) / step_deg);
    for (let i = 1; i < steps; ++i) out.push(part_way(from, to, i / steps, edges));
    out.push(to);
  }
  return out;
}

/** @param {Place} from @param {Place} to @param {number} part @param {string | undefined} edges @returns {Place} */
export function part_way(from, to, part, edges) {
  const east = unwrapped(to[0], from[0]);
  if (edges !== 'geodesic') return [from[0] + part * (east - from[0]), from[1] + part * (to[1] - from[1])];
  const { lon, lat } = between({ lon: from[0], lat: from[1] }, { lon: to[0], lat: to[1] }, part);
  return [unwrapped(lon, from[0]), lat];
}

/** The lines of a geometry; rings, too. @param {any} geometry @returns {Place[][]} */
export function lines_of(geometry) {
  const { type, coordinates } = geometry ?? {};
  const fits = (/** @type {any} */ line) => Array.isArray(line) && line.every((place) => Number.isFinite(place?.[0]) && Number.isFinite(place?.[1]));
  const lines = { LineString: [coordinates], MultiLineString: coordinates, Polygon: coordinates, MultiPolygon: coordinates?.flat?.(), Point: [[coordinates]] }[/** @type {string} */ (type)];
  return Array.isArray(lines) ? lines.filter(fits) : [];
}

/** @param {Shape} shape @param {string} role @param {number} index @param {GeoJSON.Geometry} geometry @param {Record<string, unknown>} [more] @returns {GeoJSON.Feature} */
const feature = ({ row }, role, index, geometry, more) => ({ type: 'Feature', geometry, properties: { row, role, index, ...more } });

/** @param {{ lon: number, lat: number }} at @returns {GeoJSON.Point} */
const point = ({ lon, lat }) => ({ type: 'Point', coordinates: [lon, lat] });

/** @param {Shape} shape @returns {GeoJSON.Feature[]} */
function of_line(shape) {
  const { edges } = shape.feature.properties ?? {};
  return [
    ...shape.intervals.map(({ verdict, places }, i) => feature(shape, 'interval', i, places.length > 1 ? { type: 'LineString', coordinates: bent(places, edges) } : { type: 'Point', coordinates: places[0] }, { verdict })),
    ...shape.crossings.map((crossing, i) => feature(shape, 'crossing', i, point(crossing))),
  ];
}

/** A disc is a ring of so many corners. @param {any} geometry @param {Record<string, any>} properties @returns {Place[][][]} */
function polygons_of({ type, coordinates }, { disc_radius_m, edges }, /** @type {(centre: { lon: number, lat: number }, radius_m: number) => Place[]} */ circle) {
  if (type === 'Point') return [[circle({ lon: coordinates[0], lat: coordinates[1] }, disc_radius_m)]];
  /** @type {Place[][][]} */
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  // All rings of a polygon on one side of the antimeridian.
  return polygons.map((rings) => rings.map((ring) => {
    const [first_lon] = rings[0][0];
    return bent([[unwrapped(ring[0][0], first_lon), ring[0][1]], ...ring.slice(1)], edges);
  }));
}

/** The verdict of all of it, or none. @param {import('./ask.js').Shares} shares */
export const whole_verdict = (shares) => verdict_names.find((name) => shares[name].extent === 'all') ?? null;

/** Up to 3 digits behind the point, and never a whole that is none. @param {number} share @param {string} extent */
export function share_text(share, extent) {
  if (extent !== 'some') return `${number(share * 100, 0)} %`;
  if (share > 0.999) return `> ${number(99.9, 1)} %`;
  return share < 0.001 ? `< ${number(0.1, 1)} %` : `${number(share * 100, 1)} %`;
}

/** @param {Shape} shape @param {(centre: { lon: number, lat: number }, radius_m: number) => Place[]} circle @returns {GeoJSON.Feature[]} */
function of_area(shape, circle) {
  if (!shape.shares) return [];
  const { shares } = shape;
  const coordinates = polygons_of(shape.feature.geometry, shape.feature.properties ?? {}, circle);
  const label = verdict_names.filter((name) => shares[name].extent !== 'none').map((name) => `${t(`verdict.${name}`)} ${share_text(shares[name].share, shares[name].extent)}`).join('\n');
  const ends = /** @type {const} */ ([['least', shape.least], ['greatest', shape.greatest]]);
  return [
    feature(shape, 'area', 0, { type: 'MultiPolygon', coordinates }, { verdict: whole_verdict(shares) ?? 'mixed', label }),
    ...ends.flatMap(([role, margin]) => (margin ? [feature(shape, role, 0, point(margin), { label: `${t(`track.${role}`)} ${signed(margin.margin_m)}` })] : [])),
  ];
}

/** @param {number} metres */
export const signed = (metres) => (metres < 0 ? '−' : metres > 0 ? '+' : '') + distance(Math.abs(metres));

/** @param {Shape} shape @param {(centre: { lon: number, lat: number }, radius_m: number) => Place[]} circle @returns {GeoJSON.Feature[]} */
export function drawn_of(shape, circle) {
  if (shape.kind === 'line') return of_line(shape);
  if (shape.kind === 'area') return of_area(shape, circle);
  if (shape.kind === 'place') return [feature(shape, 'place', 0, shape.feature.geometry, { verdict: shape.verdict?.verdict })];
  return lines_of(shape.feature.geometry).map((line) => feature(shape, 'error', 0, { type: 'LineString', coordinates: bent(line, undefined) }));
}

/** West, south, east, north of all. @param {GeoJSON.Feature[]} features @returns {[number, number, number, number] | null} */
export function box_of(features) {
  const box = /** @type {[number, number, number, number]} */ ([Infinity, Infinity, -Infinity, -Infinity]);
  const visit = (/** @type {any} */ coordinates) => {
    if (typeof coordinates[0] !== 'number') return coordinates.forEach(visit);
    const [lon, lat] = coordinates;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  for (const { geometry } of features) visit(/** @type {any} */ (geometry).coordinates);
  return Number.isFinite(box[0]) ? box : null;
}
