// A whole question of what a link states, or what is wrong with it.
import { instant } from '../words/format.js';
import { decimal } from './link.js';

/** @typedef {import('./types.js').Policy} Policy */
/** @typedef {import('./link.js').Question} Question */
/** @typedef {import('./link.js').LinkFault} LinkFault */

/** @param {Policy[]} policies @param {string | undefined} wanted */
export const of_id = (policies, wanted) => policies.find(({ id }) => id === wanted) ?? policies[0];

/** Those of the policy, within its limits. @param {Record<string, unknown>} stated @param {Policy} policy @param {LinkFault[]} faults */
function parameters_of(stated, policy, faults) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const [name, text] of Object.entries(stated)) {
    const parameter = policy.parameters.find(({ id }) => id === name);
    const value = typeof text === 'number' ? text : decimal(String(text));
    if (!parameter) faults.push({ name, value: String(text), expected: 'parameter' });
    else if (value >= parameter.min && value <= parameter.max) found[name] = value;
    else faults.push({ name, value: String(text), expected: 'number', values: { low: String(parameter.min), high: String(parameter.max) } });
  }
  return found;
}

/** What a link leaves open is filled in. Of a link with a fault nothing is taken: what it asked is not shown as something else.
 * @param {{ question: Partial<Question>, faults: LinkFault[] }} link @param {Policy[]} policies @returns {{ question: Question, faults: LinkFault[] }} */
export function whole_question({ question: stated, faults }, policies) {
  const found = [...faults];
  const policy = of_id(policies, stated.policy);
  const activity = policy.activities.find(({ id }) => id === stated.activity) ?? policy.activities[0];
  if (stated.policy !== undefined && stated.policy !== policy.id) found.push({ name: 'policy', value: stated.policy, expected: 'policy' });
  else if (stated.activity !== undefined && stated.activity !== activity.id) found.push({ name: 'activity', value: stated.activity, expected: 'activity' });
  const parameters = parameters_of(stated.parameters ?? {}, policy, found);
  const empty = { lon: null, lat: null, accuracy_m: 0, at: instant(Date.now()), policy: policy.id, activity: policy.activities[0].id, parameters: {} };
  if (found.length > 0) return { question: empty, faults: found };
  return {
    question: { ...empty, lon: stated.lon ?? null, lat: stated.lat ?? null, accuracy_m: stated.accuracy_m ?? 0, at: stated.at ?? empty.at, activity: activity.id, parameters },
    faults: [],
  };
}
