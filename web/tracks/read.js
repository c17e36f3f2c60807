// The lines, areas and places of a file, as GeoJSON features: of GPX, and of GeoJSON in each of its forms.
import { t } from '../words/words.js';
import { features_of_gpx } from './gpx.js';

/** @typedef {{ type: 'Feature', geometry: any, properties: Record<string, any> }} Feature */
/** `drawn`: what it is, where a hand drew it. @typedef {{ name: string, feature: Feature, drawn?: 'line' | 'area' }} Named */

/** What cannot be read at all. */
export class Unreadable extends Error {}

/** One JSON text, or one on each line. @param {string} text @returns {any[]} */
function values_of(text) {
  try {
    return [JSON.parse(text.replace(/^[\ufeff\x1e]/, ''))];
  } catch (fault) {
    const lines = text.split(/\r?\n|\x1e/).map((line) => line.trim());
    try {
      if (lines.filter(Boolean).length > 1) return lines.flatMap((line) => (line ? [JSON.parse(line)] : []));
    } catch {} // then the whole is what is wrong
    throw new Unreadable(t('track.not_json', { what: /** @type {Error} */ (fault).message }));
  }
}

const name_keys = ['name', 'Name', 'NAME', 'title', 'label'];

/** @param {any} feature @param {number} i */
function name_of({ id, properties }, i) {
  const key = name_keys.find((name) => typeof properties?.[name] === 'string' && properties[name]);
  return key ? properties[key] : String(id ?? t('track.row', { number: i + 1 }));
}

/** @param {string} text @returns {Named[]} */
function features_of_geojson(text) {
  const features = values_of(text).flatMap((value) => {
    if (value?.type === 'FeatureCollection' && Array.isArray(value.features)) return value.features;
    return value?.type === 'Feature' ? [value] : [{ type: 'Feature', properties: {}, geometry: value }];
  });
  return features.map((feature, i) => ({ name: name_of(feature, i), feature }));
}

/** @param {string} text @param {'gpx' | 'geojson'} kind */
export const features_of = (text, kind) => (kind === 'gpx' ? features_of_gpx(text, (message) => new Unreadable(message)) : features_of_geojson(text));
