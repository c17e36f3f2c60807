// A slider for each parameter of the policy, with the value marked at which the verdict flips.
import { t, t_own } from '../words/words.js';
import { number } from '../words/format.js';
import { el, renew_children } from './dom.js';
import { said } from './said.js';

/** @typedef {import('../ask/types.js').Parameter} Parameter */
/** @typedef {import('../ask/types.js').Verdict} Verdict */

const steps = 1000;
/** Small values get most of the way: the cube of the slider's part. */
const bend = 3;

/** @param {Parameter} parameter @param {number} step */
export const value_at = (parameter, step) => parameter.min + (parameter.max - parameter.min) * (step / steps) ** bend;

/** @param {Parameter} parameter @param {number} value */
export const step_at = (parameter, value) => steps * ((value - parameter.min) / (parameter.max - parameter.min)) ** (1 / bend);

/** Round values: a hand on a slider means no others. @param {number} value */
const grain = (value) => [[1, 0.05], [10, 0.5], [100, 1], [500, 5]].find(([below]) => value < below)?.[1] ?? 25;

/** @param {number} value */
const snapped = (value) => Number((Math.round(value / grain(value)) * grain(value)).toFixed(2));

/** The next round value. @param {Parameter} parameter @param {number} value @param {number} sign */
function next_value(parameter, value, sign) {
  const step = grain(sign > 0 ? value : value * 0.999);
  const next = Number(((sign > 0 ? Math.floor(value / step + 1e-9) + 1 : Math.ceil(value / step - 1e-9) - 1) * step).toFixed(2));
  return Math.max(parameter.min, Math.min(parameter.max, next));
}

/** @type {Record<string, number>} */
const arrows = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** @param {Parameter} parameter @param {number} value */
const with_unit = (parameter, value) => `${number(value, value < 1000 && !Number.isInteger(value) ? 1 : 0)} ${t_own(parameter.unit, parameter.unit)}`;

/**
 * @param {Parameter} parameter
 * @param {(value: number) => void} on_value
 */
export function create_depth(parameter, on_value) {
  const id = `parameter-${parameter.id}`;
  const slider = el('input', { type: 'range', id, min: 0, max: steps, step: 1 });
  const exact = el('input', { type: 'number', class: 'exact', min: parameter.min, max: parameter.max, step: 'any' });
  const label = el('label', { for: id });
  const mark = el('span', { class: 'flip', hidden: true });
  const note = el('p', { class: 'note' });
  const reset = el('button', { type: 'button', class: 'quiet' });
  const element = el('section', { class: 'parameter' }, label,
    el('div', { class: 'slider-row' }, el('div', { class: 'slider' }, slider, mark), exact, el('span', {}, t_own(parameter.unit, parameter.unit))),
    note, reset);
  let value = parameter.value;

  slider.addEventListener('input', () => on_value(snapped(value_at(parameter, Number(slider.value)))));
  slider.addEventListener('keydown', (event) => {
    if (!arrows[event.key]) return;
    event.preventDefault();
    on_value(next_value(parameter, value, arrows[event.key]));
  });
  exact.addEventListener('change', () => {
    const typed = Number(exact.value);
    if (exact.value !== '' && typed >= parameter.min && typed <= parameter.max) on_value(typed);
    else exact.value = String(value);
  });
  reset.addEventListener('click', () => on_value(parameter.value));

  return {
    element,
    /** @param {number} now @param {Verdict | undefined} verdict */
    show(now, verdict) {
      value = now;
      slider.value = String(step_at(parameter, now));
      slider.setAttribute('aria-valuetext', with_unit(parameter, now));
      if (document.activeElement !== exact) exact.value = String(now);
      exact.setAttribute('aria-label', t('depth.value', { unit: parameter.unit }));
      renew_children(label, said(parameter.title));
      renew_children(reset, t('depth.reset', { value: with_unit(parameter, parameter.value) }));
      reset.hidden = now === parameter.value;
      const flips_at = verdict?.parameters[parameter.id]?.flips_at ?? null;
      mark.hidden = flips_at === null;
      if (flips_at !== null) mark.style.left = `calc(var(--thumb) / 2 + ${step_at(parameter, flips_at) / steps} * (100% - var(--thumb)))`;
      const flips = flips_at === null ? t('depth.no_flip') : t('depth.flips', { value: with_unit(parameter, flips_at) });
      renew_children(note, el('span', { class: flips_at === null ? '' : 'flip-note', id: `${id}-flips` }, verdict ? flips : ''),
        ...(parameter.assumed ? [el('span', {}, t('depth.assumed'), said(parameter.note))] : []));
    },
  };
}
