// Where a track with times is at a moment: between which of its fixes, and in which of its intervals.
import { part_way } from './shapes.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** A position with its time; `begins` a part. @typedef {{ at_ms: number, place: [number, number], accuracy_m: number, begins: boolean }} Fix */
/** Null where nothing is said: in a gap. @typedef {{ place: [number, number], accuracy_m: number, interval: number } | null} State */

/** @param {Shape} shape @returns {Fix[]} none without times */
export function fixes_of({ kind, feature: { geometry, properties } }) {
  const times = properties?.coordTimes ?? properties?.times;
  if (kind !== 'line' || !times) return [];
  const many = geometry.type === 'MultiLineString';
  const [lines, of_lines] = many ? [geometry.coordinates, times] : [[geometry.coordinates], [times]];
  const given = properties.accuracies_m && (many ? properties.accuracies_m : [properties.accuracies_m]);
  return lines.flatMap((/** @type {[number, number][]} */ line, /** @type {number} */ part) => line.map((place, i) => (
    { at_ms: Date.parse(of_lines[part][i]), place, accuracy_m: given?.[part]?.[i] ?? properties.accuracy_m ?? 0, begins: i === 0 })));
}

/** The last that is not later; the first where all are. @param {number} count @param {(i: number) => number} value @param {number} at */
function last_until(count, value, at) {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value(middle) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Between two fixes by length, as the service does. @param {Shape} shape @param {Fix[]} fixes @param {number} at_ms @returns {State} */
export function state_at({ gaps, intervals, feature }, fixes, at_ms) {
  const inside = (/** @type {{ from_time?: string, to_time?: string }} */ { from_time, to_time }) => Date.parse(from_time ?? '') < at_ms && at_ms < Date.parse(to_time ?? '');
  if (gaps.some(inside) || intervals.length === 0) return null;
  const before = last_until(fixes.length, (i) => fixes[i].at_ms, at_ms);
  const [from, to] = [fixes[before], fixes[Math.min(fixes.length - 1, before + 1)]];
  const interval = last_until(intervals.length, (i) => Date.parse(intervals[i].from_time ?? ''), at_ms);
  if (to.at_ms <= from.at_ms || at_ms <= from.at_ms) return { place: from.place, accuracy_m: from.accuracy_m, interval };
  if (to.begins) return null;
  const part = (at_ms - from.at_ms) / (to.at_ms - from.at_ms);
  return { place: part_way(from.place, to.place, part, feature.properties.edges), accuracy_m: Math.max(from.accuracy_m, to.accuracy_m), interval };
}
