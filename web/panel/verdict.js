// The verdict in words, colour and sign; the figures below it; and why.
import { t, t_own } from '../words/words.js';
import { bearing, compass, distance } from '../words/format.js';
import { el, icon } from './dom.js';
import { border_of, clauses_of } from './reasons.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {import('./reasons.js').Clause} Clause */

/** @param {string} id */
export const region_name = (id) => t_own(`region.${id}`, id);

/** @param {string} id */
const line_name = (id) => id.split('|').join(' | ');

/** @param {Verdict} verdict */
export function margin_text(verdict) {
  if (verdict.margin_m === null) return t('margin.none');
  const size = distance(Math.abs(verdict.margin_m));
  const side = verdict.margin_m < 0 ? t('margin.outside', { margin: size }) : t('margin.inside', { margin: size });
  return verdict.margin_exact ? side : t('margin.at_least', { margin: side });
}

/** @param {Verdict} verdict @param {string} means */
export function verdict_head(verdict, means) {
  return el('div', { class: 'verdict', 'data-verdict': verdict.verdict }, icon(verdict.verdict),
    el('div', {}, el('strong', {}, t(`verdict.${verdict.verdict}`)), el('span', {}, means)));
}

/** @param {string} term @param {string | Node} what @param {string | false} [more] */
function fact(term, what, more) {
  return el('div', { class: 'fact' }, el('dt', {}, term), el('dd', {}, what, more && el('small', {}, more)));
}

/** @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy */
export function facts(answer, verdict, policy) {
  const border = border_of(answer, policy);
  const [low, high] = verdict.margin_range_m;
  const place_m = answer.position.accuracy_m;
  const combined = border && Math.hypot(place_m, border.accuracy_m);
  return el('dl', { class: 'facts' },
    fact(t('margin'), el('b', { id: 'margin' }, margin_text(verdict)), verdict.margin_m !== null && t('margin.means')),
    border ? fact(t('uncertainty'),
      t('uncertainty.value', { combined: distance(combined ?? 0), position: distance(place_m), line: distance(border.accuracy_m) }),
      low !== null && high !== null && t('uncertainty.range', { low: distance(low), high: distance(high) })) : '',
    fact(t('border'), border
      ? t('border.value', { distance: distance(border.distance_m), compass: compass(border.bearing_deg), bearing: bearing(border.bearing_deg) })
      : t('border.none'), border && line_name(border.id)));
}

/** @param {Clause} clause */
function clause_text({ kind, of, radius_m, negated }) {
  if (kind === 'everywhere') return t('why.everywhere');
  if (kind === 'inside') return t(negated ? 'clause.outside' : 'clause.inside', { region: region_name(of) });
  return t(negated ? 'clause.beyond' : 'clause.within', { radius: distance(radius_m), line: line_name(of) });
}

/** @param {Clause} clause @param {boolean} decides */
function clause_row(clause, decides) {
  const holds = clause.margin_m >= 0;
  const margin = Number.isFinite(clause.margin_m) ? distance(Math.abs(clause.margin_m)) : '';
  return el('li', { class: decides ? 'clause decides' : 'clause', 'data-holds': String(holds) },
    icon(holds ? 'holds' : 'fails'),
    el('span', {}, clause_text(clause), decides && el('em', {}, t('why.decides'))),
    el('span', { class: 'clause-margin' }, el('span', { class: 'sr' }, `${t(holds ? 'why.holds' : 'why.fails')} `), (holds ? '+' : '−') + margin));
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
    el('h3', {}, `${t('why.rule')}: `, el('span', { lang: 'en' }, rule.title)),
    list(rule.area, verdict.because.rule === rule.id),
  ]).flat();
  const scope = activity ? [el('h3', {}, t('why.scope')), list(activity.scope, true)] : [];
  return [...(rules.length ? parts : [el('p', {}, t('why.no_rule'))]), ...scope];
}

/** The service writes `inside RU`, `within 100 km of RU|UA-63`, `everywhere`. @param {Verdict} verdict @param {Clause} clause */
function decided_by(verdict, { kind, of }) {
  return verdict.because.clause.startsWith(kind) && verdict.because.clause.endsWith(of);
}
