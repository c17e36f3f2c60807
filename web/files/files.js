// A file that is dropped on the page, or chosen: scored by the service and drawn while that goes on.
import { verdict_colours } from '../map/palette.js';
import { look_at } from '../map/look.js';
import { by_id } from '../panel/dom.js';
import { t } from '../words/words.js';
import { create_columns } from './columns.js';
import { look_exchanged } from './exchanged.js';
import { formats, kind_of, text_of_file, what_else } from './format.js';
import { create_points } from './points.js';
import { create_row_card } from './row_card.js';
import { create_row_store } from './row_store.js';
import { create_row_table } from './row_table.js';
import { columns_of, row_text } from './row_text.js';
import { create_runner } from './runner.js';
import { create_scoring, listener } from './scoring.js';
import { create_table } from './table.js';
import { shapes_in } from './shapes_in.js';
import { create_hint, create_view } from './view.js';

/** @typedef {import('./scoring.js').Parts} Parts */
/** @typedef {import('./scoring.js').Scoring} Scoring */
/** @typedef {import('./runner.js').Job} Job */
/** @typedef {import('../ask/link.js').Question} Question */
/** @typedef {{ kordon_map: import('../map/map.js').KordonMap, store: { get: () => Question, set: (changes: Partial<Question>) => void },
 *   take_click: (taker: (event: any) => boolean) => void, on_stall: () => void, on_shapes: (given: { name: string, file: Blob, kind: 'gpx' | 'geojson' }) => void }} Page */

const narrow = matchMedia('(max-width: 760px)');

/** The rows of the file: their texts, the table beside the map, and the card under the hand. @param {Page} page @param {Parts} parts @param {() => Job | null} job @param {(outcome: number) => boolean} is_shown @param {() => boolean} is_busy */
function create_rows({ kordon_map: { map }, store, take_click }, { rows, table }, job, is_shown, is_busy) {
  /** @type {{ names: string[], delimiter: string }} */
  let columns = { names: [], delimiter: '' };
  const text_of = async (/** @type {number} */ row) => {
    const now = job();
    return now ? row_text({ ...now, ...columns }, rows.row(row)) : { text: '', cells: [] };
  };
  /** @param {number} row */
  function show(row) {
    const { lon, lat } = rows.row(row);
    row_table.mark(row);
    if (Number.isNaN(lon)) return;
    look_at(map, { lon, lat }, undefined);
    store.set({ lon: Number(lon.toFixed(7)), lat: Number(lat.toFixed(7)) });
  }
  const row_table = create_row_table(rows, { on_row: show, text_of, message_of: table.message_of });
  const row_at = create_row_card(map, rows, { text_of, is_shown, is_idle: () => !is_busy() });
  take_click((event) => {
    const row = is_busy() ? null : row_at(event);
    if (row === null) return false;
    if (!row_table.is_open()) row_table.open(job()?.name ?? '');
    row_table.mark(row);
    const { lon, lat } = rows.row(row);
    store.set({ lon: Number(lon.toFixed(7)), lat: Number(lat.toFixed(7)) });
    return true;
  });
  return {
    table: row_table,
    /** @param {number} line */
    show_line(line) {
      const row = rows.of_line(line);
      if (row < 0) return;
      row_table.open(job()?.name ?? '');
      show(row);
    },
    /** @param {typeof columns} found */
    columns(found) { columns = found; },
  };
}

/** What is asked of each row. Where times are written in another form that of the map would be none. @param {Question} question @param {import('./columns.js').Choice} choice
 * @returns {Record<string, string | number>} */
const query_of = ({ at, policy, activity, parameters }, choice) => ({ ...(choice.at_format ? {} : { at }), policy, activity, ...parameters, ...choice });

