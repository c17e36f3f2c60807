// Regions, borders and zones for what is in view, from the service's own collections.
import { get } from '../ask/service.js';
import { create_asker } from '../ask/asker.js';
import { lines_of } from '../panel/reasons.js';
import { nothing, tile_px } from './map.js';

/** @typedef {import('../ask/link.js').Question} Question */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {{ box: [number, number, number, number] | null, offset_deg: number }} Part */

const whole_span_deg = 100;
const exact_span_deg = 30;

/** The part of the regions that a view needs, with room to move in. @param {import('./map.js').Sight} seen @returns {Part} */
function part_of({ bounds, zoom }) {
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const pixel_deg = 360 / (tile_px * 2 ** zoom);
  const room = [(east - west) * 0.5, (north - south) * 0.5];
  if (east - west > whole_span_deg || west - room[0] < -180 || east + room[0] > 180) {
    return { box: null, offset_deg: Math.max(pixel_deg, 0.02) };
  }
  const box = [west - room[0], Math.max(south - room[1], -90), east + room[0], Math.min(north + room[1], 90)];
  // Below this the whole lines are soon cut, and no simpler version must be made first.
  return { box: /** @type {any} */ (box.map((d) => Number(d.toFixed(4)))), offset_deg: east - west < exact_span_deg ? 0 : pixel_deg };
}

/** @param {Part} have @param {import('./map.js').Sight} seen */
function still_good(have, { bounds, zoom }) {
  const pixel_deg = 360 / (tile_px * 2 ** zoom);
  if (have.box === null) return have.offset_deg <= pixel_deg * 2 && bounds.getEast() - bounds.getWest() > whole_span_deg;
  const [west, south, east, north] = have.box;
  const within = bounds.getWest() >= west && bounds.getEast() <= east && bounds.getSouth() >= Math.max(south, -90) && bounds.getNorth() <= Math.min(north, 90);
  return within && (have.offset_deg <= pixel_deg * 2) && east - west < 8 * (bounds.getEast() - bounds.getWest());
}

/** @param {Part} part @returns {Promise<GeoJSON.FeatureCollection>} */
async function get_regions(part) {
  const box = part.box?.join(',');
  const regions = await get('collections/regions/items', { bbox: box, 'clip-box': box, 'max-allowable-offset': part.offset_deg || undefined });
  regions.features.forEach((/** @type {GeoJSON.Feature} */ region, /** @type {number} */ i) => {
    region.properties = { ...region.properties, tone: i % 3 };
  });
  return regions;
}

/** @param {string[] | Promise<string[]>} of_policy ids of the sections that its rules name @returns {Promise<GeoJSON.FeatureCollection>} */
async function get_borders(of_policy) {
  const [borders, ids] = await Promise.all([get('collections/borders/items'), of_policy]);
  for (const border of borders.features) Object.assign(border.properties, { id: border.id, of_policy: ids.includes(border.id) });
  return borders;
}

/** What is in view of the zones of one question, drawn by these rules. @typedef {{ question: Question, part: Part, rules: string }} Zones */

/** @param {Zones} asked @returns {Promise<GeoJSON.FeatureCollection>} */
function get_zones({ question: { policy, activity, at, parameters }, part }) {
  const box = part.box?.join(',');
  return get('collections/zones/items', {
    policy, activity, datetime: at, ...parameters, bbox: box, 'clip-box': box, 'max-allowable-offset': part.offset_deg || undefined,
  });
}

/** @param {Question} question */
const zones_key_of = ({ policy, activity, at, parameters }) => JSON.stringify([policy, activity, at, parameters]);

/** The rules of an activity that are in force. @param {Policy} policy @param {Question} question */
export function rules_of(policy, { activity, at }) {
  const now = Date.parse(at);
  return policy.rules.filter((rule) =>
    rule.activity === activity && (!rule.from || now >= Date.parse(rule.from)) && (!rule.until || now < Date.parse(rule.until)));
}

/** @param {Policy} policy @param {Question} question */
const rules_key = (policy, question) => [policy.id, question.activity, ...rules_of(policy, question).map(({ id }) => id)].join();

/** @typedef {(ask: () => Promise<GeoJSON.FeatureCollection>) => Promise<GeoJSON.FeatureCollection>} Patient waits for a service that is not there yet */

