// What is known of a file while it is scored, and how it is said.
import { hand_over } from '../panel/hand_over.js';
import { said_text } from '../panel/said.js';
import { number } from '../words/format.js';
import { t } from '../words/words.js';
import { formats } from './format.js';

/** @typedef {import('./worker.js').Told} Told */
/** @typedef {import('./runner.js').Job} Job */
/** @typedef {import('../vendor/maplibre-gl.mjs').Map} Map */
/** @typedef {{ map: Map, points: ReturnType<typeof import('./points.js').create_points>, table: ReturnType<typeof import('./table.js').create_table>, view: ReturnType<typeof import('./view.js').create_view>,
 *   rows: ReturnType<typeof import('./row_store.js').create_row_store>, columns: ReturnType<typeof import('./columns.js').create_columns>, hint: ReturnType<typeof import('./view.js').create_hint> }} Parts */
/** @typedef {ReturnType<typeof create_scoring>} Scoring */

/** What holds both. @param {number[] | null} box @param {number[] | null} by */
const widened = (box, by) =>
  (box && by ? [Math.min(box[0], by[0]), Math.min(box[1], by[1]), Math.max(box[2], by[2]), Math.max(box[3], by[3])] : box ?? by);

/** @param {Map} map @param {number[]} box */
function fit(map, [west, south, east, north]) {
  map.fitBounds([west, Math.max(-85, south), east, Math.min(85, north)], { padding: 40, maxZoom: 12, animate: false });
}

/** @param {import('./worker.js').Points} told @param {Parts} parts */
function spread(told, { points, table, rows, columns }) {
  if (told.verdicts.length) points.add(/** @type {Float32Array<ArrayBuffer>} */ (told.places), /** @type {Uint8Array<ArrayBuffer>} */ (told.verdicts));
  table.add(told.verdicts, told.errors);
  rows.add(told);
  columns.tell(told.columns, told.notice);
}

/** @param {Parts} parts */
export function create_scoring(parts) {
  const { map, points, table, view, rows, hint } = parts;
  /** @type {Job | null} */
  let job = null;
  /** @type {number[] | null} */
  let box = null;
  /** @type {() => string} */
  let said = () => '';
  let begun_ms = 0;
  let swapped = 0;
  const count = () => number(job?.rows ?? 0, 0);
  const progress = (/** @type {number} */ done_bytes) => { view.bar.value = done_bytes / Math.max(1, job?.file.size ?? 1); };

  return {
    job: () => job, count, said: () => said(), swapped: () => swapped,
    /** @param {() => string} words */
    say(words) { said = words; },
    /** @param {Job | null} next */
    begin(next) {
      job = next;
      box = null;
      swapped = 0;
      delete view.panel.dataset.done;
      for (const part of [points, table, rows]) part.clear();
      hint.tell(null, false);
      view.bar.value = 0;
      begun_ms = performance.now();
      said = () => t('file.sending');
    },
    progress,
    /** @param {import('./worker.js').Points} told */
    add(told) {
      if (!job) return;
      job.rows += told.facts.outcomes.length;
      spread(told, parts);
      swapped += told.errors.filter(({ code }) => code === 'coordinates_swapped').length;
      progress(told.done_bytes);
      box = widened(box, told.box);
      said = () => t('file.rows', { rows: count() });
      view.state.textContent = said();
    },
    done() {
      const seconds = (performance.now() - begun_ms) / 1000;
      said = () => t('file.done', { rows: count(), seconds: number(seconds, 1) });
      view.panel.dataset.done = seconds.toFixed(3);
      if (box) fit(map, box);
    },
  };
}

/** Says what the worker tells. @param {Scoring} scoring @param {{ end: () => void, stall: () => void, done: () => void, failed: () => void }} on */
export const listener = (scoring, on) => (/** @type {Told} */ told) => {
  const job = scoring.job();
  if (told.type === 'points') return scoring.add(told);
  if (told.type === 'progress') return scoring.progress(told.done_bytes);
  if (told.type === 'stalled') return told.stalled ? on.stall() : undefined;
  if (told.type === 'failed') scoring.say(() => t('file.failed', { message: told.messages.map(said_text).join('; ') }));
  if (told.type === 'done') scoring.done();
  if (told.type === 'scored' && job) give_back(told.blob, job);
  on.end();
  if (told.type === 'done') on.done();
  if (told.type === 'failed') on.failed();
};

/** @param {Blob} blob @param {Job} job */
function give_back(blob, { name, kind }) {
  const ending = blob.type === 'text/csv' ? 'csv' : blob.type === 'application/geo+json' ? 'geojson' : formats[kind].ending;
  hand_over(blob, name.replace(/(\.\w+)?$/, `-scored.${ending}`));
}
