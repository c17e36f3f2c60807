// Asks the service about lines and areas: once for what is said of them, and once for their intervals as shapes.
import { reach, url_of } from '../ask/service.js';

/** @typedef {import('./read.js').Named} Named */
/** @typedef {import('../ask/link.js').Question} Question */
/** @typedef {import('../ask/types.js').VerdictName} VerdictName */
/** @typedef {{ margin_m: number, lon: number, lat: number, at_m?: number, time?: string }} Margin */
/** @typedef {{ policy: string, activity: string, verdict: VerdictName, from_m: number, to_m: number, length_m: number, from_time?: string, to_time?: string, dwell_s?: number,
 *   least_margin: Margin | null, because: import('../ask/types.js').Because, places: [number, number][] }} Interval */
/** @typedef {{ lon: number, lat: number, at_m: number, time?: string, time_range?: [string, string], from: VerdictName, to: VerdictName,
 *   because: { clause: string, value_m: number | null, threshold_m: number | null } }} Crossing */
/** @typedef {{ from_m: number, to_m: number, from_time?: string, to_time?: string, reason: string }} Gap */
/** @typedef {{ where: string, code: string, message: string }} RowError */
/** @typedef {Record<VerdictName, { length_m: number, dwell_s?: number }>} Totals */
/** @typedef {Record<VerdictName, { share: number, area_m2: number, extent: string }>} Shares */
/** What is known of one of the file's: `row` counts from 0. @typedef {{ row: number, name: string, feature: import('./read.js').Feature, kind: 'line' | 'area' | 'place' | 'error', errors: RowError[], warnings: string[],
 *   length_m: number, duration_s?: number, totals: Totals | null, intervals: Interval[], crossings: Crossing[], gaps: Gap[], regions: { id: string, length_m: number, dwell_s?: number }[],
 *   area_m2: number, shares: Shares | null, least: Margin | null, greatest: Margin | null, verdict: import('../ask/types.js').Verdict | null }} Shape */

const piece_bytes = 4 * 1024 * 1024;
const piece_rows = 1000;

/** What is longer would come back with each interval, and says nothing of how a shape is read. */
const longest_text = 200;

/** With its row as id, and the map's time where it has none of its own. @param {Named} named @param {number} row @param {string} at */
function sent({ feature }, row, at) {
  const given = Object.entries(feature.properties ?? {}).filter(([key, value]) => key !== 'id' && (typeof value !== 'string' || value.length <= longest_text));
  const properties = Object.fromEntries(given);
  const has_time = properties.coordTimes ?? properties.times ?? properties.at;
  return JSON.stringify({ ...feature, id: String(row), properties: has_time ? properties : { ...properties, at } });
}

/** @param {string[]} features @returns {string[][]} */
function pieces_of(features) {
  /** @type {string[][]} */
  const pieces = [];
  let bytes = Infinity;
  for (const feature of features) {
    if (bytes + feature.length > piece_bytes || pieces[pieces.length - 1].length >= piece_rows) {
      pieces.push([]);
      bytes = 0;
    }
    pieces[pieces.length - 1].push(feature);
    bytes += feature.length;
  }
  return pieces;
}

/** @param {string} body @param {URL} url @param {string} accept @param {AbortSignal} signal */
async function post(body, url, accept, signal) {
  const response = await reach(url, { method: 'POST', headers: { 'Content-Type': 'application/geo+json', Accept: accept }, body, signal });
  return response.json();
}

/** Its intervals and crossings, from the answer that is a map. @param {any[]} drawn */
function parts_of(drawn) {
  const of_kind = (/** @type {string} */ kind) => drawn.filter(({ properties }) => properties.kind === kind);
  const places = (/** @type {any} */ { type, coordinates }) => (type === 'Point' ? [coordinates] : coordinates);
  return {
    intervals: of_kind('interval').map(({ geometry, properties }) => ({ ...properties, places: places(geometry) })),
    crossings: of_kind('crossing').map(({ properties }) => properties),
  };
}

/** @param {any} item of the answer that says all @returns {Shape['kind']} */
function kind_of(item) {
  if (item.error) return 'error';
  if (item.shares) return 'area';
  return item.totals || item.length_m !== undefined ? 'line' : 'place';
}

/** @param {Named} named @param {any} item @param {any[]} drawn @param {number} row @returns {Shape} */
function shape_of({ name, feature }, item, drawn, row) {
  const kind = kind_of(item);
  const [verdict] = item.verdicts ?? [];
  const errors = item.error?.errors ?? (item.error ? [{ where: '', code: item.error.code, message: item.error.message }] : []);
  return {
    row, name, feature, kind, errors, warnings: item.warnings ?? [], length_m: item.length_m ?? 0, duration_s: item.duration_s,
    totals: item.totals?.[0] ?? null, ...parts_of(drawn), gaps: item.gaps ?? [], regions: item.regions ?? [],
    area_m2: item.area_m2 ?? 0, shares: kind === 'area' ? verdict?.shares ?? null : null, least: verdict?.least_margin ?? null, greatest: verdict?.greatest_margin ?? null,
    verdict: kind === 'place' ? verdict : null,
  };
}

/** By the row that they are of. @param {any[]} features */
function grouped(features) {
  /** @type {Map<string, any[]>} */
  const by_row = new Map();
  for (const feature of features) {
    const row = String(feature.id ?? feature.properties.of?.id);
    const before = by_row.get(row);
    if (before) before.push(feature);
    else by_row.set(row, [feature]);
  }
  return by_row;
}

/** `features` of the answer that is a map are for a download. @typedef {{ shapes: Shape[], features: any[] }} Answer */

/** @param {Named[]} named @param {number} first_row @param {Question} question @param {AbortSignal} signal @param {(part: number) => void} on_progress @returns {Promise<Answer>} */
export async function ask_shapes(named, first_row, { at, policy, activity, parameters }, signal, on_progress) {
  const url = url_of('v1/evaluate', { detail: 'full', policy, activity, ...parameters });
  const features = named.map((one, i) => sent(one, first_row + i, at));
  /** @type {Answer} */
  const answer = { shapes: [], features: [] };
  for (const piece of pieces_of(features)) {
    const body = `{"type":"FeatureCollection","features":[${piece.join(',\n')}]}`;
    const [facts, drawn] = await Promise.all(['application/json', 'application/geo+json'].map((accept) => post(body, url, accept, signal)));
    const by_row = grouped(drawn.features);
    for (const item of facts.items) {
      const row = answer.shapes.length;
      answer.shapes.push(shape_of(named[row], item, by_row.get(String(first_row + row)) ?? [], first_row + row));
    }
    answer.features.push(...drawn.features);
    on_progress(answer.shapes.length / named.length);
  }
  return answer;
}
