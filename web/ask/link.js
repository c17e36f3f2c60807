// What is asked, and the address that asks it again.

/**
 * @typedef {object} Question
 * @property {number | null} lon null: no place has been chosen
 * @property {number | null} lat
 * @property {number} accuracy_m
 * @property {string} at RFC 3339
 * @property {string} policy
 * @property {string} activity
 * @property {Record<string, number>} parameters those that differ from what the policy states
 */

/** @typedef {{ lon: number, lat: number, zoom: number }} View */

const own = new Set(['lon', 'lat', 'accuracy_m', 'at', 'policy', 'activity', 'map']);

/** Enough digits for a centimetre. @param {number} value */
const degrees = (value) => String(Number(value.toFixed(7)));

/** @param {Question} question @param {View} view */
export function to_link(question, view) {
  const parts = new URLSearchParams();
  if (question.lon !== null && question.lat !== null) {
    parts.set('lon', degrees(question.lon));
    parts.set('lat', degrees(question.lat));
    if (question.accuracy_m) parts.set('accuracy_m', String(question.accuracy_m));
  }
  parts.set('at', question.at);
  parts.set('policy', question.policy);
  parts.set('activity', question.activity);
  for (const [id, value] of Object.entries(question.parameters)) parts.set(id, String(value));
  parts.set('map', `${Number(view.zoom.toFixed(2))}/${Number(view.lat.toFixed(5))}/${Number(view.lon.toFixed(5))}`);
  return '#' + parts.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
}

/** What is wrong with a link: `expected` is a key of the words. @typedef {{ name: string, value: string, expected: Expected, values?: Record<string, string> }} LinkFault */
/** @typedef {'number' | 'time' | 'view' | 'pair' | 'once' | 'policy' | 'activity' | 'parameter'} Expected */

const limits = { lon: [-180, 180], lat: [-90, 90], accuracy_m: [0, 1e7] };
const rfc_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Plain decimals alone: `Number` takes more. @param {string} text */
export const decimal = (text) => (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN);

/** @param {string} text @returns {View | null} */
function view_from(text) {
  const [zoom, lat, lon, ...more] = text.split('/').map(decimal);
  return more.length === 0 && [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 ? { zoom, lat, lon } : null;
}

/** @param {string} name @param {string} value @param {Partial<Question>} question @param {LinkFault[]} faults */
function read_number(name, value, question, faults) {
  const [low, high] = limits[/** @type {keyof typeof limits} */ (name)];
  const number = decimal(value);
  if (number >= low && number <= high) Object.assign(question, { [name]: number });
  else faults.push({ name, value, expected: 'number', values: { low: String(low), high: String(high) } });
}

/** What a link states; the rest is left out. With a fault nothing of it is to be shown.
 * @param {string} hash @returns {{ question: Partial<Question>, view: View | null, faults: LinkFault[] }} */
export function from_link(hash) {
  const parts = hash.includes('=') ? new URLSearchParams(hash.replace(/^#/, '')) : new URLSearchParams();
  /** @type {LinkFault[]} */
  const faults = [];
  /** @type {Partial<Question>} */
  const question = {};
  /** @type {Record<string, string>} */
  const parameters = Object.create(null);
  let view = null;
  for (const [name, value] of new Map(parts)) {
    if (parts.getAll(name).length > 1) faults.push({ name, value: parts.getAll(name).join(', '), expected: 'once' });
    else if (Object.hasOwn(limits, name)) read_number(name, value, question, faults);
    else if (name === 'at') {
      if (rfc_3339.test(value) && !Number.isNaN(Date.parse(value))) question.at = value;
      else faults.push({ name, value, expected: 'time' });
    } else if (name === 'map') {
      view = view_from(value);
      if (!view) faults.push({ name, value, expected: 'view' });
    } else if (own.has(name)) Object.assign(question, { [name]: value });
    else parameters[name] = value;
  }
  if (parts.has('lon') !== parts.has('lat')) faults.push({ name: parts.has('lon') ? 'lon' : 'lat', value: parts.get('lon') ?? parts.get('lat') ?? '', expected: 'pair' });
  return { question: { ...question, parameters: /** @type {any} */ (parameters) }, view, faults };
}
