// The whole page: the map, and the panel that shows what is said of a place.
import { create_drop } from './files/drop.js';
import { look_at, zoom_for } from './map/look.js';
import { create_page, place_of } from './page.js';
import { create_panel } from './panel/panel.js';
import { border_of } from './panel/reasons.js';
import { create_search } from './panel/search.js';
import { create_switches } from './panel/switches.js';
import { Unreachable } from './ask/service.js';
import { on_language } from './words/words.js';

/** @type {ReturnType<typeof create_panel> | undefined} */
let panel;
/** @type {ReturnType<typeof create_search> | undefined} */
let search;
/** @type {import('./ask/types.js').Evaluation | undefined} */
let latest;
/** Whether the map is to be sent to the place of the next answer. */
let looks = false;

/** A place of which nothing can be told is shown so near that the band of uncertainty is seen. */
function look() {
  if (!latest) return;
  const border = border_of(latest, page.policy());
  const unsure = page.own_verdict(latest).verdict === 'indeterminate' && border;
  const { position } = latest;
  look_at(page.kordon_map.map, position, border?.nearest, unsure ? zoom_for(Math.hypot(border.accuracy_m, position.accuracy_m), position.lat) : undefined);
}
const page = await create_page({
  on_question(question) {
    panel?.ask(question);
    search?.show(place_of(question));
  },
  on_answer(answer) {
    latest = answer;
    panel?.answer(answer);
    if (looks) look();
    looks = false;
  },
  on_return() {
    search?.again();
    files.again();
  },
});
const { store } = page;

/** The code for files comes with the first of them, or once the service is back. */
function create_late_files() {
  /** @type {Promise<ReturnType<typeof import('./files/files.js').create_files>> | null} */
  let late = null;
  /** @type {File | null} */
  let waiting = null;
  let tries = 0;
  const load = () => import(`./files/files.js${tries ? `?${tries}` : ''}`).then(({ create_files }) => create_files({ ...page, on_stall: () => page.on_fault(new Unreachable('a file waits')) }));

  /** @param {File} file */
  async function take(file) {
    try {
      late ??= load();
      await (await late).take(file);
    } catch (fault) {
      late = null;
      ++tries;
      waiting = file;
      page.on_fault(new Unreachable(String(fault)));
    }
  }
  return {
    take,
    again() {
      if (waiting) take(waiting);
      waiting = null;
    },
    redraw: () => late?.then((files) => files.redraw()),
  };
}


panel = create_panel(page, {
  ask: store.set,
  go: look,
});
search = create_search(page.cities, (found) => {
  looks = true;
  store.set({ lon: found.lon, lat: found.lat, accuracy_m: found.accuracy_m });
}, page.on_fault);
const files = create_late_files();
create_drop(files.take);
create_switches(page.kordon_map.set_dark);
on_language(() => {
  panel?.redraw();
  search?.translate();
  files.redraw();
});
search.translate();
page.begin();
