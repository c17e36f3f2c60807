// What a policy or the service says: in the language of the page, or in English and marked so.
import { translated } from '../words/words.js';
import { el } from './dom.js';

/** @param {string} text */
export function said(text) {
  const words = translated(text);
  return el('span', { lang: words === null && 'en' }, words ?? text);
}

/** Where no mark can be. @param {string} text */
export const said_text = (text) => translated(text) ?? text;
