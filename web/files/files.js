// A file that is dropped on the page, or chosen: scored by the service and drawn while that goes on.
import { url_of } from '../ask/service.js';
import { verdict_colours } from '../map/palette.js';
import { by_id, el } from '../panel/dom.js';
import { said_text } from '../panel/said.js';
import { number } from '../words/format.js';
import { t } from '../words/words.js';
import { formats, kind_of } from './format.js';
import { create_points } from './points.js';
import { create_table } from './table.js';

const pause_ms = 700;

/** @typedef {import('./worker.js').Told} Told */
/** @typedef {import('../ask/link.js').Question} Question */

/** @typedef {{ file: File, kind: import('./format.js').Kind, query: Record<string, string | number>, rows: number }} Job */

/** Runs one job at a time off the page's thread. @param {(told: Told) => void} hear @param {() => void} on_stall */
function create_runner(hear, on_stall) {
  /** @type {Worker | null} */
  let worker = null;
  function stop() {
    worker?.terminate();
    worker = null;
  }
  /** @param {'draw' | 'save'} task @param {Job} job */
  function run(task, { file, kind, query }) {
    stop();
    worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    const mine = worker;
    let loaded = false;
    mine.onmessage = ({ data }) => {
      loaded = true;
      hear(data);
    };
    // The worker itself comes from the service, which may be gone.
    mine.onerror = () => {
      if (loaded) return hear({ type: 'failed', messages: [t('file.broken')] });
      on_stall();
      setTimeout(() => { if (worker === mine) run(task, { file, kind, query, rows: 0 }); }, pause_ms);
    };
    worker.postMessage({ task, file, kind, sent_as: formats[kind].sent_as, url: url_of('v1/evaluate', query).href });
  }
  return { run, stop, is_busy: () => worker !== null };
}

/** The part of the panel that is about the file. @param {HTMLElement} table */
function create_view(table) {
  const panel = by_id('file');
  const bar = el('progress', { max: 1, value: 0 });
  const title = el('h2', { id: 'file-title' });
  const state = el('p', { class: 'soft', id: 'file-state', role: 'status' });
  const buttons = /** @type {const} */ (['cancel', 'save', 'again', 'close']).map((key) =>
    ({ key, element: el('button', { type: 'button', id: `file-${key}` }) }));
  panel.append(title, bar, state, table, el('div', { class: 'file-actions' }, ...buttons.map(({ element }) => element)));
  return {
    panel, bar, state,
    /** @param {string} name @param {string} said @param {boolean} busy */
    draw(name, said, busy) {
      title.textContent = name;
      state.textContent = said;
      bar.setAttribute('aria-label', t('file.progress'));
      bar.hidden = !busy;
      for (const { key, element } of buttons) {
        element.textContent = t(`file.${key}`);
        element.hidden = (key === 'cancel') !== busy;
      }
    },
    /** @param {Record<'cancel' | 'save' | 'again' | 'close', () => void>} actions */
    on(actions) {
      for (const { key, element } of buttons) element.addEventListener('click', actions[key]);
    },
  };
}

/** What holds both. @param {number[] | null} box @param {number[] | null} by */
const widened = (box, by) =>
  (box && by ? [Math.min(box[0], by[0]), Math.min(box[1], by[1]), Math.max(box[2], by[2]), Math.max(box[3], by[3])] : box ?? by);

/** What is known of a file while it is scored, and how it is said. @param {import('../vendor/maplibre-gl.mjs').Map} map
 * @param {ReturnType<typeof create_points>} points @param {ReturnType<typeof create_table>} table @param {ReturnType<typeof create_view>} view */
