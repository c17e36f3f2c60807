// What both pages share: the policies, the question of the link, the map with its shapes and its marker, and one answer
// after another.
import { create_asker } from './ask/asker.js';
import { create_health } from './ask/health.js';
import { create_address } from './ask/address.js';
import { from_link, to_link } from './ask/link.js';
import { of_id, whole_question } from './ask/question.js';
import { get, Problem } from './ask/service.js';
import { create_store } from './ask/store.js';
import { create_legend } from './map/legend.js';
import { create_map, sight_of } from './map/map.js';
import { create_position } from './map/position.js';
import { create_shapes, rules_of } from './map/shapes.js';
import { by_id } from './panel/dom.js';
import { create_notice } from './panel/notice.js';
import { border_of } from './panel/reasons.js';
import { distance, lat_lon } from './words/format.js';
import { AttributionControl } from './vendor/maplibre-gl.mjs';
import { is_dark } from './words/theme.js';
import { language, on_language, t, write_page } from './words/words.js';

/** @typedef {import('./ask/types.js').Policy} Policy */
/** @typedef {import('./ask/types.js').Evaluation} Evaluation */
/** @typedef {import('./ask/types.js').Verdict} Verdict */
/** @typedef {import('./ask/link.js').Question} Question */

/** The whole zone that ships, on a map this wide. */
const first_view = { lon: 37, lat: 50.55, zoom: 6.4, width_px: 800 };
const place_zoom = 8;
const patience_ms = 700;

