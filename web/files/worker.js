// Off the page's thread: sends a file, reads the answers, and tells the page of points, counts and errors.
import { formats } from './format.js';
import { Refused, send_file } from './send.js';

/** @typedef {{ line: number, where: string, code: string, message: string }} RowError */
/** What is known of each row, in order: a number of its verdict, 4 for an error; the margin, NaN where there is none; whether it lies in a region; where it
 * stands in the file. @typedef {{ outcomes: Uint8Array, margins_m: Float64Array, in_region: Uint8Array } & import('./cut.js').Rows} RowFacts */
/** @typedef {{ type: 'points', places: Float32Array, verdicts: Uint8Array, facts: RowFacts, errors: RowError[], columns: string, notice: string, done_bytes: number, box: number[] | null }} Points */
/** @typedef {Points | { type: 'scored', blob: Blob } | { type: 'progress', done_bytes: number } | { type: 'done' } | { type: 'stalled', stalled: boolean } | { type: 'failed', messages: string[] }} Told */
/** @typedef {{ task: 'draw' | 'save', file: Blob, kind: import('./format.js').Kind, sent_as: string, wanted: string, url: string }} Job */

/** Beside the numbers of verdicts. */
const in_error = 4;
const verdicts = ['eligible', 'ineligible', 'indeterminate', 'not_applicable'];

/** @param {Told} told @param {Transferable[]} [transfer] */
const tell = (told, transfer = []) => self.postMessage(told, { transfer });

/** Web Mercator from 0 to 1, in two parts each, so that 32 bits are enough. @param {Float32Array} places @param {number} i @param {number} lon @param {number} lat */
function put_place(places, i, lon, lat) {
  const x = (lon + 180) / 360;
  const y = 0.5 - Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) / (2 * Math.PI);
  places[4 * i] = x;
  places[4 * i + 1] = y;
  places[4 * i + 2] = x - Math.fround(x);
  places[4 * i + 3] = y - Math.fround(y);
}

/** @param {number[]} box @param {number} lon @param {number} lat */
function widen(box, lon, lat) {
  box[0] = Math.min(box[0], lon);
  box[1] = Math.min(box[1], lat);
  box[2] = Math.max(box[2], lon);
  box[3] = Math.max(box[3], lat);
}

/** Rows that the service counts otherwise than this page have no line: none is better than a wrong one. @param {import('./cut.js').Rows} rows @param {number} count @returns {import('./cut.js').Rows} */
const placed = (rows, count) =>
  (rows.lines.length === count ? rows : { offsets: new Float64Array(count), lengths: new Uint32Array(count), lines: new Uint32Array(count) });

/** @param {import('./send.js').Answer} answer GeoJSON, a feature on each line */
function read_answer({ text, columns, notice, rows, done_bytes }) {
  const lines = text.split('\n').filter((line) => line.length > 1);
  const places = new Float32Array(4 * lines.length);
  const outcomes = new Uint8Array(lines.length).fill(in_error);
  const margins_m = new Float64Array(lines.length).fill(NaN);
  const in_region = new Uint8Array(lines.length);
  const at = placed(rows, lines.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  /** @type {RowError[]} */
  const errors = [];
  let count = 0;
  lines.forEach((line, i) => {
    const { geometry, properties } = JSON.parse(line.charCodeAt(0) === 0x1e ? line.slice(1) : line);
    if (!properties.error && geometry.type !== 'Point') {
      errors.push({ line: at.lines[i], where: 'geometry', code: 'bad_geometry', message: 'a line or an area stands too far behind in the file for the map' });
      return;
    }
    if (properties.error) {
      const [first] = properties.error.errors ?? [];
      errors.push({ line: at.lines[i], where: first?.where ?? '', code: properties.error.code, message: first?.message ?? properties.error.message });
      return;
    }
    const [lon, lat] = geometry.coordinates;
    put_place(places, count++, lon, lat);
    outcomes[i] = verdicts.indexOf(properties.verdict);
    margins_m[i] = properties.margin_m ?? NaN;
    in_region[i] = Number(properties.regions.length > 0);
    widen(box, lon, lat);
  });
  const used = places.slice(0, 4 * count);
  const verdicts_used = outcomes.filter((outcome) => outcome !== in_error);
  const facts = { outcomes, margins_m, in_region, ...at };
  tell({ type: 'points', places: used, verdicts: verdicts_used, facts, errors, columns, notice, done_bytes, box: count ? box : null },
    [used.buffer, verdicts_used.buffer, ...Object.values(facts).map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer))]);
}

/** Where the rows of CSV begin: a name may hold line ends. @param {string} text */
function behind_header(text) {
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    if (text[i] === '"') quoted = !quoted;
    if (text[i] === '\n' && !quoted) return i + 1;
  }
  return text.length;
}

/** The file as the service scored it, in its own format; a part at a time goes to the browser's store. */
function create_keeper(/** @type {Job} */ { kind, wanted }) {
  const as_csv = wanted === 'text/csv';
  const as_collection = !as_csv && (kind === 'geojson' || wanted !== formats[kind].sent_as);
  /** @type {Blob[]} */
  const parts = as_collection ? [new Blob(['{"type":"FeatureCollection","features":[\n'])] : [];
  let first = true;
  /** @type {string | undefined} */
  let header;
  return {
    /** @param {import('./send.js').Answer} answer */
    keep({ text, done_bytes }) {
      if (as_csv) {
        const behind = behind_header(text);
        header ??= text.slice(0, behind);
        if (text.slice(0, behind) !== header) throw new Refused(['the rows have other columns further down: they make no CSV']);
        if (!first) text = text.slice(behind);
      }
      if (as_collection) text = (first ? '' : ',\n') + text.replaceAll('\x1e', '').trimEnd().replaceAll('\n', ',\n');
      first = false;
      parts.push(new Blob([text]));
      tell({ type: 'progress', done_bytes });
    },
    whole: () => new Blob(as_collection ? [...parts, '\n]}\n'] : parts, { type: as_csv ? 'text/csv' : as_collection ? 'application/geo+json' : wanted }),
  };
}

self.onmessage = async ({ data }) => {
  /** @type {Job} */
  const job = data;
  const keeper = create_keeper(job);
  try {
    await send_file(job, job.task === 'draw' ? read_answer : keeper.keep, (stalled) => tell({ type: 'stalled', stalled }));
    tell(job.task === 'save' ? { type: 'scored', blob: keeper.whole() } : { type: 'done' });
  } catch (fault) {
    tell({ type: 'failed', messages: fault instanceof Refused ? fault.messages : [String(/** @type {Error} */ (fault).message)] });
  }
};
