// Places that are kept and compared: each with its verdict for the question that is asked now. The browser keeps them, too.
import { reach, url_of } from '../ask/service.js';
import { distance, lat_lon } from '../words/format.js';
import { keep, kept } from '../words/kept.js';
import { on_language, t } from '../words/words.js';
import { by_id, el } from './dom.js';
import { border_of } from './reasons.js';
import { margin_text } from './verdict.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/link.js').Question} Question */
/** @typedef {{ lon: number, lat: number, accuracy_m: number }} Place */

const kept_as = 'kordon-places';
const most_places = 50;

/** @returns {Place[]} */
function read() {
  try {
    const found = JSON.parse(kept(kept_as) ?? '[]');
    return found.filter((/** @type {any} */ place) => ['lon', 'lat', 'accuracy_m'].every((key) => Number.isFinite(place?.[key]))).slice(0, most_places);
  } catch {
    return [];
  }
}

/** @param {Place} a @param {Place} b */
const is_same = (a, b) => a.lon === b.lon && a.lat === b.lat && a.accuracy_m === b.accuracy_m;

/** @param {Question} question @param {Place[]} places @returns {Promise<Evaluation[]>} */
async function evaluate({ at, policy, parameters }, places) {
  const body = JSON.stringify({ at, policy, ...parameters, items: places.map((place, id) => ({ id, ...place })) });
  const answer = await reach(url_of('v1/evaluate'), { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body });
  return (await answer.json()).items;
}

/** @param {Place} place @param {Evaluation | undefined} answer @param {Page} page @param {{ remove: () => void, go: () => void }} act */
function row(place, answer, page, act) {
  const { lat, lon } = lat_lon(place.lat, place.lon, place.accuracy_m);
  const go = el('button', { type: 'button', class: 'quiet' }, `${lat} ${lon}`);
  const remove = el('button', { type: 'button', class: 'quiet', 'aria-label': t('places.remove', { lat, lon }) }, '×');
  go.addEventListener('click', act.go);
  remove.addEventListener('click', act.remove);
  const own = answer?.verdicts && page.own_verdict(answer);
  const border = answer?.borders && border_of(answer, page.policy());
  return el('tr', { 'data-verdict': own?.verdict }, el('th', { scope: 'row' }, go),
    el('td', {}, own ? el('span', { class: 'row-verdict' }, el('span', { class: 'point', 'aria-hidden': 'true' }), t(`verdict.${own.verdict}`)) : ''),
    el('td', {}, own ? margin_text(own) : ''), el('td', {}, border ? distance(border.distance_m) : ''), el('td', {}, remove));
}

/** @typedef {{ store: { get: () => Question, set: (changes: Partial<Question>) => void, subscribe: (read: (now: Question, before: Question) => void) => void },
 *   own_verdict: (given: Evaluation) => import('../ask/types.js').Verdict, policy: () => import('../ask/types.js').Policy, on_fault: (fault: unknown) => void, go: () => void }} Page */

/** @param {Page} page @param {(without: Place) => void} remove */
function create_list(page, remove) {
  const body = el('tbody', {});
  const table = el('table', { class: 'places' }, body);
  const title = el('h2', { id: 'places-title' });
  const element = el('section', { id: 'places', 'aria-labelledby': 'places-title' }, title, el('div', { class: 'error-box', tabindex: 0, role: 'region', 'aria-labelledby': 'places-title' }, table));
  by_id('ask').before(element);
  return (/** @type {Place[]} */ places, /** @type {Evaluation[]} */ answers) => {
    element.hidden = places.length === 0;
    title.textContent = t('places');
    const heads = [t('rows.place'), t('rows.verdict'), t('margin'), t('border'), ''].map((head) => (head ? el('th', { scope: 'col' }, head) : el('td', {})));
    body.replaceChildren(...places.map((place, i) => row(place, answers[i], page, {
      remove: () => remove(place),
      go() {
        page.go();
        page.store.set(place);
      },
    })));
    table.replaceChildren(el('thead', {}, el('tr', {}, ...heads)), body);
  };
}

/** @param {Page} page */
export function create_places(page) {
  let places = read();
  /** @type {Evaluation[]} */
  let answers = [];
  let asked = 0;
  const list = create_list(page, (gone) => change(places.filter((other) => other !== gone)));
  const draw = () => list(places, answers);

  async function ask() {
    const mine = ++asked;
    if (places.length === 0) return draw();
    try {
      const found = await evaluate(page.store.get(), places);
      if (mine !== asked) return;
      answers = found;
      draw();
    } catch (fault) {
      page.on_fault(fault);
    }
  }
  /** @param {Place[]} now */
  function change(now) {
    places = now;
    answers = [];
    keep(kept_as, JSON.stringify(places));
    draw();
    ask();
  }
  page.store.subscribe((now, before) => {
    if (now.at !== before.at || now.policy !== before.policy || now.parameters !== before.parameters) ask();
    else if (now.activity !== before.activity) draw();
  });
  on_language(draw);
  ask();
  return {
    again: ask,
    /** @param {Place} place */
    keep(place) {
      if (!places.some((other) => is_same(other, place))) change([...places, place].slice(-most_places));
    },
  };
}