function create_scoring(map, points, table, view) {
  /** @type {Job | null} */
  let job = null;
  /** @type {number[] | null} */
  let box = null;
  /** @type {() => string} */
  let said = () => '';
  let begun_ms = 0;
  const rows = () => number(job?.rows ?? 0, 0);

  return {
    job: () => job,
    said: () => said(),
    /** @param {() => string} words */
    say(words) { said = words; },
    rows,
    /** @param {Job} next */
    begin(next) {
      job = next;
      box = null;
      delete view.panel.dataset.done;
      points.clear();
      table.clear();
      view.bar.value = 0;
      begun_ms = performance.now();
      said = () => t('file.sending');
    },
    /** @param {number} done_bytes */
    progress(done_bytes) { view.bar.value = done_bytes / Math.max(1, job?.file.size ?? 1); },
    /** @param {import('./worker.js').Points} told */
    add(told) {
      if (!job) return;
      job.rows += told.rows;
      if (told.verdicts.length) points.add(/** @type {Float32Array<ArrayBuffer>} */ (told.places), /** @type {Uint8Array<ArrayBuffer>} */ (told.verdicts));
      table.add(told.verdicts, told.errors);
      this.progress(told.done_bytes);
      box = widened(box, told.box);
      said = () => t('file.rows', { rows: rows() });
      view.state.textContent = said();
    },
    done() {
      const seconds = (performance.now() - begun_ms) / 1000;
      said = () => t('file.done', { rows: rows(), seconds: number(seconds, 1) });
      view.panel.dataset.done = seconds.toFixed(3);
      if (box) map.fitBounds([box[0], box[1], box[2], box[3]], { padding: 40, maxZoom: 12, animate: false });
    },
  };
}

/** Says what the worker tells. @param {ReturnType<typeof create_scoring>} scoring @param {() => void} on_end @param {() => void} on_stall */
const listener = (scoring, on_end, on_stall) => (/** @type {Told} */ told) => {
  const job = scoring.job();
  if (told.type === 'points') return scoring.add(told);
  if (told.type === 'progress') return scoring.progress(told.done_bytes);
  if (told.type === 'stalled') return told.stalled ? on_stall() : undefined;
  if (told.type === 'failed') scoring.say(() => t('file.failed', { message: told.messages.map(said_text).join('; ') }));
  if (told.type === 'done') scoring.done();
  if (told.type === 'scored' && job) hand_over(told.blob, job.file.name.replace(/(\.\w+)?$/, `-scored.${formats[job.kind].ending}`));
  on_end();
};

/** @param {{ kordon_map: import('../map/map.js').KordonMap, store: { get: () => Question }, on_stall: () => void }} page */
export function create_files({ kordon_map, store, on_stall }) {
  const points = create_points(kordon_map.map, () => verdict_colours(kordon_map.palette()));
  const table = create_table(points.show);
  const view = create_view(table.element);
  const scoring = create_scoring(kordon_map.map, points, table, view);
  const runner = create_runner(listener(scoring, () => stop(), on_stall), on_stall);
  const draw = () => view.draw(scoring.job()?.file.name ?? '', scoring.said(), runner.is_busy());

  function stop() {
    runner.stop();
    draw();
  }
  /** @param {'draw' | 'save'} task */
  function run(task) {
    const job = scoring.job();
    if (job) runner.run(task, job);
    draw();
  }
  /** @param {Pick<Job, 'file' | 'kind'>} what */
  function score({ file, kind }) {
    const { at, policy, activity, parameters } = store.get();
    scoring.begin({ file, kind, query: { at, policy, activity, ...parameters }, rows: 0 });
    run('draw');
  }
  view.on({
    cancel() {
      scoring.say(() => t('file.cancelled', { rows: scoring.rows() }));
      stop();
    },
    save() {
      view.bar.value = 0;
      run('save');
    },
    again() {
      const job = scoring.job();
      if (job) score(job);
    },
    close() {
      points.clear();
      table.clear();
      view.panel.hidden = true;
    },
  });
  return { take: taker(runner, view, score), redraw: () => { table.redraw(); draw(); } };
}

/** A file that is given takes the place of the one before. @param {ReturnType<typeof create_runner>} runner
 * @param {ReturnType<typeof create_view>} view @param {(what: Pick<Job, 'file' | 'kind'>) => void} score */
const taker = (runner, view, score) => async (/** @type {File} */ file) => {
  runner.stop();
  const kind = await kind_of(file);
  view.panel.hidden = false;
  by_id('intro').hidden = true;
  score({ file, kind });
  view.panel.scrollIntoView({ block: 'nearest' });
};

/** @param {Blob} blob @param {string} name */
function hand_over(blob, name) {
  const link = el('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