/** @param {Page} page */
export function create_files(page) {
  const { kordon_map, store, on_stall, on_shapes } = page;
  const { map } = kordon_map;
  const points = create_points(map, () => verdict_colours(kordon_map.palette()));
  let shown = [true, true, true, true];
  const table = create_table((now) => points.show(shown = [...now]), (line) => rows_shown.show_line(line));
  const columns = create_columns(() => again());
  const hint = create_hint(() => columns.exchange());
  const view = create_view(hint.element, columns.element, table.element);
  const parts = { map, points, table, view, rows: create_row_store(), columns, hint };
  const scoring = create_scoring(parts);
  const { job } = scoring;
  const runner = create_runner(listener(scoring, { end: () => stop(), stall: on_stall, done: () => after(), failed: () => columns.open() }), on_stall);
  const rows_shown = create_rows(page, parts, job, (outcome) => shown[outcome], runner.is_busy);
  const draw = () => view.draw(job()?.name ?? view.panel.dataset.name ?? '', scoring.said(), runner.is_busy(), job()?.kind);

  function stop() {
    runner.stop();
    draw();
  }
  function after() {
    if (!narrow.matches) rows_shown.table.open(job()?.name ?? '');
    look_exchanged(parts.rows, scoring.swapped()).then((found) => hint.tell(found, Boolean(columns.taken().lon)), () => {});
  }
  /** @param {import('./runner.js').Task} task */
  function run(task) {
    const now = job();
    if (task !== 'draw') view.bar.value = 0;
    if (now) runner.run(task, now);
    draw();
  }
  /** @param {Pick<Job, 'name' | 'file' | 'kind'>} what */
  function score(what) {
    rows_shown.table.close();
    scoring.begin({ ...what, query: query_of(store.get(), columns.choice()), rows: 0 });
    run('draw');
  }
  function again() {
    const now = job();
    if (now) score(now);
  }
  view.on(actions_of({ job, scoring, run, stop, again, table: rows_shown.table, panel: view.panel }));
  const redraw = () => {
    for (const part of [table, columns, hint]) part.draw();
    if (rows_shown.table.is_open()) rows_shown.table.draw();
    draw();
  };
  return { take: taker({ runner, view, scoring, columns, draw, on_shapes }, rows_shown.columns, score), redraw };
}

/** @param {{ job: () => Job | null, scoring: Scoring, run: (task: import('./runner.js').Task) => void, stop: () => void, again: () => void, table: ReturnType<typeof create_row_table>, panel: HTMLElement }} of
 * @returns {Record<import('./view.js').Action, () => void>} */
const actions_of = ({ job, scoring, run, stop, again, table, panel }) => ({
  cancel() {
    scoring.say(() => t('file.cancelled', { rows: scoring.count() }));
    stop();
  },
  table: () => (table.is_open() ? table.close() : table.open(job()?.name ?? '')),
  save: () => run({ saved_as: formats[/** @type {Job} */ (job()).kind].sent_as }),
  save_csv: () => run({ saved_as: 'text/csv' }),
  save_geojson: () => run({ saved_as: 'application/geo+json-seq' }),
  again,
  close() {
    scoring.begin(null);
    table.close();
    panel.hidden = true;
  },
});

/** A file that is given takes the place of the one before. @param {{ runner: ReturnType<typeof create_runner>, scoring: Scoring, draw: () => void, on_shapes: Page['on_shapes'] } & Pick<Parts, 'view' | 'columns'>} of
 * @param {(found: { names: string[], delimiter: string }) => void} on_columns @param {(what: Pick<Job, 'name' | 'file' | 'kind'>) => void} score */
const taker = ({ runner, view, scoring, columns, draw, on_shapes }, on_columns, score) => async (/** @type {File} */ given) => {
  const what = await what_else(given);
  const { name, file } = await text_of_file(given);
  const shapes = what ? null : await shapes_in(file);
  if (shapes) return on_shapes({ name, file, kind: shapes });
  runner.stop();
  view.panel.hidden = false;
  by_id('intro').hidden = true;
  if (what) {
    view.panel.dataset.name = given.name;
    scoring.begin(null);
    scoring.say(() => t('file.other', { name: given.name, what }));
    columns.begin([]);
    return draw();
  }
  const kind = await kind_of(name, file);
  const found = await columns_of(file, kind);
  on_columns(found);
  columns.begin(found.names);
  score({ name, file, kind });
  view.panel.scrollIntoView({ block: 'nearest' });
};
