// The policy's dates on a line, and the time that is asked for.
import { language, t } from '../words/words.js';
import { day, instant, moment } from '../words/format.js';
import { el } from './dom.js';

/** @typedef {import('../ask/types.js').Policy} Policy */

const day_ms = 86_400_000;
const room_ms = 16 * day_ms;

/** @param {Policy} policy */
function dates_of(policy) {
  const from = policy.rules.flatMap((rule) => (rule.from ? [{ at: rule.from, key: /** @type {const} */ ('time.from') }] : []));
  const until = policy.rules.flatMap((rule) => (rule.until ? [{ at: rule.until, key: /** @type {const} */ ('time.until') }] : []));
  const all = [...from, ...until, { at: policy.known_through, key: /** @type {const} */ ('time.known') }];
  const distinct = new Map(all.map((date) => [date.at + date.key, date]));
  return [...distinct.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** @param {(at: string) => void} on_time */
function create_elements(on_time) {
  const slider = el('input', { type: 'range', id: 'timeline', step: day_ms });
  const exact = el('input', { type: 'datetime-local', step: 1, id: 'time-exact' });
  const now = el('button', { type: 'button', class: 'quiet' });
  const label = el('label', { for: 'timeline' });
  const track = el('div', { class: 'slider timeline' }, slider);
  const dates = el('ul', { class: 'dates' });
  const late = el('p', { class: 'late' });
  const element = el('section', { class: 'time' }, label, track, dates,
    el('div', { class: 'time-row' }, exact, el('span', { class: 'soft' }, 'UTC'), now), late);

  slider.addEventListener('input', () => on_time(instant(Number(slider.value))));
  exact.addEventListener('change', () => {
    const ms = Date.parse(`${exact.value}Z`);
    if (!Number.isNaN(ms)) on_time(instant(ms));
  });
  now.addEventListener('click', () => on_time(instant(Date.now())));
  return { slider, exact, now, label, track, dates, late, element };
}

/** The policy's dates along the slider and as buttons below it. @param {ReturnType<typeof create_elements>} elements
 * @param {Policy} policy @param {(at: string) => void} on_time */
function draw_dates({ slider, track, dates }, policy, on_time) {
  const all = dates_of(policy);
  const times = all.map(({ at }) => Date.parse(at));
  const [from, to] = [Math.floor((Math.min(...times) - room_ms) / day_ms) * day_ms, Math.ceil((Math.max(...times) + room_ms) / day_ms) * day_ms];
  slider.min = String(from);
  slider.max = String(to);
  const left = (/** @type {string} */ at) => `calc(var(--thumb) / 2 + ${(Date.parse(at) - from) / (to - from)} * (100% - var(--thumb)))`;
  const ticks = all.map(({ at, key }) => {
    const tick = el('span', { class: 'tick', 'data-kind': key });
    tick.style.left = left(at);
    return tick;
  });
  const unknown = el('span', { class: 'unknown' });
  unknown.style.left = left(policy.known_through);
  track.replaceChildren(unknown, slider, ...ticks);
  dates.replaceChildren(...all.map(({ at, key }) => {
    const jump = el('button', { type: 'button', class: 'quiet' }, t(key, { date: day(at) }));
    jump.addEventListener('click', () => on_time(instant(Date.parse(at))));
    return el('li', { 'data-kind': key }, jump);
  }));
}

/** @param {(at: string) => void} on_time */
export function create_timeline(on_time) {
  const elements = create_elements(on_time);
  const { slider, exact, now, label, late, element } = elements;
  let dates_drawn = '';
  let time_drawn = '';

  return {
    element,
    /** @param {Policy} policy @param {string} at */
    show(policy, at) {
      if (document.activeElement !== exact) exact.value = instant(Date.parse(at)).slice(0, 19);
      const dates_now = `${policy.id} ${language()}`;
      if (time_drawn === dates_now + at) return;
      time_drawn = dates_now + at;
      if (dates_now !== dates_drawn) draw_dates(elements, policy, on_time);
      dates_drawn = dates_now;
      const ms = Date.parse(at);
      slider.value = String(ms);
      slider.setAttribute('aria-valuetext', moment(at));
      exact.setAttribute('aria-label', t('time.exact'));
      label.replaceChildren(`${t('time')}: `, el('b', {}, moment(at)));
      now.textContent = t('time.now');
      late.textContent = ms > Date.parse(policy.known_through) ? t('time.later') : '';
    },
  };
}
