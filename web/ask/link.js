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

/** @param {string | null} text @param {number} low @param {number} high */
function number_within(text, low, high) {
  const number = text === null || text.trim() === '' ? NaN : Number(text);
  return number >= low && number <= high ? number : null;
}

/** @param {string | null} text @returns {View | null} */
function view_from(text) {
  const [zoom, lat, lon] = (text ?? '').split('/').map(Number);
  return [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 ? { zoom, lat, lon } : null;
}

/** What a link states; the rest is left out. @param {string} hash @returns {{ question: Partial<Question>, view: View | null }} */
export function from_link(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  /** @type {Partial<Question>} */
  const question = {};
  const lon = number_within(parts.get('lon'), -180, 180);
  const lat = number_within(parts.get('lat'), -90, 90);
  if (lon !== null && lat !== null) Object.assign(question, { lon, lat });
  question.accuracy_m = number_within(parts.get('accuracy_m'), 0, 1e6) ?? 0;
  const at = parts.get('at');
  if (at && !Number.isNaN(Date.parse(at))) question.at = at;
  question.policy = parts.get('policy') ?? undefined;
  question.activity = parts.get('activity') ?? undefined;
  question.parameters = {};
  for (const [key, value] of parts) {
    const number = number_within(value, -1e12, 1e12);
    if (!own.has(key) && number !== null) question.parameters[key] = number;
  }
  return { question, view: view_from(parts.get('map')) };
}
