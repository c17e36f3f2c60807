// What is said of one line or area, in tables: how much of it has each verdict, its intervals, its crossings.
import { el } from '../panel/dom.js';
import { distance, lat_lon, number } from '../words/format.js';
import { t } from '../words/words.js';
import { region_name } from '../panel/because.js';
import { verdict_names } from '../map/palette.js';
import { area_text, change_text, crossed_text, interval_reason, sample } from './reason.js';
import { share_text, signed } from './shapes.js';
import { duration, from_to, moment_s } from './time.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {import('./shapes.js').Part} Part */
/** @typedef {(part: Part) => void} Choose */

const most_rows = 500;

/** @param {string[]} heads @param {Node[]} rows @param {string} label @param {string} [id] */
const table = (heads, rows, label, id) => el('table', { class: 'track-table', 'aria-label': label, id },
  el('thead', {}, el('tr', {}, ...heads.map((head, i) => el('th', { scope: 'col', class: i > 0 ? 'count' : undefined }, head)))), el('tbody', {}, ...rows));

/** @param {string} verdict */
const verdict_head = (verdict) => el('th', { scope: 'row' }, el('span', { class: 'row-verdict' }, sample(verdict), t(/** @type {'verdict.eligible'} */ (`verdict.${verdict}`))));

/** A bar of the parts of one. @param {[string, number][]} parts by verdict */
export function bar(parts) {
  return el('div', { class: 'share-bar', 'aria-hidden': 'true' }, ...parts.filter(([, share]) => share > 0).map(([verdict, share]) => {
    const part = el('span', { 'data-verdict': verdict });
    part.style.flexGrow = String(share);
    return part;
  }));
}

/** @param {Shape} shape @returns {[string, number][]} */
export function parts_of({ totals, shares, length_m, verdict }) {
  if (totals) return verdict_names.map((name) => [name, length_m > 0 ? totals[name].length_m / length_m : 0]);
  if (shares) return verdict_names.map((name) => [name, shares[name].share]);
  return verdict ? [[verdict.verdict, 1]] : [];
}

/** @param {Shape} shape */
export function totals_table({ totals, length_m, duration_s }) {
  if (!totals) return '';
  const timed = duration_s !== undefined;
  const cells = (/** @type {number} */ metres, /** @type {number | undefined} */ dwell_s) => [
    el('td', { class: 'count' }, distance(metres), el('small', {}, length_m > 0 ? `${number((100 * metres) / length_m, 1)} %` : '–')),
    ...(timed ? [el('td', { class: 'count' }, duration(dwell_s ?? 0))] : []),
  ];
  const rows = verdict_names.map((name) => el('tr', { 'data-total': name }, verdict_head(name), ...cells(totals[name].length_m, totals[name].dwell_s)));
  const whole = el('tr', { class: 'whole', 'data-total': 'all' }, el('th', { scope: 'row' }, t('track.all')), ...cells(length_m, duration_s));
  return table([t('rows.verdict'), t('track.length'), ...(timed ? [t('track.dwell')] : [])], [...rows, whole], t('track.totals'));
}

/** @param {Shape} shape */
export function shares_table({ shares, area_m2 }) {
  if (!shares) return '';
  const rows = verdict_names.map((name) => el('tr', { 'data-total': name }, verdict_head(name),
    el('td', { class: 'count' }, share_text(shares[name].share, shares[name].extent)), el('td', { class: 'count' }, area_text(shares[name].area_m2))));
  const whole = el('tr', { class: 'whole', 'data-total': 'all' }, el('th', { scope: 'row' }, t('track.all')), el('td', { class: 'count' }, share_text(1, 'all')), el('td', { class: 'count' }, area_text(area_m2)));
  return table([t('rows.verdict'), t('track.share'), t('track.area')], [...rows, whole], t('track.totals'));
}

