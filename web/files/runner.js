// Runs one job at a time off the page's thread.
import { url_of } from '../ask/service.js';
import { t } from '../words/words.js';
import { formats } from './format.js';

const pause_ms = 700;

/** @typedef {import('./worker.js').Told} Told */
/** `name` of the file, `file` its text. @typedef {{ name: string, file: Blob, kind: import('./format.js').Kind, query: Record<string, string | number>, rows: number }} Job */
/** What a file is scored for: to be drawn, or to be given back in this media type. @typedef {'draw' | { saved_as: string }} Task */

/** @param {(told: Told) => void} hear @param {() => void} on_stall */
export function create_runner(hear, on_stall) {
  /** @type {Worker | null} */
  let worker = null;
  function stop() {
    worker?.terminate();
    worker = null;
  }
  /** @param {Task} task @param {Job} job */
  function run(task, job) {
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
      setTimeout(() => { if (worker === mine) run(task, job); }, pause_ms);
    };
    const { file, kind, query } = job;
    const { sent_as } = formats[kind];
    worker.postMessage({ task: task === 'draw' ? 'draw' : 'save', file, kind, sent_as, wanted: task === 'draw' ? 'application/geo+json-seq' : task.saved_as, url: url_of('v1/evaluate', query).href });
  }
  return { run, stop, is_busy: () => worker !== null };
}
