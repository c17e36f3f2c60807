// What is to be known of lines and areas besides figures: rows in error, gaps, warnings.
import { el } from '../panel/dom.js';
import { said } from '../panel/said.js';
import { distance, number } from '../words/format.js';
import { t } from '../words/words.js';
import { duration, moment_s } from './time.js';

/** @typedef {import('./ask.js').Shape} Shape */

const most_listed = 500;

/** Where in its row: `geometry.coordinates[0][3]` of many lines is the fourth position of the first part. @param {string} where @param {string | undefined} type of the geometry */
export function place_in(where, type) {
  const numbers = [...where.matchAll(/\[(\d+)\]/g)].map(([, digits]) => number(Number(digits) + 1, 0));
  if (numbers.length === 0) return '';
  const position = t('track.position', { number: numbers[numbers.length - 1] });
  if (numbers.length === 1) return type === 'LineString' ? position : t('track.part', { number: numbers[0] });
  return `${t('track.part', { number: numbers.slice(0, -1).join('.') })}, ${position}`;
}

/** @param {Shape[]} shapes */
export function errors_table(shapes) {
  const wrong = shapes.filter(({ kind }) => kind === 'error');
  if (wrong.length === 0) return '';
  const rows = wrong.slice(0, most_listed).flatMap(({ row, name, errors, feature }) => errors.map(({ where, message }) => {
    const within = place_in(where, feature.geometry?.type);
    return el('tr', { 'data-row': row + 1 }, el('th', { scope: 'row' }, number(row + 1, 0), name !== t('track.row', { number: row + 1 }) && el('small', {}, name)),
      el('td', {}, within || where), el('td', {}, said(message)));
  }));
  const heads = [t('track.number'), t('file.where'), t('file.what')].map((head) => el('th', { scope: 'col' }, head));
  const title = wrong.length > most_listed ? t('file.errors.first', { count: number(most_listed, 0) }) : t('file.errors');
  return el('div', { class: 'error-box', tabindex: 0, role: 'region', 'aria-label': title },
    el('table', { class: 'errors', id: 'track-errors' }, el('caption', {}, title), el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...rows)));
}

/** @type {Record<string, 'track.gap.time' | 'track.gap.speed' | 'track.gap.parts'>} */
const reasons = { 'longer than max_gap_s': 'track.gap.time', 'faster than max_speed_m_s': 'track.gap.speed', 'between two lines': 'track.gap.parts' };

/** @param {import('./ask.js').Gap} gap */
function gap_text({ from_m, to_m, from_time, to_time, reason }) {
  const values = { at: distance(from_m), length: distance(to_m - from_m), why: t(reasons[reason] ?? 'track.gap.parts') };
  if (!from_time || !to_time) return t('track.gap', values);
  return t('track.gap.timed', { ...values, from: moment_s(from_time), to: moment_s(to_time), time: duration((Date.parse(to_time) - Date.parse(from_time)) / 1000) });
}

/** What holds of every answer by this policy, not of this shape. */
const of_policy = /^(rule|policy) |= .* is assumed: /;

/** The service counts positions from 0. @param {string} text */
const counted = (text) => text.replace(/first at position (\d+)(?: of part (\d+))?/, (_, position, part) =>
  `first at position ${Number(position) + 1}${part === undefined ? '' : ` of part ${Number(part) + 1}`}`);

/** Gaps, and what is odd in this shape, are in sight; what the policy assumes is folded. @param {Shape} shape */
export function notices({ gaps, warnings }) {
  const items = (/** @type {string[]} */ texts) => texts.map((text) => el('li', {}, said(counted(text))));
  const own = warnings.filter((text) => !of_policy.test(text));
  const standing = warnings.filter((text) => of_policy.test(text));
  return el('div', { id: 'track-notices' },
    gaps.length + own.length > 0 && el('ul', { class: 'warnings hint' }, ...gaps.slice(0, most_listed).map((gap) => el('li', { class: 'gap' }, gap_text(gap))), ...items(own)),
    standing.length > 0 && el('details', {}, el('summary', {}, `${t('track.notices')} (${number(standing.length, 0)})`), el('ul', { class: 'warnings' }, ...items(standing))));
}
