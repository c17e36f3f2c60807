// Why: the clauses of each rule and of the scope, with the one that decided.
import { t } from '../words/words.js';
import { day, distance } from '../words/format.js';
import { region_or_line, test_of } from './because.js';
import { el, icon } from './dom.js';
import { clauses_of } from './reasons.js';
import { said } from './said.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Rule} Rule */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {import('./reasons.js').Clause} Clause */

/** A permission and a scope need their clauses; of a prohibition they say where it applies. @typedef {'needed' | 'prohibits'} Purpose */

/** @param {Clause} clause */
function clause_text({ kind, of, radius_m, negated }) {
  if (kind === 'everywhere') return t('why.everywhere');
  if (kind === 'inside') return t(negated ? 'clause.outside' : 'clause.inside', { region: region_or_line(of) });
  return t(negated ? 'clause.beyond' : 'clause.within', { radius: distance(radius_m), line: region_or_line(of) });
}

/** Its sign and the word for it. A tick never stands at what prohibits. @param {boolean} holds @param {boolean} is_unsure @param {Purpose} purpose */
function standing(holds, is_unsure, purpose) {
  if (is_unsure) return { name: 'unsure', sign: 'indeterminate', word: t('why.unsure') };
  if (purpose === 'prohibits') {
    return holds ? { name: 'applies', sign: 'ineligible', word: t('why.applies') } : { name: 'applies-not', sign: 'not_applicable', word: t('why.applies_not') };
  }
  return holds ? { name: 'holds', sign: 'holds', word: t('why.holds') } : { name: 'fails', sign: 'fails', word: t('why.fails') };
}

/** @param {Node | string} what @param {{ name: string, sign: string, word: string }} standing @param {string} margin @param {boolean} decides */
const row = (what, { name, sign, word }, margin, decides) =>
  el('li', { class: decides ? 'clause decides' : 'clause', 'data-standing': name }, icon(sign),
    el('span', {}, what, decides && el('em', {}, t('why.decides'))),
    el('span', { class: 'clause-margin' }, el('span', { class: 'sr' }, `${word} `), margin));

/** @param {Clause} clause @param {Verdict} verdict */
function decided_by({ kind, of, radius_m }, { because }) {
  const test = test_of(because.clause);
  return test?.kind === kind && test.of === of && (kind !== 'within' || Math.abs(radius_m - (because.threshold_m ?? 0)) < 1);
}

/** The rows of one area; at most one of all areas decides. @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy */
function create_lists(answer, verdict, policy) {
  let is_found = false;
  return (/** @type {any} */ area, /** @type {Purpose} */ purpose, /** @type {boolean} */ may_decide) => el('ul', { class: 'clauses' },
    ...clauses_of(area, answer, verdict, policy).map((clause) => {
      const decides = may_decide && !is_found && verdict.because.state !== null && decided_by(clause, verdict);
      is_found ||= decides;
      const holds = clause.margin_m >= 0;
      const margin = Number.isFinite(clause.margin_m) ? (holds ? '+' : '−') + distance(Math.abs(clause.margin_m)) : '';
      return row(clause_text(clause), standing(holds, decides && verdict.because.state === 'uncertain', purpose), margin, decides);
    }));
}

/** @param {Rule} rule @param {number} at */
const in_force = (rule, at) => (!rule.from || at >= Date.parse(rule.from)) && (!rule.until || at < Date.parse(rule.until));

/** A permission that is not in force, as the reason that it is. @param {Rule} rule @param {boolean} decides */
function out_of_force(rule, decides) {
  const dates = [rule.from && t('time.from', { date: day(rule.from) }), rule.until && t('time.until', { date: day(rule.until) })].filter(Boolean).join(', ');
  return el('ul', { class: 'clauses' }, row(dates, standing(false, false, 'needed'), '', decides));
}

/** @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy */
export function reasons(answer, verdict, policy) {
  const at = Date.parse(answer.at);
  const list = create_lists(answer, verdict, policy);
  const nothing_decides = verdict.because.state === null;
  const rules = policy.rules.filter((rule) => rule.activity === verdict.activity && (in_force(rule, at) || rule.effect === 'permit'));
  const parts = rules.flatMap((rule) => [
    el('h3', {}, `${t(rule.effect === 'prohibit' ? 'why.prohibition' : 'why.rule')}: `, said(rule.title)),
    in_force(rule, at) ? list(rule.area, rule.effect === 'prohibit' ? 'prohibits' : 'needed', verdict.because.rule === rule.id) : out_of_force(rule, nothing_decides),
  ]);
  const activity = policy.activities.find(({ id }) => id === verdict.activity);
  const scope = activity ? [el('h3', {}, t('why.scope')), list(activity.scope, 'needed', verdict.because.rule === null)] : [];
  return [...(rules.length ? parts : [el('p', {}, t('because.never'))]), ...scope];
}
