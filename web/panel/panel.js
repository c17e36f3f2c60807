// The panel: what was asked, what the service says of it, and on what that rests.
import { language, t } from '../words/words.js';
import { lat_lon } from '../words/format.js';
import { create_depth } from './depth.js';
import { by_id, el, icon, renew_children } from './dom.js';
import { said, said_text } from './said.js';
import { sentence } from './sentence.js';
import { create_timeline } from './timeline.js';
import { facts, margin_text, reasons, verdict_head } from './verdict.js';

/** @typedef {import('../ask/types.js').Evaluation} Evaluation */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {import('../ask/types.js').Verdict} Verdict */
/** @typedef {import('../ask/link.js').Question} Question */

const quiet_ms = 700;

/**
 * @param {{ policies: Policy[], policy: () => Policy, own_verdict: (given: Evaluation) => Verdict, link: () => string }} page
 * @param {{ ask: (changes: Partial<Question>) => void, go: () => void }} told
 */
export function create_panel(page, told) {
  const { policies, policy, own_verdict } = page;
  /** @type {Evaluation | null} */
  let answer = null;
  /** @type {Question | null} */
  let question = null;
  /** @type {ReturnType<typeof create_depth>[]} */
  let depths = [];
  let shown_policy = '';
  let spoken = 0;
  let rest_drawn = '';
  const timeline = create_timeline((at) => told.ask({ at }));
  by_id('time').append(timeline.element);
  const accuracy = /** @type {HTMLInputElement} */ (by_id('accuracy'));
  accuracy.addEventListener('change', () => {
    const accuracy_m = Number(accuracy.value);
    if (accuracy.value !== '' && accuracy_m >= 0 && accuracy_m <= 1e6) told.ask({ accuracy_m });
    else accuracy.value = String(question?.accuracy_m ?? 0);
  });
  by_id('go').addEventListener('click', told.go);
  by_id('copy-sentence').addEventListener('click', () => { if (answer) copy(by_id('copy-sentence'), sentence(answer, own_verdict(answer), policy())); });
  by_id('copy-link').addEventListener('click', () => copy(by_id('copy-link'), page.link()));

  const title_of = (/** @type {string} */ activity) => policy().activities.find(({ id }) => id === activity)?.title ?? activity;

  /** Choices among policies and activities, made anew for each language and policy. */
  function draw_choices() {
    const now = /** @type {Question} */ (question);
    by_id('policy-title').replaceChildren(said(policy().title));
    const select = /** @type {HTMLSelectElement} */ (by_id('policy'));
    by_id('policy-choice').hidden = policies.length < 2;
    select.replaceChildren(...policies.map(({ id, title }) => el('option', { value: id, selected: id === now.policy }, said_text(title))));
    select.onchange = () => told.ask({ policy: select.value, activity: policies.find(({ id }) => id === select.value)?.activities[0].id, parameters: {} });
    by_id('activities').replaceChildren(...policy().activities.map(({ id, title }) => {
      const radio = el('input', { type: 'radio', name: 'activity', value: id, checked: id === now.activity });
      radio.addEventListener('change', () => told.ask({ activity: id }));
      return el('label', {}, radio, said(title));
    }));
    if (shown_policy === now.policy) return;
    shown_policy = now.policy;
    depths = policy().parameters.map((parameter) => create_depth(parameter, (value) => {
      const parameters = { ...(question?.parameters ?? {}), [parameter.id]: value };
      if (value === parameter.value) delete parameters[parameter.id];
      told.ask({ parameters });
    }));
    by_id('parameters').replaceChildren(...depths.map(({ element }) => element));
  }

  function draw_question() {
    const now = /** @type {Question} */ (question);
    timeline.show(policy(), now.at);
    if (document.activeElement !== accuracy) accuracy.value = String(now.accuracy_m);
    const verdict = answer ? own_verdict(answer) : undefined;
    policy().parameters.forEach((parameter, i) => depths[i].show(now.parameters[parameter.id] ?? parameter.value, verdict));
  }

  function draw_others(/** @type {Evaluation} */ given, /** @type {Verdict} */ own) {
    const others = given.verdicts.filter((verdict) => verdict !== own && verdict.policy === own.policy);
    by_id('others').replaceChildren(...others.map((verdict) => {
      const button = el('button', { type: 'button', class: 'other', 'data-verdict': verdict.verdict }, icon(verdict.verdict),
        said(title_of(verdict.activity)), el('b', {}, t(`verdict.${verdict.verdict}`)));
      button.addEventListener('click', () => told.ask({ activity: verdict.activity }));
      return el('li', {}, button);
    }));
  }

  function draw_source(/** @type {Evaluation} */ given, /** @type {Verdict} */ own) {
    const rule = policy().rules.find(({ id }) => id === own.because.rule);
    const cited = policy().sources.filter(({ id }) => (rule?.sources ?? [id]).includes(id));
    by_id('source').replaceChildren(
      ...cited.flatMap((source) => [
        el('p', {}, el('b', {}, said(source.title)), ` (${t('source.publisher')}`, said(source.publisher), `, ${source.date})`),
        el('blockquote', {}, said(source.summary)),
      ]),
      el('h3', {}, t('source.warnings')),
      el('ul', { class: 'warnings' }, ...[...given.warnings, ...given.metadata.notices].map((text) => el('li', {}, said(text)))),
      el('p', { class: 'soft version' }, t('data', { version: given.data_version.slice(0, 19), engine: given.engine })));
  }

  /** What changes less often than figures is written only then. @param {Evaluation} given @param {Verdict} own */
  function draw_rest(given, own) {
    const rest_now = JSON.stringify([language(), given.verdicts.map(({ verdict }) => verdict), own.because.rule, own.activity, given.warnings, given.data_version]);
    if (rest_now === rest_drawn) return;
    rest_drawn = rest_now;
    by_id('verdict').replaceChildren(verdict_head(own, t(`verdict.${own.verdict}.means`), title_of(own.activity)));
    draw_others(given, own);
    draw_source(given, own);
  }

  /** For screen readers, once the hand rests. @param {Verdict} own */
  function speak(own) {
    clearTimeout(spoken);
    spoken = window.setTimeout(() => {
      by_id('spoken').textContent = `${t(`verdict.${own.verdict}`)}. ${t('margin')}: ${margin_text(own)}`;
    }, quiet_ms);
  }

  function draw_answer() {
    by_id('intro').hidden = answer !== null;
    by_id('answer').hidden = answer === null;
    if (!answer) return;
    const own = own_verdict(answer);
    const { lon, lat, accuracy_m } = answer.position;
    const place = lat_lon(lat, lon, accuracy_m);
    renew_children(by_id('place'), `${place.lat} ${place.lon}`);
    renew_children(by_id('facts'), facts(answer, own, policy()));
    renew_children(by_id('reasons'), ...reasons(answer, own, policy()));
    draw_rest(answer, own);
    speak(own);
  }

  function redraw() {
    draw_choices();
    draw_question();
    draw_answer();
  }

  return {
    /** @param {Question} now */
    ask(now) {
      const same = question && question.policy === now.policy && question.activity === now.activity;
      question = now;
      if (!same) redraw();
      else draw_question();
    },
    /** @param {Evaluation} given */
    answer(given) {
      answer = given;
      draw_question();
      draw_answer();
    },
    redraw,
  };
}

/** @param {HTMLElement} button @param {string} text */
async function copy(button, text) {
  const words = button.querySelector('span') ?? button;
  const before = words.textContent;
  words.textContent = await navigator.clipboard.writeText(text).then(() => t('share.done'), () => t('share.failed'));
  setTimeout(() => { words.textContent = before; }, 1500);
}
