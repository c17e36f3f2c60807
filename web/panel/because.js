// What decided a verdict, as a reader would say it.
import { day, distance } from '../words/format.js';
import { t, t_own } from '../words/words.js';

/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {{ kind: 'inside' | 'within' | 'everywhere', of: string, radius: string }} Test */

/** @param {string} id */
export const region_name = (id) => t_own(`region.${id}`, id);

/** @param {string} id */
const region_of = (id) => t_own(`region.${id}.of`, region_name(id));

/** Of the two regions that share it, or of the one whose coast (`RU|`) or whole boundary (`RU|*`) it is. @param {string} id */
export function line_name(id) {
  const [first, second] = id.split('|');
  if (second === '') return t('coast.of', { region: region_of(first) });
  return second === '*' ? t('boundary.of', { region: region_of(first) }) : `${region_name(first)} – ${region_name(second)}`;
}

/** As part of a sentence. @param {string} id of a region or of a line that regions have */
export function region_or_line(id) {
  if (!id.includes('|')) return region_of(id);
  return /\|\*?$/.test(id) ? line_name(id) : t('border.of', { line: line_name(id) });
}

/** What the service writes: `inside RU`, `within 100 km of RU|UA-63`, `everywhere`. Null: no clause decides.
 * @param {string} clause @returns {Test | null} */
export function test_of(clause) {
  const [, radius, unit, line] = clause.match(/^within (\S+) (\S+) of (.+)$/) ?? [];
  if (line) return { kind: 'within', of: line, radius: `${radius} ${t_own(unit, unit)}` };
  if (clause.startsWith('inside ')) return { kind: 'inside', of: clause.slice('inside '.length), radius: '' };
  return clause === 'everywhere' ? { kind: 'everywhere', of: '', radius: '' } : null;
}

/** @type {Record<string, 'not_yet' | 'no_longer' | 'between'>} */
const absences = {
  'no rule was in force yet on this date': 'not_yet',
  'no rule is in force any more on this date': 'no_longer',
  'no rule is in force on this date': 'between',
};

/** @param {Verdict} verdict @param {Policy} policy @param {string} at */
function absence_text({ activity, because }, policy, at) {
  const absence = absences[because.clause];
  if (!absence) return t('because.never');
  const next = policy.rules.filter((rule) => rule.activity === activity && rule.effect === 'permit' && rule.from && Date.parse(rule.from) > Date.parse(at))
    .map(({ from }) => /** @type {string} */ (from)).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  return t(`because.${absence}`) + (next ? t('because.next', { date: day(next) }) : '');
}

/** Whether a prohibition decided. @param {Verdict} verdict @param {Policy} policy */
export const is_prohibited = ({ verdict, because }, policy) =>
  verdict === 'ineligible' && because.state === 'holds' && policy.rules.find(({ id }) => id === because.rule)?.effect === 'prohibit';

/** @param {Verdict} verdict @param {Policy} policy @param {string} at */
export function because_text(verdict, policy, at) {
  const { because } = verdict;
  const test = because.state && test_of(because.clause);
  if (!test) return absence_text(verdict, policy, at);
  const before = is_prohibited(verdict, policy) ? t('because.prohibited') : '';
  if (test.kind === 'everywhere') return before + t('because.everywhere');
  const excluded = because.state === 'holds' && verdict.verdict !== 'eligible' && !before;
  const values = { of: region_or_line(test.of), radius: test.radius, excluded: excluded ? t('because.excluded') : '' };
  if (because.value_m === null) return before + t(`clause.${test.kind}`, { region: values.of, line: values.of, radius: values.radius });
  const margin_m = Math.abs((because.threshold_m ?? 0) - because.value_m);
  const metres = test.kind === 'within' && because.state === 'holds' ? Math.max(0, because.value_m) : margin_m;
  return before + t(`because.${test.kind}.${because.state ?? 'fails'}`, { ...values, distance: distance(metres) });
}
