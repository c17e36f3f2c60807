// A line above all else: the service is gone, is back, or refuses.
import { t } from '../words/words.js';
import { by_id } from './dom.js';
import { said_text } from './said.js';

const shown_ms = 6000;

/** @param {import('../ask/link.js').LinkFault[]} faults */
const link_text = (faults) => t('link.refused', {
  faults: faults.map(({ name, value, expected, values }) => t(`link.${expected}`, { name, value, ...values })).join('; '),
});

export function create_notice() {
  const element = by_id('notice');
  /** @type {'down' | 'back' | 'refused' | 'link' | ''} */
  let kind = '';
  /** @type {string[]} */
  let messages = [];
  /** @type {import('../ask/link.js').LinkFault[]} */
  let link_faults = [];
  let timer = 0;

  /** @param {Exclude<typeof kind, ''>} of */
  const text_of = (of) => (of === 'refused' ? t('fault', { message: messages.map(said_text).join('; ') }) : of === 'link' ? link_text(link_faults) : t(of));
  function draw() {
    element.dataset.kind = kind;
    element.hidden = kind === '';
    element.textContent = kind === '' ? '' : text_of(kind);
    document.documentElement.dataset.service = kind === 'down' ? 'down' : 'up';
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
    /** @param {string[]} texts of the service */
    refused(texts) {
      messages = texts;
      show('refused', false);
    },
    /** It stays until something else is asked. @param {import('../ask/link.js').LinkFault[]} faults */
    link(faults) {
      link_faults = faults;
      show('link', true);
    },
    asked() { if (kind === 'link') show('', true); },
    translate: draw,
  };
}
