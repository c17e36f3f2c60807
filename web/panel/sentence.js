// What the answer says, as sentences that someone may quote.
import { t } from '../words/words.js';
import { bearing, day, distance, lat_lon } from '../words/format.js';
import { border_of } from './reasons.js';
import { said_text } from './said.js';
import { because_text, line_name } from './because.js';
import { margin_text, range_of } from './verdict.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */

/** @param {Verdict} verdict */
function margin_sentence(verdict) {
  const range = range_of(verdict);
  return t('sentence.margin', { margin: margin_text(verdict), range: range ? t('sentence.range', range) : '' });
}

/** @param {Evaluation} answer @param {Verdict} verdict @param {Policy} policy */
export function sentence(answer, verdict, policy) {
  const { lon, lat, accuracy_m } = answer.position;
  const rule = policy.rules.find(({ id }) => id === verdict.because.rule);
  const border = border_of(answer, policy);
  const assumed = Object.entries(verdict.parameters).filter(([, { assumed }]) => assumed).map(([id, { value }]) => `${id} = ${value}`);
  const cited = policy.sources.filter(({ id }) => (rule?.sources ?? [id]).includes(id));
  return [
    t('sentence.place', {
      ...lat_lon(lat, lon, accuracy_m), accuracy: distance(accuracy_m), at: answer.at, policy: said_text(policy.title),
      activity: said_text(policy.activities.find(({ id }) => id === verdict.activity)?.title ?? verdict.activity), verdict: t(`verdict.${verdict.verdict}`),
    }),
    t('sentence.because', { because: because_text(verdict, policy, answer.at) }),
    margin_sentence(verdict),
    border ? t('sentence.border', { border: line_name(border.id), distance: distance(border.distance_m), bearing: bearing(border.bearing_deg) }) : '',
    Date.parse(answer.at) > Date.parse(policy.known_through) ? `${t('rests.later', { date: day(policy.known_through) })}.` : '',
    assumed.length || rule?.assumed.length ? t('sentence.assumed', { what: [...assumed, ...(rule?.assumed ?? []).map(said_text)].join('; ') }) : '',
    t('sentence.source', {
      source: cited.map(({ title, publisher, date }) => `${said_text(title)} (${t('source.publisher')}${said_text(publisher)}, ${date})`).join('; '),
      attribution: [...new Set(answer.metadata.layers.map(({ attribution, licence }) => `${attribution} (${licence})`))].join('; '),
      version: answer.data_version, engine: answer.engine,
    }),
    said_text(policy.disclaimer),
  ].filter(Boolean).join(' ');
}

/** In lines of at most so many characters, broken at blanks. @param {string} text @param {number} most @returns {string[]} */
export function lines_of_text(text, most) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
