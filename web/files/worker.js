// Off the page's thread: sends a file, reads the answers, and tells the page of points, counts and errors.
import { Refused, send_file } from './send.js';

/** @typedef {{ row: number, where: string, code: string, message: string }} RowError */
/** @typedef {{ type: 'points', places: Float32Array, verdicts: Uint8Array, rows: number, errors: RowError[], done_bytes: number, box: number[] | null }} Points */
/** @typedef {Points | { type: 'scored', blob: Blob } | { type: 'progress', done_bytes: number } | { type: 'done' } | { type: 'stalled', stalled: boolean } | { type: 'failed', messages: string[] }} Told */
/** @typedef {{ task: 'draw' | 'save', file: File, kind: import('./format.js').Kind, sent_as: string, url: string }} Job */

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

let rows = 0;

/** @param {string} text GeoJSON, a feature on each line @param {number} done_bytes */
function read_answer(text, done_bytes) {
  const lines = text.split('\n').filter((line) => line.length > 1);
  const places = new Float32Array(4 * lines.length);
  const found = new Uint8Array(lines.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  /** @type {RowError[]} */
  const errors = [];
  let count = 0;
  for (const line of lines) {
    ++rows;
    const { geometry, properties } = JSON.parse(line.charCodeAt(0) === 0x1e ? line.slice(1) : line);
    if (properties.error) {
      const [first] = properties.error.errors ?? [];
      errors.push({ row: rows, where: first?.where ?? '', code: properties.error.code, message: first?.message ?? properties.error.message });
      continue;
    }
    const [lon, lat] = geometry.coordinates;
    put_place(places, count, lon, lat);
    found[count++] = verdicts.indexOf(properties.verdict);
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  const used = places.slice(0, 4 * count);
  const verdicts_used = found.slice(0, count);
  tell({ type: 'points', places: used, verdicts: verdicts_used, rows: lines.length, errors, done_bytes, box: count ? box : null }, [used.buffer, verdicts_used.buffer]);
}

/** The file as the service scored it, in its own format; a part at a time goes to the browser's store. */
function create_keeper(/** @type {Job} */ { kind }) {
  /** @type {Blob[]} */
  const parts = kind === 'geojson' ? [new Blob(['{"type":"FeatureCollection","features":[\n'])] : [];
  let first = true;
  return {
    /** @param {string} text @param {number} done_bytes */
    keep(text, done_bytes) {
      if (kind === 'csv' && !first) text = text.slice(text.indexOf('\n') + 1);
      if (kind === 'geojson') text = (first ? '' : ',\n') + text.replaceAll('\x1e', '').trimEnd().replaceAll('\n', ',\n');
      first = false;
      parts.push(new Blob([text]));
      tell({ type: 'progress', done_bytes });
    },
    whole: () => new Blob(kind === 'geojson' ? [...parts, '\n]}\n'] : parts),
  };
}

self.onmessage = async ({ data }) => {
  /** @type {Job} */
  const job = data;
  const keeper = create_keeper(job);
  try {
    const wanted = job.task === 'draw' ? 'application/geo+json-seq' : job.sent_as;
    await send_file({ ...job, wanted }, job.task === 'draw' ? read_answer : keeper.keep, (stalled) => tell({ type: 'stalled', stalled }));
    tell(job.task === 'save' ? { type: 'scored', blob: keeper.whole() } : { type: 'done' });
  } catch (fault) {
    tell({ type: 'failed', messages: fault instanceof Refused ? fault.messages : [String(/** @type {Error} */ (fault).message)] });
  }
};
