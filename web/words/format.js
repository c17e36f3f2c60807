// Figures as people read them, in the language of the page.
import { language, locale, t } from './words.js';

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {number} value @param {number} digits */
export function number(value, digits) {
  const key = `${locale()} ${digits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(key, format);
  return format.format(value).replace('-', '−');
}

/** Metres below 1 km, kilometres above, to about four figures. @param {number} metres */
export function distance(metres) {
  const size = Math.abs(metres);
  if (size < 10) return `${number(metres, size === 0 ? 0 : 1)} ${t('m')}`;
  if (size < 1000) return `${number(metres, 0)} ${t('m')}`;
  const digits = size < 10_000 ? 2 : size < 1_000_000 ? 1 : 0;
  return `${number(metres / 1000, Number.isInteger(metres / 1000) ? 0 : digits)} ${t('km')}`;
}

/** As many digits as the accuracy gives meaning to, at most 5. @param {number} degrees @param {number} [accuracy_m] */
export function coordinate(degrees, accuracy_m = 0) {
  const digits = accuracy_m < 10 ? 5 : accuracy_m < 1000 ? 4 : 3;
  return degrees.toFixed(digits).replace('-', '−');
}

/** @param {number} lat @param {number} lon @param {number} [accuracy_m] */
export function lat_lon(lat, lon, accuracy_m) {
  return {
    lat: `${coordinate(Math.abs(lat), accuracy_m)}° ${lat < 0 ? 'S' : 'N'}`,
    lon: `${coordinate(Math.abs(lon), accuracy_m)}° ${lon < 0 ? 'W' : 'E'}`,
  };
}

const winds = {
  en: ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'],
  uk: ['північ', 'північний схід', 'схід', 'південний схід', 'південь', 'південний захід', 'захід', 'північний захід'],
};

/** @param {number} bearing_deg */
export const compass = (bearing_deg) => winds[language()][Math.round(bearing_deg / 45) % 8];

/** @param {number} bearing_deg */
export const bearing = (bearing_deg) => `${number(bearing_deg, 0)}°`;

/** @param {string} at RFC 3339; the day in UTC */
export function day(at) {
  return new Date(at).toLocaleDateString(locale(), { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
}

/** @param {string} at */
export function moment(at) {
  const text = new Date(at).toLocaleString(locale(), { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${text} UTC`;
}

/** To the second: what a link and a person can carry. @param {number} ms */
export const instant = (ms) => new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
