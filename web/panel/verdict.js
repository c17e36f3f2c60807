// The verdict in words, colour and sign, what it rests on, and the figures below it.
import { t, t_own } from '../words/words.js';
import { bearing, compass, day, distance, number } from '../words/format.js';
import { because_text, line_name } from './because.js';
import { el, icon } from './dom.js';
import { border_of } from './reasons.js';
import { said } from './said.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */

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

/** What the verdict rests on that no source states, and that the text is not known for that time. @param {Verdict} verdict @param {Policy} policy @param {string} at */
function rests_on(verdict, policy, at) {
  const assumed = policy.parameters.filter(({ id }) => verdict.parameters[id]?.assumed).map(({ id, unit, note }) =>
    el('li', {}, t('rests.assumed', { id, value: `${number(verdict.parameters[id].value, Number.isInteger(verdict.parameters[id].value) ? 0 : 1)} ${t_own(unit, unit)}` }), said(note)));
  const rule = policy.rules.find(({ id }) => id === verdict.because.rule);
  return [
    ...assumed,
    Date.parse(at) > Date.parse(policy.known_through) && el('li', { class: 'later' }, t('rests.later', { date: day(policy.known_through) })),
    rule?.assumed.length && el('li', {}, t('rests.readings')),
  ].filter((item) => item instanceof Node);
}

/** The card: the verdict, what decided, and what both rest on. @param {Verdict} verdict @param {Policy} policy @param {string} at
 * @param {string} [more] */
export function verdict_head(verdict, policy, at, more) {
  const activity = policy.activities.find(({ id }) => id === verdict.activity)?.title ?? verdict.activity;
  const rests = rests_on(verdict, policy, at);
  return el('div', { class: 'verdict', 'data-verdict': verdict.verdict }, icon(verdict.verdict),
    el('div', {}, el('small', {}, said(activity)), el('strong', {}, t(`verdict.${verdict.verdict}`)),
      verdict.verdict !== 'indeterminate' && el('span', { class: 'means' }, t(`verdict.${verdict.verdict}.means`)),
      el('span', { class: 'decided' }, because_text(verdict, policy, at)), more && el('span', { class: 'more' }, more),
      rests.length > 0 && el('ul', { class: 'rests' }, ...rests)));
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
