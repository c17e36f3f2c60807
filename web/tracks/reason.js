// Why an interval has its verdict and what a crossing crosses: the card on the map, and the words in the tables.
import { because_text, region_or_line, test_of } from '../panel/because.js';
import { el } from '../panel/dom.js';
import { distance, lat_lon, number } from '../words/format.js';
import { t } from '../words/words.js';
import { duration, from_to, moment_s } from './time.js';
import { share_text, signed } from './shapes.js';
import { verdict_names } from '../map/palette.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {import('./ask.js').Interval} Interval */
/** @typedef {import('./ask.js').Crossing} Crossing */
/** @typedef {import('../ask/types.js').Policy} Policy */

/** A length of line as the map draws it. @param {string} verdict */
export const sample = (verdict) => el('span', { class: 'line-sample', 'data-verdict': verdict, 'aria-hidden': 'true' });

/** The clause, and how far its end is where what is crossed is the edge of what is known. @param {Crossing} crossing */
export function crossed_text({ because: { clause, value_m, threshold_m } }) {
  const test = test_of(clause);
  if (!test) return t('track.rule_changes');
  if (test.kind === 'everywhere') return t('why.everywhere');
  const words = t(`clause.${test.kind}`, { region: region_or_line(test.of), line: region_or_line(test.of), radius: test.radius });
  const away_m = Math.abs((value_m ?? 0) - (threshold_m ?? 0));
  return t(away_m < 1 ? 'track.edge_of' : 'track.near_edge_of', { clause: words, distance: distance(away_m) });
}

/** @param {Interval} interval @param {Policy} policy @param {string} at of the map, for lines without times */
export const interval_reason = (interval, policy, at) =>
  because_text(/** @type {any} */ ({ ...interval, margin_m: null }), policy, interval.from_time ?? at);

/** @param {[string, string] | undefined} range */
const between_text = (range) => (range && range[0] !== range[1] ? t('track.between', { range: from_to(...range) }) : '');

/** @param {string} term @param {string | false | null | undefined} what @param {string} [more] */
const fact = (term, what, more) => (what ? [el('dt', {}, term), el('dd', {}, what, more ? el('small', {}, more) : '')] : []);

/** @param {string} verdict @param {string} [more] */
const head = (verdict, more) => el('strong', { 'data-verdict': verdict }, sample(verdict), t(/** @type {'verdict.eligible'} */ (`verdict.${verdict}`)), more ?? '');

/** @param {Shape} shape @param {Interval} interval @param {Policy} policy @param {string} at */
export function interval_card(shape, interval, policy, at) {
  const enters = shape.crossings.find(({ at_m }) => at_m === interval.from_m);
  const leaves = shape.crossings.find(({ at_m }) => at_m === interval.to_m);
  const { least_margin: least } = interval;
  const place = least && lat_lon(least.lat, least.lon);
  return [
    head(interval.verdict), el('p', { class: 'why' }, interval_reason(interval, policy, at)),
    el('dl', {},
      ...fact(t('track.length'), distance(interval.length_m), t('track.from_to', { from: distance(interval.from_m), to: distance(interval.to_m) })),
      ...fact(t('track.least'), least && signed(least.margin_m), place ? `${place.lat} ${place.lon}` : ''),
      ...fact(t('track.enters'), interval.from_time && moment_s(interval.from_time), between_text(enters?.time_range)),
      ...fact(t('track.leaves'), interval.to_time && moment_s(interval.to_time), between_text(leaves?.time_range)),
      ...fact(t('track.dwell'), interval.dwell_s !== undefined && duration(interval.dwell_s))),
  ];
}

/** @param {Crossing} crossing */
export const change_text = ({ from, to }) => t('track.change', { from: t(`verdict.${from}`), to: t(`verdict.${to}`) });

/** @param {Crossing} crossing */
export function crossing_card(crossing) {
  const { lat, lon } = lat_lon(crossing.lat, crossing.lon);
  return [
    el('strong', {}, change_text(crossing)), el('p', { class: 'why' }, crossed_text(crossing)),
    el('dl', {},
      ...fact(t('track.at'), `${lat} ${lon}`, t('track.along', { distance: distance(crossing.at_m) })),
      ...fact(t('track.when'), crossing.time && moment_s(crossing.time), between_text(crossing.time_range))),
  ];
}

/** @param {number} square_metres */
export const area_text = (square_metres) => `${number(square_metres, square_metres > 0 && square_metres < 100 ? 2 : 0)} ${t('track.m2')}`;

/** @param {Shape} shape */
export function area_card({ name, shares, area_m2 }) {
  if (!shares) return [];
  const rows = verdict_names.filter((verdict) => shares[verdict].extent !== 'none').flatMap((verdict) =>
    fact(t(`verdict.${verdict}`), share_text(shares[verdict].share, shares[verdict].extent), area_text(shares[verdict].area_m2)));
  return [el('strong', {}, name), el('p', { class: 'why' }, area_text(area_m2)), el('dl', {}, ...rows)];
}

/** @param {Shape} shape @param {'least' | 'greatest'} which */
export function margin_card(shape, which) {
  const margin = shape[which];
  if (!margin) return [];
  const { lat, lon } = lat_lon(margin.lat, margin.lon);
  return [el('strong', {}, `${t(`track.${which}`)} ${signed(margin.margin_m)}`), el('p', { class: 'why' }, `${lat} ${lon}`), el('small', {}, shape.name)];
}

/** @param {Shape} shape @param {Policy} policy @param {string} at */
export function place_card({ name, verdict }, policy, at) {
  if (!verdict) return [];
  return [head(verdict.verdict, verdict.margin_m === null ? '' : ` ${signed(verdict.margin_m)}`), el('p', { class: 'why' }, because_text(verdict, policy, at)), el('small', {}, name)];
}

/** @param {Shape} shape @param {import('./shapes.js').Part} part @param {Policy} policy @param {string} at */
export function card_of(shape, { role, index }, policy, at) {
  if (role === 'interval') return interval_card(shape, shape.intervals[index], policy, at);
  if (role === 'crossing') return crossing_card(shape.crossings[index]);
  if (role === 'area') return area_card(shape);
  return role === 'place' ? place_card(shape, policy, at) : margin_card(shape, role);
}
