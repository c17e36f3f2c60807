// What the signs on the map mean: the zones of the rules in force, the border that the policy names, the way to it.
import { el } from '../panel/dom.js';
import { t } from '../words/words.js';

/** @typedef {'permit' | 'prohibit' | 'none' | 'border' | 'nearest'} Sign */

export function create_legend() {
  const element = el('ul', { class: 'legend maplibregl-ctrl' });
  /** @type {Set<Sign>} */
  let zones = new Set();
  let with_place = false;

  function draw() {
    /** @type {Sign[]} */
    const signs = [...(zones.size ? zones : /** @type {Sign[]} */ (['none'])), 'border'];
    if (with_place) signs.push('nearest');
    element.setAttribute('aria-label', t('legend'));
    element.replaceChildren(...signs.map((sign) => el('li', { 'data-sign': sign }, t(`legend.${sign}`))));
  }

  return {
    /** @type {import('../vendor/maplibre-gl.mjs').IControl} */
    control: { onAdd: () => element, onRemove: () => element.remove() },
    /** @param {GeoJSON.FeatureCollection} now */
    zones(now) {
      zones = new Set(now.features.map(({ properties }) => properties?.effect));
      draw();
    },
    place() {
      if (with_place) return;
      with_place = true;
      draw();
    },
    translate: draw,
  };
}
