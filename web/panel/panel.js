// The panel: what was asked, what the service says of it, and on what that rests.
import { t } from '../words/words.js';
import { lat_lon } from '../words/format.js';
import { create_choices } from './choices.js';
import { by_id, renew_children } from './dom.js';
import { create_rest } from './rest.js';
import { sentence } from './sentence.js';
import { create_timeline } from './timeline.js';
import { facts, margin_text, verdict_head } from './verdict.js';
import { reasons } from './why.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {import('../ask/link.js').Question} Question */

const quiet_ms = 700;
const most_accuracy_m = 1e6;

/** @param {() => Question | null} question @param {(changes: Partial<Question>) => void} ask */
function create_accuracy(question, ask) {
  const box = /** @type {HTMLInputElement} */ (by_id('accuracy'));
  box.addEventListener('change', () => {
    const accuracy_m = Number(box.value);
    if (box.value !== '' && accuracy_m >= 0 && accuracy_m <= most_accuracy_m) ask({ accuracy_m });
    else box.value = String(question()?.accuracy_m ?? 0);
  });
  return {
    /** @param {number} accuracy_m */
    show(accuracy_m) { if (document.activeElement !== box) box.value = String(accuracy_m); },
  };
}

/** For screen readers, once the hand rests. */
function create_speaker() {
  let timer = 0;
  return (/** @type {Verdict} */ own) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      by_id('spoken').textContent = `${t(`verdict.${own.verdict}`)}. ${by_id('verdict').querySelector('.decided')?.textContent ?? ''}. ${t('margin')}: ${margin_text(own)}`;
    }, quiet_ms);
  };
}

/** What an answer is shown by. @param {() => Policy} policy @param {(activity: string) => void} choose */
function create_answered(policy, choose) {
  const rest = create_rest(policy, choose);
  const speak = create_speaker();
  return {
    /** @param {Evaluation} answer @param {Verdict} own */
    draw(answer, own) {
      draw_figures(answer, own, policy());
      rest.draw(answer, own);
      speak(own);
    },
  };
}

/**
 * @param {{ policies: Policy[], policy: () => Policy, own_verdict: (given: Evaluation) => Verdict, link: () => string }} page
 * @param {{ ask: (changes: Partial<Question>) => void, go: () => void }} told
 */
export function create_panel({ policies, policy, own_verdict, link }, told) {
  /** @type {Evaluation | null} */
  let answer = null;
  /** @type {Question | null} */
  let question = null;
  const choices = create_choices(policies, policy, told.ask);
  const timeline = create_timeline((at) => told.ask({ at }));
  const accuracy = create_accuracy(() => question, told.ask);
  const answered = create_answered(policy, (activity) => told.ask({ activity }));
  by_id('time').append(timeline.element);
  by_id('go').addEventListener('click', told.go);
  offer_copies({ 'copy-link': link, 'copy-sentence': () => (answer ? sentence(answer, own_verdict(answer), policy()) : '') });

  /** @param {Question} now */
  function draw_question(now) {
    timeline.show(policy(), now.at);
    accuracy.show(now.accuracy_m);
    choices.show(now, answer ? own_verdict(answer) : undefined);
  }
  function draw_answer() {
    by_id('intro').hidden = answer !== null;
    by_id('answer').hidden = answer === null;
    if (answer) answered.draw(answer, own_verdict(answer));
  }
  function redraw() {
    if (!question) return;
    choices.draw(question);
    draw_question(question);
    draw_answer();
  }

  return {
    /** @param {Question} now */
    ask(now) {
      const same = question && question.policy === now.policy && question.activity === now.activity;
      question = now;
      if (!same) redraw();
      else draw_question(now);
    },
    /** @param {Evaluation} given */
    answer(given) {
      answer = given;
      if (question) draw_question(question);
      draw_answer();
    },
    redraw,
  };
}

/** @param {Record<string, () => string>} texts by the button that copies it */
function offer_copies(texts) {
  for (const [id, text] of Object.entries(texts)) by_id(id).addEventListener('click', () => copy(by_id(id), text()));
}

/** @param {Evaluation} answer @param {Verdict} own @param {Policy} policy */
function draw_figures(answer, own, policy) {
  const { lon, lat, accuracy_m } = answer.position;
  const place = lat_lon(lat, lon, accuracy_m);
  renew_children(by_id('verdict'), verdict_head(own, policy, answer.at));
  renew_children(by_id('place'), `${place.lat} ${place.lon}`);
  renew_children(by_id('facts'), facts(answer, own, policy));
  renew_children(by_id('reasons'), ...reasons(answer, own, policy));
}

/** @param {HTMLElement} button @param {string} text */
async function copy(button, text) {
  const words = button.querySelector('span') ?? button;
  const before = words.textContent;
  words.textContent = await navigator.clipboard.writeText(text).then(() => t('share.done'), () => t('share.failed'));
  setTimeout(() => { words.textContent = before; }, 1500);
}
