// A file that is dropped on the page, or chosen: scored by the service and drawn while that goes on.
import { url_of } from '../ask/service.js';
import { verdict_colours } from '../map/palette.js';
import { by_id, el } from '../panel/dom.js';
import { number } from '../words/format.js';
import { t } from '../words/words.js';
import { formats, kind_of } from './format.js';
import { create_points } from './points.js';
import { create_table } from './table.js';

const pause_ms = 700;

/** @typedef {import('./worker.js').Told} Told */
/** @typedef {import('../ask/link.js').Question} Question */

/** @param {{ kordon_map: import('../map/map.js').KordonMap, store: { get: () => Question }, on_stall: () => void }} page */
export function create_files({ kordon_map, store, on_stall }) {
  const { map } = kordon_map;
  const points = create_points(map, () => verdict_colours(kordon_map.palette()));
  const table = create_table(points.show);
  const panel = by_id('file');
  const bar = el('progress', { max: 1, value: 0 });
  const title = el('h2', { id: 'file-title' });
  const state = el('p', { class: 'soft', id: 'file-state', role: 'status' });
  const [cancel, save, again, close] = ['file-cancel', 'file-save', 'file-again', 'file-close'].map((id) => el('button', { type: 'button', id }));
  panel.append(title, bar, state, table.element, el('div', { class: 'file-actions' }, cancel, save, again, close));
  /** @type {Worker | null} */
  let worker = null;
  /** @type {{ file: File, kind: import('./format.js').Kind, query: Record<string, string | number>, rows: number } | null} */
  let job = null;
  /** @type {number[] | null} */
  let box = null;
  /** @type {() => string} */
  let said = () => '';
  let begun_ms = 0;

  function draw() {
    const busy = worker !== null;
    title.textContent = job?.file.name ?? '';
    bar.setAttribute('aria-label', t('file.progress'));
    state.textContent = said();
    [cancel, save, again, close].forEach((button, i) => { button.textContent = t(/** @type {const} */ (['file.cancel', 'file.save', 'file.again', 'file.close'])[i]); });
    cancel.hidden = !busy;
    for (const button of [save, again, close]) button.hidden = busy;
    bar.hidden = !busy;
  }
  function stop() {
    worker?.terminate();
    worker = null;
  }
  /** @param {'draw' | 'save'} task @param {(told: Told) => void} hear */
  function run(task, hear) {
    if (!job) return;
    stop();
    const { file, kind, query } = job;
    worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    const mine = worker;
    let loaded = false;
    mine.onmessage = ({ data }) => {
      loaded = true;
      hear(data);
    };
    // The worker itself comes from the service, which may be gone.
    mine.onerror = () => {
      if (loaded) return finish({ type: 'failed', message: 'the page could not go on' });
      on_stall();
      setTimeout(() => { if (worker === mine) run(task, hear); }, pause_ms);
    };
    worker.postMessage({ task, file, kind, sent_as: formats[kind].sent_as, url: url_of('v1/evaluate', query).href });
    draw();
  }
  /** @param {number} done_bytes */
  const progress = (done_bytes) => { bar.value = done_bytes / Math.max(1, job?.file.size ?? 1); };

  /** @param {Told} told */
  function hear(told) {
    if (told.type === 'points' && job) {
      job.rows += told.rows;
      if (told.verdicts.length) points.add(/** @type {Float32Array<ArrayBuffer>} */ (told.places), /** @type {Uint8Array<ArrayBuffer>} */ (told.verdicts));
      table.add(told.verdicts, told.errors);
      progress(told.done_bytes);
      widen(told.box);
      said = () => t('file.rows', { rows: number(job?.rows ?? 0, 0) });
      state.textContent = said();
    } else if (told.type === 'progress') progress(told.done_bytes);
    else if (told.type === 'stalled') {
      if (told.stalled) on_stall();
    } else finish(told);
  }
  /** @param {Told} told */
  function finish(told) {
    stop();
    const seconds = (performance.now() - begun_ms) / 1000;
    if (told.type === 'failed') said = () => t('file.failed', { message: told.message });
    if (told.type === 'done') {
      said = () => t('file.done', { rows: number(job?.rows ?? 0, 0), seconds: number(seconds, 1) });
      panel.dataset.done = seconds.toFixed(3);
      if (box) map.fitBounds([box[0], box[1], box[2], box[3]], { padding: 40, maxZoom: 12, animate: false });
    }
    if (told.type === 'scored' && job) hand_over(told.blob, job.file.name.replace(/(\.\w+)?$/, `-scored.${formats[job.kind].ending}`));
    draw();
  }
  /** @param {number[] | null} by */
  function widen(by) {
    if (!by) return;
    box = box ? [Math.min(box[0], by[0]), Math.min(box[1], by[1]), Math.max(box[2], by[2]), Math.max(box[3], by[3])] : by;
  }
  function score() {
    if (!job) return;
    const { at, policy, activity, parameters } = store.get();
    job = { ...job, query: { at, policy, activity, ...parameters }, rows: 0 };
    box = null;
    delete panel.dataset.done;
    points.clear();
    table.clear();
    bar.value = 0;
    begun_ms = performance.now();
    said = () => t('file.sending');
    run('draw', hear);
  }
  /** @param {File} file */
  async function take(file) {
    stop();
    job = { file, kind: await kind_of(file), query: {}, rows: 0 };
    panel.hidden = false;
    by_id('intro').hidden = true;
    score();
    panel.scrollIntoView({ block: 'nearest' });
  }

  cancel.addEventListener('click', () => {
    stop();
    said = () => t('file.cancelled', { rows: number(job?.rows ?? 0, 0) });
    draw();
  });
  save.addEventListener('click', () => { bar.value = 0; run('save', hear); });
  again.addEventListener('click', score);
  close.addEventListener('click', () => {
    points.clear();
    table.clear();
    panel.hidden = true;
  });
  return { take, redraw: () => { table.redraw(); draw(); } };
}

/** @param {Blob} blob @param {string} name */
function hand_over(blob, name) {
  const link = el('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
