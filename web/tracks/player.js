// The slider of a track with times: a marker runs along, and a sentence says what holds at that moment.
import { create_asker } from '../ask/asker.js';
import { get } from '../ask/service.js';
import { el } from '../panel/dom.js';
import { margin_text } from '../panel/verdict.js';
import { Marker } from '../vendor/maplibre-gl.mjs';
import { t } from '../words/words.js';
import { fixes_of, state_at } from './motion.js';
import { moment_s } from './time.js';

/** @typedef {import('./ask.js').Shape} Shape */
/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/link.js').Question} Question */

const steps = 500;
const far_steps = 25;
const play_ms = 20_000;
const most_parts = 400;
/** Of a step to the right. @type {Record<string, number>} */
const keys = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: far_steps, PageDown: -far_steps };

/** Its intervals and gaps by time. @param {Shape} shape */
function time_bar({ intervals, gaps }) {
  const parts = [...intervals.map(({ verdict, from_time, to_time }) => ({ verdict, from_time, to_time })), ...gaps.map(({ from_time, to_time }) => ({ verdict: 'gap', from_time, to_time }))];
  const ms = (/** @type {string | undefined} */ time) => Date.parse(time ?? '');
  if (parts.length > most_parts) return '';
  return el('div', { class: 'share-bar', 'aria-hidden': 'true' }, ...parts.sort((a, b) => ms(a.from_time) - ms(b.from_time)).map(({ verdict, from_time, to_time }) => {
    const part = el('span', { 'data-verdict': verdict });
    part.style.flexGrow = String(Math.max(0, ms(to_time) - ms(from_time)));
    return part;
  }));
}

function create_elements() {
  const slider = el('input', { type: 'range', id: 'track-time', min: 0, step: 'any' });
  const play = el('button', { type: 'button', class: 'round', id: 'track-play' });
  const said = el('p', { id: 'track-moment' });
  const bar = el('div', { class: 'time-bar' });
  const label = el('label', { for: 'track-time' });
  const element = el('section', { class: 'player', hidden: true }, label, el('div', { class: 'slider-row' }, play, el('div', { class: 'slider' }, bar, slider)), said);
  return { slider, play, said, bar, label, element };
}

/** A clock for the slider. @param {(part: number) => boolean} on_frame what has passed of the whole since the frame before: false at the end @param {(is_on: boolean) => void} on_change */
function create_clock(on_frame, on_change) {
  let frame = 0;
  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
    on_change(false);
  }
  function start() {
    let before_ms = performance.now();
    const run = (/** @type {number} */ now_ms) => {
      const goes_on = on_frame(Math.max(0, now_ms - before_ms) / play_ms);
      before_ms = now_ms;
      if (goes_on) frame = requestAnimationFrame(run);
      else stop();
    };
    frame = requestAnimationFrame(run);
    on_change(true);
  }
  return { start, stop, is_on: () => frame !== 0 };
}

/** What is asked at that moment. @param {Shape} shape @param {{ place: [number, number], accuracy_m: number, interval: number }} state @param {number} at_ms @param {Question} question */
function query_of({ feature: { properties }, intervals }, { place: [lon, lat], accuracy_m, interval }, at_ms, { parameters }, /** @type {Policy} */ { parameters: known }) {
  const { policy, activity } = intervals[interval];
  const given = { ...properties, ...properties.parameters };
  const own = Object.fromEntries(known.flatMap(({ id }) => (typeof given[id] === 'number' ? [[id, given[id]]] : [])));
  return { lon: (((lon + 540) % 360) - 180).toFixed(8), lat: lat.toFixed(8), accuracy_m, at: properties.at ?? new Date(at_ms).toISOString(), policy, activity, ...parameters, ...own };
}

