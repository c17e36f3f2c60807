// What changes less often than figures: the verdicts of other activities, and the source.
import { language, t } from '../words/words.js';
import { by_id, el, icon } from './dom.js';
import { said } from './said.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */

/** @param {Policy} policy @param {string} activity */
const title_of = ({ activities }, activity) => activities.find(({ id }) => id === activity)?.title ?? activity;

/** @param {Evaluation} given @param {Verdict} own @param {Policy} policy @param {(activity: string) => void} choose */
function draw_others(given, own, policy, choose) {
  const others = given.verdicts.filter((verdict) => verdict !== own && verdict.policy === own.policy);
  by_id('others').replaceChildren(...others.map((verdict) => {
    const button = el('button', { type: 'button', class: 'other', 'data-verdict': verdict.verdict }, icon(verdict.verdict),
      said(title_of(policy, verdict.activity)), el('b', {}, t(`verdict.${verdict.verdict}`)));
    button.addEventListener('click', () => choose(verdict.activity));
    return el('li', {}, button);
  }));
}

/** @param {Evaluation} given @param {Verdict} own @param {Policy} policy */
function draw_source(given, own, policy) {
  const rule = policy.rules.find(({ id }) => id === own.because.rule);
  const cited = policy.sources.filter(({ id }) => (rule?.sources ?? [id]).includes(id));
  by_id('source').replaceChildren(
    ...cited.flatMap((source) => [
      el('p', {}, el('b', {}, said(source.title)), ` (${t('source.publisher')}`, said(source.publisher), `, ${source.date})`),
      el('blockquote', {}, said(source.summary)),
    ]),
    el('h3', {}, t('source.warnings')),
    el('ul', { class: 'warnings' }, ...[...given.warnings, ...given.metadata.notices].map((text) => el('li', {}, said(text)))),
    el('p', { class: 'soft version' }, t('data', { version: given.data_version.slice(0, 19), engine: given.engine })));
}

/** @param {() => Policy} policy @param {(activity: string) => void} choose */
export function create_rest(policy, choose) {
  let drawn = '';
  return {
    /** @param {Evaluation} given @param {Verdict} own */
    draw(given, own) {
      const now = JSON.stringify([language(), given.verdicts.map(({ verdict }) => verdict), own.because.rule, own.activity, given.warnings, given.data_version]);
      if (now === drawn) return;
      drawn = now;
      draw_others(given, own, policy(), choose);
      draw_source(given, own, policy());
    },
  };
}