/** All that a map shows first, asked for at once. What is refused is left out. @param {Part} part @param {Promise<Question>} asked
 * @param {Promise<string[]>} of_policy @param {Patient} patient @param {(fault: unknown) => void} on_fault */
async function first_shapes(part, asked, of_policy, patient, on_fault) {
  const or_nothing = (/** @type {() => Promise<GeoJSON.FeatureCollection>} */ ask) => patient(ask).catch((fault) => {
    on_fault(fault);
    return nothing;
  });
  const [regions, borders, zones, cities] = await Promise.all([
    or_nothing(() => get_regions(part)), or_nothing(() => get_borders(of_policy)), or_nothing(async () => get_zones({ question: await asked, part, rules: '' })),
    or_nothing(() => get('web/data/cities.json')),
  ]);
  return { regions, borders, zones, cities };
}

/** @param {import('./map.js').KordonMap} kordon_map */
const sight = ({ map }) => ({ bounds: map.getBounds(), zoom: map.getZoom() });

/** The regions that are in view, and which part of them it has. @param {(fault: unknown) => void} on_fault @param {() => import('./map.js').KordonMap} map */
function create_regions(on_fault, map) {
  /** @type {Part | null} */
  let have = null;
  const ask = create_asker(get_regions, (regions) => map().set_data('regions', regions), (fault) => {
    have = null;
    on_fault(fault);
  });
  return {
    /** @param {Part | null} part */
    has(part) { have = part; },
    see() {
      if (have && still_good(have, sight(map()))) return;
      have = part_of(sight(map()));
      ask(have);
    },
  };
}

/** The zones of one question at a time, as far as they are in view. What other rules drew goes at once: a picture never stands
 * beside the verdict on something else. @param {(fault: unknown) => void} on_fault @param {() => import('./map.js').KordonMap} map */
function create_zones(on_fault, map) {
  /** @type {Zones | null} */
  let have = null;
  let rules = '';
  const show = (/** @type {GeoJSON.FeatureCollection} */ zones) => map().set_data('zones', zones);
  const ask = create_asker(get_zones, (zones, asked) => {
    if (asked.rules === rules) show(zones);
  }, (fault) => {
    have = null;
    show(nothing);
    on_fault(fault);
  });
  return {
    /** @param {Zones | null} zones */
    has(zones) {
      have = zones;
      rules = zones?.rules ?? '';
    },
    /** @param {Question} question @param {string} rules_now ids of those in force */
    see(question, rules_now) {
      const same = have && zones_key_of(question) === zones_key_of(have.question);
      if (same && have && still_good(have.part, sight(map()))) return;
      if (rules_now !== rules) show(nothing);
      rules = rules_now;
      have = { question, part: part_of(sight(map())), rules };
      ask(have);
    },
  };
}

/** @param {(fault: unknown) => void} on_fault */
export function create_shapes(on_fault) {
  /** @type {import('./map.js').KordonMap} */
  let shown_on;
  const regions = create_regions(on_fault, () => shown_on);
  const zones = create_zones(on_fault, () => shown_on);
  const ask_borders = create_asker(get_borders, (borders) => shown_on.set_data('borders', borders), on_fault);
  let see_zones = () => {};

  /** @param {Policy} policy @param {Question} question */
  function show_zones(policy, question) {
    see_zones = () => zones.see(question, rules_key(policy, question));
    see_zones();
  }
  return {
    zones: show_zones,
    /** For a map that is being made. @param {import('./map.js').Sight} seen @param {Promise<Question>} asked
     * @param {Promise<Policy>} policy @param {Patient} patient @returns {Promise<Record<string, GeoJSON.FeatureCollection>>} */
    async first(seen, asked, policy, patient) {
      const part = part_of(seen);
      const shapes = await first_shapes(part, asked, policy.then(lines_of), patient, on_fault);
      if (shapes.regions !== nothing) regions.has(part);
      if (shapes.zones !== nothing) zones.has({ question: await asked, part, rules: rules_key(await policy, await asked) });
      return shapes;
    },
    /** @param {import('./map.js').KordonMap} kordon_map */
    follow(kordon_map) {
      shown_on = kordon_map;
      kordon_map.map.on('moveend', () => {
        regions.see();
        see_zones();
      });
    },
    /** After the service was gone. @param {Policy} policy @param {Question} question */
    again(policy, question) {
      regions.has(null);
      regions.see();
      ask_borders(lines_of(policy));
      zones.has(null);
      show_zones(policy, question);
    },
  };
}
