// The verdict in words, colour and sign; the figures below it; and why.
import { t, t_own } from '../words/words.js';
import { bearing, compass, distance } from '../words/format.js';
import { el, icon } from './dom.js';
import { border_of, clauses_of } from './reasons.js';
import { said } from './said.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {import('./reasons.js').Clause} Clause */

/** @param {string} id */
export const region_name = (id) => t_own(`region.${id}`, id);

/** Of the two regions that share it. @param {string} id */
export const line_name = (id) => id.split('|').map(region_name).join(' – ');

/** As part of a sentence. @param {string} id of a region or a border section */
const region_or_line = (id) => (id.includes('|') ? t('border.of', { line: line_name(id) }) : t_own(`region.${id}.of`, region_name(id)));

/** @param {Verdict} verdict */
export function margin_text(verdict) {
  if (verdict.margin_m === null) return t('margin.none');
  const margin = distance(Math.abs(verdict.margin_m));
  const text = sides_known(verdict) ? t(verdict.margin_m < 0 ? 'margin.outside' : 'margin.inside', { margin }) : margin;
  return verdict.margin_exact ? text : t('margin.at_least', { margin: text });
}

/** Only then is it a distance to the edge of what is permitted. @param {Verdict} verdict */
const sides_known = ({ verdict, margin_m }) => margin_m !== 0 && (verdict === 'eligible' || verdict === 'indeterminate');

/** The ends of the margin's range, without a sign where they are on one side; null where there are none, or no two.
 * @param {Verdict} verdict */
export function range_of({ margin_range_m: [low, high] }) {
  if (low === null || high === null) return null;
  const [from, to] = (high < 0 ? [-high, -low] : [low, high]).map(distance);
  return from === to ? null : { low: from, high: to };
}

/** How sure that is: whether the whole range says the same. @param {Verdict} verdict */
function range_text(verdict) {
  const range = range_of(verdict);
  return range && t('uncertainty.range', { ...range, sure: t(verdict.verdict === 'indeterminate' ? 'uncertainty.unsure' : 'uncertainty.sure') });
}

/** @param {Verdict} verdict @param {string} means @param {string} activity what it is a verdict on */
export function verdict_head(verdict, means, activity) {
  return el('div', { class: 'verdict', 'data-verdict': verdict.verdict }, icon(verdict.verdict),
    el('div', {}, el('small', {}, said(activity)), el('strong', {}, t(`verdict.${verdict.verdict}`)), el('span', {}, means)));
}

/** @param {string} term @param {string | Node} what @param {...(string | false | null)} more */
function fact(term, what, ...more) {
  return el('div', { class: 'fact' }, el('dt', {}, term), el('dd', {}, what, ...more.map((text) => text && el('small', {}, text))));
}

/** @param {import('../ask/types.js').Border} border */
function way_to({ distance_m, bearing_deg }) {
  if (distance_m === 0) return t('border.on');
  return t('border.value', { distance: distance(distance_m), compass: compass(bearing_deg), bearing: bearing(bearing_deg) });
}

/** @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy */
export function facts(answer, verdict, policy) {
  const border = border_of(answer, policy);
  const place_m = answer.position.accuracy_m;
  return el('dl', { class: 'facts' },
    fact(t('margin'), el('b', { id: 'margin' }, margin_text(verdict)), verdict.margin_m !== null && t('margin.means')),
    border ? fact(t('uncertainty'),
      `±${distance(Math.hypot(place_m, border.accuracy_m))}`,
      t('uncertainty.parts', { position: distance(place_m), line: distance(border.accuracy_m) }), range_text(verdict)) : '',
    fact(t('border'), border ? way_to(border) : t('border.none'), border && line_name(border.id)));
}

/** @param {Clause} clause */
function clause_text({ kind, of, radius_m, negated }) {
  if (kind === 'everywhere') return t('why.everywhere');
  if (kind === 'inside') return t(negated ? 'clause.outside' : 'clause.inside', { region: region_or_line(of) });
  return t(negated ? 'clause.beyond' : 'clause.within', { radius: distance(radius_m), line: region_or_line(of) });
}

/** What decided. The service writes `inside RU`, `within 100 km of RU|UA-63`, `everywhere`. @param {Verdict} verdict */
export function because_text({ because: { clause } }) {
  const [, radius, unit, line] = clause.match(/^within (\S+) (\S+) of (.+)$/) ?? [];
  if (line) return t('clause.within', { radius: `${radius} ${t_own(unit, unit)}`, line: region_or_line(line) });
  if (clause.startsWith('inside ')) return t('clause.inside', { region: region_or_line(clause.slice('inside '.length)) });
  return t(clause === 'everywhere' ? 'why.everywhere' : 'why.no_rule');
}

/** @param {Clause} clause @param {boolean} decides */
function clause_row(clause, decides) {
  const holds = clause.margin_m >= 0;
  const margin = Number.isFinite(clause.margin_m) ? (holds ? '+' : '−') + distance(Math.abs(clause.margin_m)) : '';
  return el('li', { class: decides ? 'clause decides' : 'clause', 'data-holds': String(holds) },
    icon(holds ? 'holds' : 'fails'),
    el('span', {}, clause_text(clause), decides && el('em', {}, t('why.decides'))),
    el('span', { class: 'clause-margin' }, el('span', { class: 'sr' }, `${t(holds ? 'why.holds' : 'why.fails')} `), margin));
}

/** @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy */
export function reasons(answer, verdict, policy) {
  const at = Date.parse(answer.at);
  const in_force = (/** @type {import('../ask/types.js').Rule} */ rule) =>
    (!rule.from || at >= Date.parse(rule.from)) && (!rule.until || at < Date.parse(rule.until));
  const rules = policy.rules.filter((rule) => rule.activity === verdict.activity && in_force(rule));
  const activity = policy.activities.find(({ id }) => id === verdict.activity);
  let deciding_is_free = true;
  const list = (/** @type {any} */ area, /** @type {boolean} */ may_decide) => el('ul', { class: 'clauses' },
    ...clauses_of(area, answer, verdict, policy).map((clause) => {
      const decides = may_decide && deciding_is_free && decided_by(verdict, clause);
      if (decides) deciding_is_free = false;
      return clause_row(clause, decides);
    }));
  const parts = rules.map((rule) => [
    el('h3', {}, `${t('why.rule')}: `, said(rule.title)),
    list(rule.area, verdict.because.rule === rule.id),
  ]).flat();
  const scope = activity ? [el('h3', {}, t('why.scope')), list(activity.scope, true)] : [];
  return [...(rules.length ? parts : [el('p', {}, t('why.no_rule'))]), ...scope];
}

/** @param {Verdict} verdict @param {Clause} clause */
function decided_by(verdict, { kind, of }) {
  return verdict.because.clause.startsWith(kind) && verdict.because.clause.endsWith(of);
}
