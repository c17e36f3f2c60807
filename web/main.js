// The whole page: the map, and the panel that shows what is said of a place.
import { create_drop } from './files/drop.js';
import { create_late } from './late.js';
import { look_at, zoom_for } from './map/look.js';
import { create_page, place_of } from './page.js';
import { by_id } from './panel/dom.js';
import { create_panel } from './panel/panel.js';
import { border_of } from './panel/reasons.js';
import { create_search } from './panel/search.js';
import { hand_over } from './panel/hand_over.js';
import { lines_of_text, sentence } from './panel/sentence.js';
import { create_switches } from './panel/switches.js';
import { Unreachable } from './ask/service.js';
import { kept } from './words/kept.js';
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
    for (const late of [files, tracks, tools, places, picture]) late.again();
    places.also((kept_places) => kept_places.again());
    tracks.also((shown) => shown.again());
  },
});
const { store } = page;

/** @param {unknown} fault */
const gone = (fault) => page.on_fault(new Unreachable(String(fault)));

// Each in a module of its own, which the first view does not wait for.
const files = create_late((again) => import(`./files/files.js${again}`).then(({ create_files }) => create_files({ ...page, on_stall: () => gone('a file waits'), on_shapes: (/** @type {import('./tracks/scoring.js').Given} */ given) => tracks.use(({ take }) => take(given)) })), gone);
const tracks = create_late((again) => import(`./tracks/tracks.js${again}`).then(({ create_tracks }) => create_tracks(page)), gone);
const tools = create_late((again) => import(`./map/tools.js${again}`).then(({ create_tools }) => create_tools(page, page.kordon_map.on_basemap, (/** @type {import('./tracks/read.js').Feature} */ feature) => tracks.use(({ add }) => add(feature)))), gone);
const places = create_late((again) => import(`./panel/places.js${again}`).then(({ create_places }) => create_places({ ...page, go: () => { looks = true; } })), gone);
const picture = create_late((again) => import(`./map/picture.js${again}`), gone);

panel = create_panel(page, {
  ask: store.set,
  go: look,
});
search = create_search(page.cities, (found) => {
  looks = true;
  store.set({ lon: found.lon, lat: found.lat, accuracy_m: found.accuracy_m });
}, page.on_fault);
create_drop((file) => files.use(({ take }) => take(file)));
by_id('keep-place').addEventListener('click', () => {
  const { lon, lat, accuracy_m } = store.get();
  if (lon !== null && lat !== null) places.use((kept_places) => kept_places.keep({ lon, lat, accuracy_m }));
});
by_id('save-picture').addEventListener('click', () => picture.use(async ({ picture_of }) => {
  const words = latest ? sentence(latest, page.own_verdict(latest), page.policy()) : '';
  hand_over(await picture_of(page.kordon_map.map, lines_of_text(words, 130)), 'kordon.png');
}));
page.kordon_map.complete.then(() => {
  tools.use(() => {});
  if (kept('kordon-places')) places.use(() => {});
});
create_switches((is_dark) => {
  page.kordon_map.set_dark(is_dark);
  tracks.also(({ recolour }) => recolour());
});
on_language(() => {
  panel?.redraw();
  search?.translate();
  files.also((shown) => shown.redraw());
  tracks.also((shown) => shown.redraw());
});
search.translate();
page.begin();
