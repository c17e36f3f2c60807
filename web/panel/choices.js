// What can be chosen besides time and place: policy, activity and the values of parameters.
import { url_of } from '../ask/service.js';
import { create_depth } from './depth.js';
import { by_id, el } from './dom.js';
import { said, said_text } from './said.js';

/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {import('../ask/link.js').Question} Question */

/** @param {Policy[]} policies @param {Question} question @param {(changes: Partial<Question>) => void} ask */
function draw_policies(policies, question, ask) {
  const select = /** @type {HTMLSelectElement} */ (by_id('policy'));
  by_id('policy-choice').hidden = policies.length < 2;
  select.replaceChildren(...policies.map(({ id, title }) => el('option', { value: id, selected: id === question.policy }, said_text(title))));
  select.onchange = () => ask({ policy: select.value, activity: policies.find(({ id }) => id === select.value)?.activities[0].id, parameters: {} });
}

/** @param {Policy} policy @param {Question} question @param {(changes: Partial<Question>) => void} ask */
function draw_activities(policy, question, ask) {
  by_id('activities').replaceChildren(...policy.activities.map(({ id, title }) => {
    const radio = el('input', { type: 'radio', name: 'activity', value: id, checked: id === question.activity });
    radio.addEventListener('change', () => ask({ activity: id }));
    return el('label', {}, radio, said(title));
  }));
}

/** @param {Policy[]} policies @param {() => Policy} policy that is chosen @param {(changes: Partial<Question>) => void} ask */
export function create_choices(policies, policy, ask) {
  /** @type {ReturnType<typeof create_depth>[]} */
  let depths = [];
  let depths_of = '';
  /** @type {Question} */
  let question;

  /** @param {import('../ask/types.js').Parameter} parameter */
  const depth_of = (parameter) => create_depth(parameter, (value) => {
    const parameters = { ...question.parameters, [parameter.id]: value };
    if (value === parameter.value) delete parameters[parameter.id];
    ask({ parameters });
  });

  return {
    /** For another policy, activity or language. @param {Question} now */
    draw(now) {
      question = now;
      by_id('policy-title').replaceChildren(said(policy().title));
      draw_policies(policies, now, ask);
      draw_activities(policy(), now, ask);
      if (depths_of === now.policy) return;
      depths_of = now.policy;
      depths = policy().parameters.map(depth_of);
      by_id('parameters').replaceChildren(...depths.map(({ element }) => element));
    },
    /** @param {Question} now @param {Verdict | undefined} verdict */
    show(now, verdict) {
      question = now;
      const { at, activity, parameters } = now;
      by_id('zone-download').setAttribute('href', url_of('collections/zones/items', { policy: now.policy, activity, datetime: at, ...parameters }).href);
      policy().parameters.forEach((parameter, i) => depths[i].show(now.parameters[parameter.id] ?? parameter.value, verdict));
    },
  };
}
