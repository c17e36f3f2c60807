// How lines and areas come in, and are asked about again when the question changes.
import { Problem } from '../ask/service.js';
import { most_bytes } from '../files/shapes_in.js';
import { said_text } from '../panel/said.js';
import { t } from '../words/words.js';
import { ask_shapes } from './ask.js';
import { summary } from './panel.js';
import { features_of, Unreadable } from './read.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {import('./read.js').Named} Named */
/** @typedef {import('./read.js').Feature} Feature */
/** @typedef {import('../ask/link.js').Question} Question */
/** @typedef {{ name: string, file: Blob, kind: 'gpx' | 'geojson' }} Given */
/** @typedef {ReturnType<typeof create_state>} State */

const most_shapes = 20_000;
const quiet_ms = 300;

/** What is shown, and what it was made of. `asked`: the question that it answers. */
export function create_state() {
  return {
    title: '',
    /** @type {Named[]} */ named: [],
    /** @type {Shape[]} */ shapes: [],
    /** @type {any[]} */ features: [],
    /** @type {Shape | null} */ looked_at: null,
    is_busy: false, part: 0, asked: '',
    /** @type {() => string} */ said: () => '',
  };
}

/** What has to be asked anew. @param {Question} question */
const asked_of = ({ at, policy, activity, parameters }) => JSON.stringify([at, policy, activity, parameters]);

/** In the words of the page; null where it is no refusal. @param {unknown} fault */
function refusal(fault) {
  if (fault instanceof Problem) return t('file.failed', { message: fault.messages.map(said_text).join('; ') });
  return fault instanceof Unreadable ? fault.message : null;
}

/** @param {Given} given @returns {Promise<Named[]>} */
async function read({ file, kind }) {
  if (file.size > most_bytes) throw new Unreadable(t('track.too_large', { megabytes: most_bytes / 1024 / 1024 }));
  const named = features_of(await file.text(), kind);
  if (named.length === 0) throw new Unreadable(t('track.none'));
  if (named.length > most_shapes) throw new Unreadable(t('track.too_many', { count: named.length, most: most_shapes }));
  return named;
}

/** Of the shapes the one that is looked at: the one before, else the first that is right. @param {Shape[]} shapes @param {number} first_row that is new @param {Shape | null} before */
function one_to_look_at(shapes, first_row, before) {
  const is_right = (/** @type {Shape | undefined} */ shape) => shape !== undefined && shape.kind !== 'error';
  const kept = before && first_row === 0 ? shapes[before.row] : undefined;
  return is_right(kept) ? /** @type {Shape} */ (kept) : shapes.slice(first_row).find(is_right) ?? shapes.find(is_right) ?? null;
}

/** Rows from the first one on are asked about; those before stay as they are. @param {State} state @param {() => Question} question
 * @param {{ say: () => void, show: (first_row: number, begun_ms: number) => void, on_fault: (fault: unknown) => void }} told */
function create_asking(state, question, { say, show, on_fault }) {
  let asking = new AbortController();

  /** @param {number} first_row @param {number} begun_ms */
  async function score(first_row, begun_ms) {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const now = question();
    Object.assign(state, { is_busy: true, part: 0, said: () => t('file.sending') });
    say();
    try {
      const answer = await ask_shapes(state.named.slice(first_row), first_row, now, signal, (part) => {
        state.part = part;
        say();
      });
      if (signal.aborted) return;
      state.asked = asked_of(now);
      state.shapes = [...state.shapes.slice(0, first_row), ...answer.shapes];
      state.features = [...state.features.filter(({ id, properties }) => Number(id ?? properties.of?.id) < first_row), ...answer.features];
      state.looked_at = one_to_look_at(state.shapes, first_row, state.looked_at);
      const seconds = (performance.now() - begun_ms) / 1000;
      Object.assign(state, { is_busy: false, said: () => summary(state.shapes, seconds) });
      show(first_row, begun_ms);
    } catch (fault) {
      if (signal.aborted) return;
      const words = refusal(fault);
      Object.assign(state, { is_busy: false, said: () => words ?? t('track.waits') });
      say();
      if (words === null) on_fault(fault);
    }
  }
  return { score, stop: () => asking.abort() };
}

/** @param {State} state @param {{ get: () => Question, subscribe: (read: (now: Question) => void) => void }} store
 * @param {{ say: () => void, clear: () => void, show: (first_row: number, begun_ms: number) => void, on_fault: (fault: unknown) => void }} told */
export function create_scoring(state, store, told) {
  const { score, stop } = create_asking(state, store.get, told);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const again = () => { if (state.named.length > 0 && asked_of(store.get()) !== state.asked) score(0, performance.now()); };
  store.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(again, quiet_ms);
  });
  return {
    again, stop,
    /** A file takes the place of what was there. @param {Given} given */
    async take(given) {
      const begun_ms = performance.now();
      stop();
      told.clear();
      Object.assign(state, { title: given.name, is_busy: true, said: () => t('file.sending') });
      told.say();
      try {
        state.named = await read(given);
      } catch (fault) {
        const words = refusal(fault);
        if (words === null) throw fault;
        Object.assign(state, { is_busy: false, said: () => words });
        return told.say();
      }
      await score(0, begun_ms);
    },
    /** One that was drawn stands beside those that are there. @param {Feature} feature */
    add(feature) {
      const kind = feature.geometry.type === 'Polygon' ? 'area' : 'line';
      state.title ||= t('track.drawn');
      const before = state.named.filter((one) => one.drawn === kind).length;
      state.named = [...state.named, { name: t(`track.drawn.${kind}`, { number: before + 1 }), feature, drawn: kind }];
      score(state.shapes.length, performance.now());
    },
  };
}
