// The whole page: the map, and the panel that shows what is said of a place.
import { create_drop } from './files/drop.js';
import { create_files } from './files/files.js';
import { look_at } from './map/look.js';
import { create_page, place_of } from './page.js';
import { create_panel } from './panel/panel.js';
import { border_of } from './panel/reasons.js';
import { create_search } from './panel/search.js';
import { create_switches } from './panel/switches.js';
import { Unreachable } from './ask/service.js';
import { on_language } from './words/words.js';

/** @type {ReturnType<typeof create_panel> | undefined} */
let panel;
/** @type {import('./ask/types.js').Evaluation | undefined} */
let latest;
const page = await create_page({
  on_question: (question) => panel?.ask(question),
  on_answer(answer) {
    latest = answer;
    panel?.answer(answer);
  },
});
const { store } = page;
const { map } = page.kordon_map;

panel = create_panel(page, {
  ask: store.set,
  go() {
    const at = place_of(store.get());
    if (at) look_at(map, at, latest && border_of(latest, page.policy())?.nearest);
  },
});
const search = create_search((found) => {
  store.set(found.position);
  look_at(map, found.position, border_of(found, page.policy())?.nearest);
}, page.on_fault);
const files = create_files({ ...page, on_stall: () => page.on_fault(new Unreachable('a file waits')) });
create_drop(files.take);
create_switches(page.kordon_map.set_dark);
on_language(() => {
  panel?.redraw();
  search.translate();
  files.redraw();
});
search.translate();
page.begin();
