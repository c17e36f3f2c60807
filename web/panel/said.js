// What a policy or the service says: in the language of the page, or in English and marked so.
import { translated } from '../words/words.js';
import { el } from './dom.js';

/** Marks of code are for programmers. @param {string} text */
const quoted = (text) => text.replace(/`([^`]*)`/g, '“$1”');

/** @param {string} text */
export function said(text) {
  const words = translated(text);
  return el('span', { lang: words === null && 'en' }, quoted(words ?? text));
}

/** Where no mark can be. @param {string} text */
export const said_text = (text) => quoted(translated(text) ?? text);
