// The tracks, routes and waypoints of GPX, as GeoJSON features.
import { t } from '../words/words.js';
import { attribute, read_xml } from './xml.js';

/** @typedef {import('./read.js').Named} Named */
/** @typedef {{ places: (number | null)[][], times: (string | null)[] }} Line */
/** What a `trk`, `rte` or `wpt` is read into. @typedef {{ tag: string, name: string, lines: Line[] }} Read */

const points = new Set(['trkpt', 'rtept', 'wpt']);
const words = /** @type {const} */ ({ trk: 'track.track', rte: 'track.route', wpt: 'track.waypoint' });

/** What is no number is null, and refused by the service with its place. @param {string} attributes @param {string} name */
function number_of(attributes, name) {
  const text = attribute(attributes, name);
  return text && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** @returns {import('./xml.js').Reader & { found: Read[] }} */
function create_reader() {
  /** @type {Read[]} */
  const found = [];
  const last = () => found[found.length - 1];
  return {
    found,
    open(path, attributes) {
      const tag = path[path.length - 1];
      if (tag in words) found.push({ tag, name: '', lines: tag === 'trk' ? [] : [{ places: [], times: [] }] });
      if (tag === 'trkseg') last()?.lines.push({ places: [], times: [] });
      if (!points.has(tag)) return;
      const line = last()?.lines.at(-1);
      line?.places.push([number_of(attributes, 'lon'), number_of(attributes, 'lat')]);
      line?.times.push(null);
    },
    close(path, text) {
      const [tag, parent] = [path[path.length - 1], path[path.length - 2]];
      if (tag === 'name' && parent in words) last().name = text;
      const line = tag === 'time' && points.has(parent) ? last()?.lines.at(-1) : undefined;
      if (line) line.times[line.times.length - 1] = text;
    },
  };
}

/** @param {Read} read @returns {import('./read.js').Feature} */
function feature_of({ tag, lines }) {
  if (tag === 'wpt') return { type: 'Feature', geometry: { type: 'Point', coordinates: lines[0].places[0] }, properties: {} };
  const [places, times] = [lines.map((line) => line.places), lines.map((line) => line.times)];
  const is_timed = times.some((of_line) => of_line.some((time) => time !== null));
  const one = lines.length === 1;
  return {
    type: 'Feature',
    geometry: one ? { type: 'LineString', coordinates: places[0] } : { type: 'MultiLineString', coordinates: places },
    properties: is_timed ? { coordTimes: one ? times[0] : times } : {},
  };
}

/** @param {string} text @param {(message: string) => Error} unreadable @returns {Named[]} */
export function features_of_gpx(text, unreadable) {
  const reader = create_reader();
  const fault = read_xml(text, reader);
  if (fault) throw unreadable(t('track.not_xml', fault));
  /** @type {Record<string, number>} */
  const counts = {};
  return reader.found.map((read) => {
    counts[read.tag] = (counts[read.tag] ?? 0) + 1;
    return { name: read.name || t(words[/** @type {keyof typeof words} */ (read.tag)], { number: counts[read.tag] }), feature: feature_of(read) };
  });
}