/** The places of an area's least and greatest margin, or that of a line's margin nearest to 0. @param {Shape} shape @param {Choose} choose */
export function margins(shape, choose) {
  const of = (/** @type {Part} */ part, /** @type {import('./ask.js').Margin} */ { margin_m, lon, lat }, /** @type {'track.least' | 'track.greatest' | 'track.nearest'} */ word) => {
    const { lat: north, lon: east } = lat_lon(lat, lon);
    const button = el('button', { type: 'button', class: 'quiet', 'data-margin': part.role }, `${north} ${east}`);
    button.addEventListener('click', () => choose(part));
    return el('li', {}, `${t(word)}: `, el('b', {}, signed(margin_m)), ' ', button);
  };
  const { row, kind, least, greatest } = shape;
  if (kind === 'area') return el('ul', { class: 'margins' }, least && of({ row, role: 'least', index: 0 }, least, 'track.least'), greatest && of({ row, role: 'greatest', index: 0 }, greatest, 'track.greatest'));
  const [nearest] = shape.intervals.flatMap(({ least_margin }, index) => (least_margin ? [{ index, least_margin }] : []))
    .sort((a, b) => Math.abs(a.least_margin.margin_m) - Math.abs(b.least_margin.margin_m));
  return nearest ? el('ul', { class: 'margins' }, of({ row, role: 'interval', index: nearest.index }, nearest.least_margin, 'track.nearest')) : '';
}

/** Rows that are chosen by a button. @param {Node[]} rows @param {number} count of all @param {string} title @param {HTMLElement} of */
const section = (rows, count, title, of) => (count === 0 ? '' : el('details', { open: true }, el('summary', {}, `${title} (${number(count, 0)})`),
  el('div', { class: 'error-box tall', tabindex: 0, role: 'region', 'aria-label': title }, of), rows.length < count && el('p', { class: 'soft' }, t('track.first', { count: number(rows.length, 0) }))));

/** @param {string | Node} what @param {Part} part @param {Choose} choose */
function choice(what, part, choose) {
  const button = el('button', { type: 'button', class: 'quiet row-choice' }, what);
  button.addEventListener('click', () => choose(part));
  return button;
}

/** @param {Shape} shape @param {Choose} choose @param {import('../ask/types.js').Policy} policy @param {string} at */
export function intervals_table({ row, intervals }, choose, policy, at) {
  const rows = intervals.slice(0, most_rows).map((interval, index) => el('tr', { 'data-interval': index, 'data-verdict': interval.verdict },
    el('th', { scope: 'row' }, choice(el('span', { class: 'row-verdict' }, sample(interval.verdict), t(`verdict.${interval.verdict}`)), { row, role: 'interval', index }, choose),
      el('small', {}, interval_reason(interval, policy, at)),
      interval.from_time && interval.to_time && el('small', { class: 'times' }, from_to(interval.from_time, interval.to_time), interval.dwell_s !== undefined && ` · ${duration(interval.dwell_s)}`)),
    el('td', { class: 'count' }, distance(interval.length_m), el('small', {}, t('track.from', { from: distance(interval.from_m) })))));
  return section(rows, intervals.length, t('track.intervals'), table([t('rows.verdict'), t('track.length')], rows, t('track.intervals'), 'track-intervals'));
}

/** @param {Shape} shape @param {Choose} choose */
export function crossings_table({ row, crossings }, choose) {
  const rows = crossings.slice(0, most_rows).map((crossing, index) => el('tr', { 'data-crossing': index },
    el('th', { scope: 'row' }, choice(change_text(crossing), { row, role: 'crossing', index }, choose), el('small', {}, crossed_text(crossing)),
      crossing.time && el('small', { class: 'times' }, moment_s(crossing.time))),
    el('td', { class: 'count' }, distance(crossing.at_m))));
  return section(rows, crossings.length, t('track.crossings'), table([t('track.crossing'), t('track.at')], rows, t('track.crossings'), 'track-crossings'));
}

/** @param {Shape} shape */
export function regions_text({ kind, regions }) {
  if (kind !== 'line' || regions.length === 0) return '';
  const each = regions.map(({ id, length_m, dwell_s }) => `${region_name(id)} ${distance(length_m)}${dwell_s === undefined ? '' : `, ${duration(dwell_s)}`}`);
  return el('p', { class: 'soft' }, `${t('track.regions')}: ${each.join('; ')}`);
}