/** @returns {Promise<Policy[]>} */
async function all_policies() {
  const { policies } = await get('v1/policies');
  return Promise.all(policies.map((/** @type {{ url: string }} */ { url }) => get(url.replace(/^\//, ''))));
}

/** Waits out a service that is not there yet. @template T @param {() => Promise<T>} ask @param {(fault: unknown) => boolean} gone */
async function patiently(ask, gone) {
  for (;;) {
    try {
      return await ask();
    } catch (fault) {
      if (!gone(fault)) throw fault;
      await new Promise((done) => setTimeout(done, patience_ms));
    }
  }
}

/** @param {Question} question */
export const place_of = ({ lon, lat }) => (lon === null || lat === null ? null : { lon, lat });

/** As OpenStreetMap asks for; what else a configuration states is text, not HTML. @param {string} name */
function linked(name) {
  const text = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return text.replace(/© OpenStreetMap contributors/, '<a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">$&</a>');
}

/** Each source once: what another attribution begins with says nothing new. That of tiles stands in their source, that of a
 * style here. @param {Policy[]} policies @param {import('./ask/types.js').Basemap | null} basemap */
function attribution_of(policies, basemap) {
  const parts = policies[0].metadata.layers.flatMap(({ attribution, licence }) =>
    attribution.split('; ').map((name) => ({ name, licence: licence.includes(';') ? '' : ` (${licence})` })));
  return parts.filter(({ name }, i) => !parts.some((other, k) => (k < i || other.name.length < name.length) && name.startsWith(other.name)))
    .map(({ name, licence }) => linked(name) + licence)
    .concat(basemap?.kind === 'style' ? basemap.attribution : []);
}

/** @param {ReturnType<typeof from_link>} link @param {number} width_px of the map */
function view_of({ view, question: { lon, lat } }, width_px) {
  if (view) return view;
  if (typeof lon === 'number' && typeof lat === 'number') return { lon, lat, zoom: place_zoom };
  return { ...first_view, zoom: first_view.zoom + Math.min(0, Math.log2(width_px / first_view.width_px)) };
}

/** Tells of faults: the service is gone, or it refuses. @param {() => void} after_return */
function create_faults(after_return) {
  const notice = create_notice();
  const health = create_health((up) => {
    if (!up) return notice.down();
    notice.back();
    after_return();
  });
  on_language(notice.translate);
  /** @param {unknown} fault */
  const on_fault = (fault) => {
    if (health.noted(fault)) return;
    if (fault instanceof Problem) notice.refused(fault.messages);
    else if (/** @type {Error} */ (fault).name !== 'AbortError') throw fault;
  };
  return { health, on_fault, notice };
}

/** What the page needs before anything can be shown; all is asked for at once and answered while the map is made.
 * @param {ReturnType<typeof create_faults>} faults @param {ReturnType<typeof create_legend>} legend */
async function load({ health, on_fault }, legend) {
  const link = from_link(location.hash);
  const view = view_of(link.faults.length ? from_link('') : link, by_id('map').clientWidth);
  const shapes = create_shapes(on_fault);
  const asked = patiently(all_policies, health.noted);
  const basemap = patiently(() => get('web/settings.json'), health.noted).then((settings) => settings.basemap);
  const whole = asked.then((found) => whole_question(link, found));
  const question = whole.then((found) => found.question);
  const policy = asked.then(async (found) => of_id(found, (await question).policy));
  const first = shapes.first(sight_of(view, by_id('map')), question, policy, (ask) => patiently(ask, health.noted));
  const kordon_map = await create_map(by_id('map'), { basemap, view, dark: is_dark(), language: language() }, first);
  const policies = await asked;
  const { map } = kordon_map;
  map.addControl(new AttributionControl({ compact: false, customAttribution: attribution_of(policies, await basemap) }), 'bottom-right');
  map.addControl(legend.control, 'bottom-left');
  shapes.follow(kordon_map);
  const cities = (await first).cities.features;
  return { policies, shapes, kordon_map, cities, store: create_store(await question), link_faults: (await whole).faults };
}

/** The marker says what the latest answer says. @param {ReturnType<typeof create_position>} position @param {() => Question} now
 * @param {() => string | undefined} verdict */
const labeller = (position, now, verdict) => () => {
  const at = place_of(now());
  if (!at) return;
  position.label({ verdict: verdict(), pin: t('pin', lat_lon(at.lat, at.lon)), grip: t('grip', { accuracy: distance(now().accuracy_m) }) });
};

/** @param {Question} question @returns {Promise<Evaluation>} */
const evaluate = ({ lon, lat, accuracy_m, at, policy, parameters }) =>
  get('v1/evaluate', { lon: lon ?? 0, lat: lat ?? 0, accuracy_m, at, policy, ...parameters });

/** What else a click may mean: true if it did. @typedef {(event: import('./vendor/maplibre-gl.mjs').MapMouseEvent) => boolean} ClickTaker */

/** Clicks and links ask. @param {import('./map/map.js').KordonMap['map']} map @param {Policy[]} policies @param {(changes: Partial<Question>) => void} ask
 * @param {ClickTaker[]} takers */
function follow_hand(map, policies, ask, takers) {
  map.on('click', (event) => {
    if (takers.some((takes) => takes(event))) return;
    const { lng, lat } = event.lngLat.wrap();
    ask({ lon: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)) });
  });
  window.addEventListener('hashchange', ({ newURL }) => {
    // The address may have been written anew since.
    const { hash } = new URL(newURL);
    if (!hash.includes('=')) return; // an anchor of the page
    const link = from_link(hash);
    const { question, faults } = whole_question(link, policies);
    if (faults.length > 0) return location.reload(); // refused as if it had been opened
    ask(question);
    if (link.view) map.jumpTo({ center: [link.view.lon, link.view.lat], zoom: link.view.zoom });
  });
}

/** One question after another: what is asked is shown, and what is answered. @param {Awaited<ReturnType<typeof load>>} loaded
 * @param {ReturnType<typeof create_legend>} legend @param {(fault: unknown) => void} on_fault @param {Told} told */
function create_asking({ policies, shapes, kordon_map, store }, legend, on_fault, told) {
  const now = store.get;
  const policy = () => of_id(policies, now().policy);
  const own_verdict = (/** @type {Evaluation} */ given) =>
    given.verdicts.find((verdict) => verdict.policy === now().policy && verdict.activity === now().activity) ?? given.verdicts[0];
  const link = () => to_link(now(), kordon_map.view());
  const address = create_address(link);
  const position = create_position(kordon_map, { on_move: store.set, on_accuracy: (accuracy_m) => store.set({ accuracy_m }) });
  /** @type {Evaluation | null} */
  let latest = null;
  const label = labeller(position, now, () => (latest ? own_verdict(latest).verdict : undefined));

  function show(/** @type {Evaluation} */ answer) {
    latest = answer;
    told.on_answer(answer);
    const border = border_of(answer, policy());
    position.reach(border?.nearest);
    if (border) kordon_map.set_band(Math.hypot(border.accuracy_m, answer.position.accuracy_m), answer.position.lat);
    legend.place(own_verdict(answer).verdict === 'indeterminate');
    label();
  }
  const ask = create_asker(evaluate, show, on_fault);
  function put() {
    told.on_question(now());
    legend.zones(rules_of(policy(), now()).map(({ effect }) => effect));
    shapes.zones(policy(), now());
    const at = place_of(now());
    if (at) {
      position.show(at, now().accuracy_m);
      label();
      ask(now());
    }
    address.asked();
  }
  store.subscribe((question, before) => {
    put();
    if (latest && question.activity !== before.activity) show(latest);
  });
  kordon_map.map.on('moveend', address.follow);
  return { policy, own_verdict, link, label, put, address };
}

/** @typedef {{ on_question: (question: Question) => void, on_answer: (answer: Evaluation) => void, on_return?: () => void }} Told */

/** @param {Told} told */
export async function create_page(told) {
  write_page();
  let again = () => {};
  const faults = create_faults(() => again());
  const legend = create_legend();
  const loaded = await load(faults, legend);
  const { policies, shapes, kordon_map, store } = loaded;
  const { policy, own_verdict, link, label, put, address } = create_asking(loaded, legend, faults.on_fault, told);
  /** @type {ClickTaker[]} */
  const takers = [];
  follow_hand(kordon_map.map, policies, store.set, takers);
  on_language(() => {
    label();
    legend.translate();
    kordon_map.set_language(language());
  });

  /** What the link asks is not shown as something else. @param {import('./ask/link.js').LinkFault[]} wrong */
  function refuse(wrong) {
    address.leave();
    faults.notice.link(wrong);
    store.subscribe(faults.notice.asked);
  }

  return {
    policies, store, kordon_map, policy, own_verdict, on_fault: faults.on_fault,
    cities: () => loaded.cities,
    /** The first that takes a click has it. @param {ClickTaker} taker */
    take_click(taker) { takers.unshift(taker); },
    link: () => new URL(link(), location.href).href,
    /** Draws and asks for the first time. */
    begin() {
      again = () => {
        shapes.again(policy(), store.get());
        put();
        told.on_return?.();
      };
      put();
      if (loaded.link_faults.length > 0) refuse(loaded.link_faults);
      kordon_map.complete.then(() => get('web/data/land.json')).then((land) => kordon_map.set_data('land', land)).catch(faults.on_fault);
      kordon_map.complete.then(() => { document.documentElement.dataset.ready = String(Math.round(performance.now())); });
    },
  };
}
