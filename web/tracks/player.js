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
/** @typedef {import('../vendor/maplibre-gl.mjs').Map} Map */

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

/** What is asked at that moment. @param {Shape} shape @param {{ place: [number, number], accuracy_m: number, interval: number }} state @param {number} at_ms @param {Question} question @param {Policy} policy */
function query_of({ feature: { properties }, intervals }, { place: [lon, lat], accuracy_m, interval }, at_ms, { parameters }, policy) {
  const { policy: id, activity } = intervals[interval];
  const given = { ...properties, ...properties.parameters };
  const own = Object.fromEntries(policy.parameters.flatMap((parameter) => (typeof given[parameter.id] === 'number' ? [[parameter.id, given[parameter.id]]] : [])));
  return { lon: (((lon + 540) % 360) - 180).toFixed(8), lat: lat.toFixed(8), accuracy_m, at: properties.at ?? new Date(at_ms).toISOString(), policy: id, activity, ...parameters, ...own };
}

/** The marker, and the sentence of a moment: its verdict is the interval's until that of the place is there, with its margin.
 * @param {{ map: Map, question: () => Question, policy: () => Policy, on_fault: (fault: unknown) => void }} of @param {(words: string, verdict: string, is_known: boolean) => void} say */
function create_moment({ map, question, policy, on_fault }, say) {
  const dot = el('div', { class: 'track-marker', 'aria-hidden': 'true' });
  const marker = new Marker({ element: dot });
  let wanted_ms = NaN;
  const time = () => moment_s(wanted_ms);
  /** @param {string} verdict @param {string} margin @param {boolean} is_known */
  function tell(verdict, margin, is_known) {
    dot.dataset.verdict = verdict;
    say(t('track.moment', { time: time(), verdict: t(/** @type {'verdict.eligible'} */ (`verdict.${verdict}`)), margin }), verdict, is_known);
  }
  const ask = create_asker(async (/** @type {{ at_ms: number, query: import('../ask/service.js').Query }} */ { query }) => /** @type {Promise<Evaluation>} */ (get('v1/evaluate', query)), ({ verdicts: [verdict] }, { at_ms }) => {
    if (at_ms === wanted_ms) tell(verdict.verdict, margin_text(verdict), true);
  }, on_fault);

  return {
    hide() {
      wanted_ms = NaN;
      marker.remove();
    },
    /** @param {Shape} shape @param {import('./motion.js').Fix[]} fixes @param {number} at_ms */
    show(shape, fixes, at_ms) {
      wanted_ms = at_ms;
      const state = state_at(shape, fixes, at_ms);
      if (!state) {
        marker.remove();
        return say(t('track.moment.gap', { time: time() }), 'gap', true);
      }
      marker.setLngLat(state.place).addTo(map);
      tell(shape.intervals[state.interval].verdict, '…', false);
      ask({ at_ms, query: query_of(shape, state, at_ms, question(), policy()) });
    },
  };
}

/** @param {Map} map @param {() => Question} question @param {() => Policy} policy @param {(fault: unknown) => void} on_fault */
export function create_player(map, question, policy, on_fault) {
  const { slider, play, said, bar, label, element } = create_elements();
  const moment = create_moment({ map, question, policy, on_fault }, (words, verdict, is_known) => {
    Object.assign(said.dataset, { verdict, known: String(is_known) });
    said.textContent = words;
    slider.setAttribute('aria-valuetext', words);
  });
  /** @type {Shape | null} */
  let shape = null;
  /** @type {import('./motion.js').Fix[]} */
  let fixes = [];
  let now_ms = 0;
  const ends = () => [fixes[0].at_ms, fixes[fixes.length - 1].at_ms];

  /** @param {number} to_ms */
  function go(to_ms) {
    if (!shape) return;
    const [from, to] = ends();
    now_ms = Math.round(Math.max(from, Math.min(to, to_ms)));
    slider.value = String(now_ms - from);
    moment.show(shape, fixes, now_ms);
  }
  const clock = create_clock((part) => {
    const [from, to] = ends();
    go(now_ms + part * (to - from));
    return now_ms < to;
  }, (is_on) => {
    play.textContent = is_on ? '❚❚' : '▶';
    play.setAttribute('aria-label', t(is_on ? 'track.pause' : 'track.play'));
  });
  listen(slider, play, { go, clock, ends, now: () => now_ms });

  return {
    element, go,
    now: () => (shape ? now_ms : null),
    /** @param {Shape | null} next @param {number | null} [at_ms] */
    show(next, at_ms = null) {
      clock.stop();
      moment.hide();
      fixes = next ? fixes_of(next) : [];
      shape = fixes.length > 1 && fixes[fixes.length - 1].at_ms > fixes[0].at_ms ? next : null;
      element.hidden = shape === null;
      if (!shape) return;
      slider.max = String(ends()[1] - ends()[0]);
      label.textContent = t('track.time');
      bar.replaceChildren(time_bar(shape));
      go(at_ms ?? ends()[0]);
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
