// One box for a city, a link or a position in any notation: positions are the service's to read.
import { from_link } from '../ask/link.js';
import { get, Problem } from '../ask/service.js';
import { language, t } from '../words/words.js';
import { by_id, el } from './dom.js';
import { create_locate } from './locate.js';
import { said } from './said.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {{ lon: number, lat: number, accuracy_m: number, read_as?: string }} Place `read_as`: the notation, in the service's words */

/** Cities are known to a hundredth of a degree. */
const city_accuracy_m = 1000;

/** Whatever the case and the kind of apostrophe. @param {string} name */
const plain = (name) => name.trim().toLowerCase().normalize('NFC').replace(/[’'ʼ`]/g, '');

/** @param {string} text @param {GeoJSON.Feature[]} cities @returns {Place | null} */
function city_of(text, cities) {
  const wanted = plain(text);
  const found = cities.find(({ properties }) => properties?.rank > 0 && [properties?.name_en, properties?.name_uk].some((name) => plain(name) === wanted));
  if (found?.geometry.type !== 'Point') return null;
  const [lon, lat] = found.geometry.coordinates;
  return { lon, lat, accuracy_m: city_accuracy_m };
}

/** @param {string} text @returns {Place | null} */
function link_of(text) {
  const { question: { lon, lat, accuracy_m }, faults } = from_link(text.slice(text.indexOf('#') + 1));
  return faults.length === 0 && typeof lon === 'number' && typeof lat === 'number' ? { lon, lat, accuracy_m: accuracy_m ?? 0 } : null;
}

/** Two plain numbers, each of which could be a latitude. @param {string} text @returns {[number, number] | null} */
function pair_of(text) {
  const found = text.match(/^\s*([-+]?\d+(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*$/);
  const numbers = /** @type {[number, number]} */ (found?.slice(1).map(Number) ?? [NaN, NaN]);
  return numbers.every((degrees) => Math.abs(degrees) <= 90) ? numbers : null;
}

/** @param {Evaluation} answer */
const is_in_a_region = ({ regions }) => regions.some(({ state }) => state !== 'outside');

/** How the service reads a text. Where the two numbers may be either way round, and only the other way lies in a region, both are offered.
 * @param {string} text @returns {Promise<{ found: Place, other: Place | null, doubtful: boolean }>} */
async function read(text) {
  const pair = pair_of(text);
  const [answer, other] = await Promise.all([
    get('v1/evaluate', { position: text }),
    pair && get('v1/evaluate', { lon: pair[0], lat: pair[1] }).catch(() => null),
  ]);
  const same = other && other.position.lon === answer.position.lon && other.position.lat === answer.position.lat;
  return { found: answer.position, other: other && !same ? other.position : null, doubtful: Boolean(other) && !is_in_a_region(answer) && is_in_a_region(other) };
}

/** @param {Place} place */
const latitude_first = ({ lat, lon }) => t('search.reading', { lat: String(lat), lon: String(lon) });

/** What was read in a text that has two readings. @param {HTMLElement} element @param {(place: Place) => void} choose */
function create_readings(element, choose) {
  const button = (/** @type {Place} */ place) => {
    const one = el('button', { type: 'button', class: 'quiet' }, latitude_first(place));
    one.addEventListener('click', () => choose(place));
    return one;
  };
  return {
    /** @param {Place} found @param {Place} other */
    ask(found, other) { element.replaceChildren(t('search.which'), button(found), button(other)); },
    /** @param {Place} found @param {Place | null} other */
    tell(found, other) {
      const notation = found.read_as ? [' ', said(found.read_as), ':'] : [];
      const reading = el('span', {}, t('search.read_as'), ...notation, ` ${latitude_first(found)}.`);
      element.replaceChildren(reading, ...(other ? [t('search.or'), button(other)] : []));
    },
    clear() { element.replaceChildren(); },
  };
}

/** @param {ReturnType<typeof create_readings>} readings @param {() => GeoJSON.Feature[]} cities
 * @param {{ complain: (messages: string[]) => void, on_found: (found: Place) => void, on_fault: (fault: unknown, text: string) => void }} told */
function create_finder(readings, cities, { complain, on_found, on_fault }) {
  let latest = 0;
  return async (/** @type {string} */ text) => {
    const own = ++latest;
    complain([]);
    readings.clear();
    const known = city_of(text, cities()) ?? link_of(text);
    if (known) return on_found(known);
    try {
      const { found, other, doubtful } = await read(text);
      if (own !== latest) return;
      if (other && doubtful) return readings.ask(found, other);
      on_found(found);
      readings.tell(found, other);
    } catch (fault) {
      if (own !== latest) return;
      if (fault instanceof Problem) complain(fault.messages);
      else on_fault(fault, text);
    }
  };
}

/**
 * @param {() => GeoJSON.Feature[]} cities
 * @param {(found: Place) => void} on_found
 * @param {(fault: unknown) => void} on_fault what is no fault of the text
 */
export function create_search(cities, on_found, on_fault) {
  const form = /** @type {HTMLFormElement} */ (by_id('search'));
  const box = /** @type {HTMLInputElement} */ (by_id('position'));
  const complaint = by_id('search-fault');
  let waiting = '';
  /** @type {{ lon: number, lat: number } | null} */
  let shown = null;
  const complain = (/** @type {string[]} */ messages) => {
    complaint.replaceChildren(...messages.flatMap((message, i) => (i ? ['; ', said(message)] : [said(message)])));
    if (messages.length > 0) box.setAttribute('aria-invalid', 'true');
    else box.removeAttribute('aria-invalid');
  };
  const readings = create_readings(by_id('search-readings'), (place) => {
    readings.clear();
    on_found(place);
  });

  const find = create_finder(readings, cities, { complain, on_found, on_fault: (fault, text) => { waiting = text; on_fault(fault); } });
  const ask = (/** @type {string} */ text) => {
    waiting = '';
    find(text);
  };
  create_locate(on_found, (message) => complain([message]));
  box.addEventListener('input', () => complain([]));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text) ask(text);
    else box.focus();
  });

  return {
    /** After the service was gone, what was typed meanwhile is asked. */
    again() { if (waiting) ask(waiting); },
    /** The box says what is shown; of another place than that which was read nothing more is told.
     * @param {{ lon: number, lat: number } | null} place */
    show(place) {
      if (place?.lon !== shown?.lon || place?.lat !== shown?.lat) readings.clear();
      shown = place;
      if (place && document.activeElement !== box) box.value = `${place.lat}, ${place.lon}`;
    },
    translate() {
      box.placeholder = t('search.hint');
      by_id('cities').replaceChildren(...cities().filter(({ properties }) => properties?.rank > 0).map(({ properties }) => el('option', { value: properties?.[`name_${language()}`] })));
    },
  };
}