/** @param {import('../map/map.js').KordonMap['map']} map @param {() => Question} question @param {() => Policy} policy @param {(fault: unknown) => void} on_fault */
export function create_player(map, question, policy, on_fault) {
  const { slider, play, said, bar, label, element } = create_elements();
  const dot = el('div', { class: 'track-marker', 'aria-hidden': 'true' });
  const marker = new Marker({ element: dot });
  /** @type {Shape | null} */
  let shape = null;
  /** @type {import('./motion.js').Fix[]} */
  let fixes = [];
  let now_ms = 0;
  /** @type {{ at_ms: number, verdict: import('../ask/types.js').Verdict } | null} */
  let known = null;
  const ends = () => [fixes[0].at_ms, fixes[fixes.length - 1].at_ms];

  const ask = create_asker(async (/** @type {ReturnType<typeof query_of> & { moment_ms: number }} */ { moment_ms, ...query }) => ({ moment_ms, answer: /** @type {Evaluation} */ (await get('v1/evaluate', query)) }), ({ moment_ms, answer }) => {
    known = { at_ms: moment_ms, verdict: answer.verdicts[0] };
    write();
  }, on_fault);

  function write() {
    if (!shape) return;
    const state = state_at(shape, fixes, now_ms);
    const is_known = state && known?.at_ms === now_ms;
    const name = is_known && known ? known.verdict.verdict : state ? shape.intervals[state.interval].verdict : null;
    const time = moment_s(now_ms);
    const words = name ? t('track.moment', { time, verdict: t(`verdict.${name}`), margin: is_known && known ? margin_text(known.verdict) : '…' }) : t('track.moment.gap', { time });
    dot.dataset.verdict = name ?? 'gap';
    said.dataset.verdict = name ?? 'gap';
    said.dataset.known = String(Boolean(is_known) || !state);
    said.textContent = words;
    slider.setAttribute('aria-valuetext', words);
  }
  /** @param {number} to_ms */
  function go(to_ms) {
    if (!shape) return;
    const [from, to] = ends();
    now_ms = Math.round(Math.max(from, Math.min(to, to_ms)));
    slider.value = String(now_ms - from);
    const state = state_at(shape, fixes, now_ms);
    if (state) {
      marker.setLngLat(state.place).addTo(map);
      ask({ ...query_of(shape, state, now_ms, question(), policy()), moment_ms: now_ms });
    } else marker.remove();
    write();
  }
  const clock = create_clock((part) => {
    const [from, to] = ends();
    go(now_ms + part * (to - from));
    return now_ms < to;
  }, (is_on) => {
    play.textContent = is_on ? '❚❚' : '▶';
    play.setAttribute('aria-label', t(is_on ? 'track.pause' : 'track.play'));
  });
  listen(slider, play, { go: (ms) => go(ms), clock, ends, now: () => now_ms });

  return {
    element, go,
    stop: clock.stop,
    now: () => (shape ? now_ms : null),
    /** @param {Shape | null} next @param {number | null} [at_ms] */
    show(next, at_ms = null) {
      clock.stop();
      fixes = next ? fixes_of(next) : [];
      shape = fixes.length > 1 && fixes[fixes.length - 1].at_ms > fixes[0].at_ms ? next : null;
      element.hidden = shape === null;
      known = null;
      if (!shape) return void marker.remove();
      const [from, to] = ends();
      slider.max = String(to - from);
      label.textContent = t('track.time');
      bar.replaceChildren(time_bar(shape));
      go(at_ms ?? from);
    },
  };
}

/** @param {HTMLInputElement} slider @param {HTMLButtonElement} play
 * @param {{ go: (ms: number) => void, clock: ReturnType<typeof create_clock>, ends: () => number[], now: () => number }} of */
function listen(slider, play, { go, clock, ends, now }) {
  slider.addEventListener('input', () => {
    clock.stop();
    go(ends()[0] + Number(slider.value));
  });
  slider.addEventListener('keydown', (event) => {
    const step = keys[event.key];
    if (!step) return;
    event.preventDefault();
    clock.stop();
    const [from, to] = ends();
    go(now() + (step * (to - from)) / steps);
  });
  play.addEventListener('click', () => {
    if (clock.is_on()) return clock.stop();
    if (now() >= ends()[1]) go(ends()[0]);
    clock.start();
  });
}
