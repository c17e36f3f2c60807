// Gives a file to the reader, as a download.
import { el } from './dom.js';

const kept_ms = 60_000;

/** @param {Blob} blob @param {string} name */
export function hand_over(blob, name) {
  const link = el('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), kept_ms);
}
