// A line above all else: the service is gone, is back, or refuses.
import { t } from '../words/words.js';
import { by_id } from './dom.js';

const shown_ms = 6000;

export function create_notice() {
  const element = by_id('notice');
  /** @type {'down' | 'back' | 'refused' | ''} */
  let kind = '';
  let message = '';
  let timer = 0;

  function draw() {
    element.dataset.kind = kind;
    element.hidden = kind === '';
    element.textContent = kind === 'down' ? t('down') : kind === 'back' ? t('back') : kind === 'refused' ? t('fault', { message }) : '';
  }
  /** @param {typeof kind} now @param {boolean} stays */
  function show(now, stays) {
    clearTimeout(timer);
    kind = now;
    draw();
    if (!stays) timer = window.setTimeout(() => { kind = ''; draw(); }, shown_ms);
  }

  return {
    down: () => show('down', true),
    back: () => show('back', false),
    /** @param {string} text */
    refused(text) {
      message = text;
      show('refused', false);
    },
    translate: draw,
  };
}
