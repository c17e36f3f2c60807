// Sends the pieces of a file, two at a time, and gives their answers in order. Where the service is gone, it waits.
import { complaints } from '../ask/complaints.js';
import { create_cutter } from './cut.js';

/** @typedef {import('./format.js').Kind} Kind */
/** What the service says of a piece: `columns` as in its field Kordon-Columns. @typedef {{ text: string, columns: string, notice: string, rows: import('./cut.js').Rows, done_bytes: number }} Answer */

// Small enough to be sent whole before the answer is read: a browser reads none before.
const piece_bytes = 192 * 1024;
const most_in_flight = 3;
const pause_ms = 700;
const passing = new Set([429, 502, 503, 504]);

/**
 * @param {{ file: Blob, kind: Kind, sent_as: string, wanted: string, url: string }} job
 * @param {(answer: Answer) => void} on_answer
 * @param {(stalled: boolean) => void} on_stall
 */
export async function send_file({ file, kind, sent_as, wanted, url }, on_answer, on_stall) {
  const cutter = create_cutter(kind, piece_bytes);
  /** @type {Promise<void>[]} */
  const in_flight = [];
  let read_bytes = 0;
  let stalled = 0;
  /** @type {Promise<void>} */
  let told = Promise.resolve();

  /** @param {Uint8Array} piece */
  async function ask(piece) {
    for (let tries = 0; ; ++tries) {
      try {
        const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': sent_as, Accept: wanted }, body: /** @type {BodyInit} */ (piece) });
        if (response.ok) {
          const text = await response.text();
          if (tries > 0 && --stalled === 0) on_stall(false);
          return { text, columns: response.headers.get('Kordon-Columns') ?? '', notice: response.headers.get('Kordon-Notice') ?? '' };
        }
        if (!passing.has(response.status)) throw new Refused(await complaints(response));
      } catch (fault) {
        if (fault instanceof Refused) throw fault;
      }
      if (tries === 0 && ++stalled === 1) on_stall(true);
      await new Promise((done) => setTimeout(done, pause_ms));
    }
  }
  /** @param {import('./cut.js').Piece} piece */
  async function send({ bytes, rows }) {
    const done_bytes = read_bytes;
    const answer = ask(bytes);
    const before = told;
    told = (async () => {
      await before;
      on_answer({ ...await answer, rows, done_bytes });
    })();
    const mine = told;
    in_flight.push(mine);
    if (in_flight.length >= most_in_flight) await in_flight.shift();
  }

  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (value) read_bytes += value.length;
    for (const piece of done ? cutter.end() : cutter.push(value)) await send(piece);
    if (done) break;
  }
  await told;
}

/** What the service does not take, whatever the time. */
export class Refused extends Error {
  /** @param {string[]} messages */
  constructor(messages) {
    super(messages.join('; '));
    this.messages = messages;
  }
}
