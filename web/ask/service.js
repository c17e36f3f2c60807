// The service that this page came from. Every answer is JSON; what is none, or a problem, is thrown.
import { complaints } from './complaints.js';

/** The folder of the page's own address: the service may stand below a path of its host. */
const base = new URL('.', document.baseURI);

/** An answer of the service that says what is wrong with the request (RFC 9457). */
export class Problem extends Error {
  /** @param {number} status @param {string[]} messages each of its own */
  constructor(status, messages) {
    super(messages.join('; '));
    this.status = status;
    this.messages = messages;
  }
}

/** The service did not answer, or said that it cannot now. */
export class Unreachable extends Error {}

/** @typedef {Record<string, string | number | undefined>} Query */

/** @param {string} path @param {Query} [query] */
export function url_of(path, query = {}) {
  const url = new URL(path, base);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(key, String(value));
  }
  return url;
}

const passing = new Set([502, 503, 504]);

/** @param {string} path @param {Query} [query] @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function get(path, query, signal) {
  const response = await reach(url_of(path, query), { signal, headers: { Accept: 'application/json, application/geo+json' } });
  return response.json().catch(() => { throw new Unreachable('the answer was cut off'); });
}

/** @param {URL} url @param {RequestInit} options */
export async function reach(url, options) {
  const response = await fetch(url, options).catch((fault) => {
    if (fault.name === 'AbortError') throw fault;
    throw new Unreachable(String(fault.message));
  });
  if (response.ok) return response;
  if (passing.has(response.status)) throw new Unreachable(`status ${response.status}`);
  throw new Problem(response.status, await complaints(response));
}
