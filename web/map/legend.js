// What the signs on the map mean: the zones of the rules in force, the border that the policy names, the way to it.
import { el } from '../panel/dom.js';
import { t } from '../words/words.js';

/** @typedef {'permit' | 'prohibit' | 'none' | 'border' | 'unsure' | 'nearest'} Sign */

export function create_legend() {
  const element = el('ul', { class: 'legend maplibregl-ctrl' });
  /** @type {Set<Sign>} */
  let zones = new Set();
  let with_place = false;
  let is_unsure = false;

  function draw() {
    /** @type {Sign[]} */
    const signs = [...(zones.size ? zones : /** @type {Sign[]} */ (['none'])), 'border'];
    if (is_unsure) signs.push('unsure');
    if (with_place) signs.push('nearest');
    element.setAttribute('aria-label', t('legend'));
    element.replaceChildren(...signs.map((sign) => el('li', { 'data-sign': sign }, t(`legend.${sign}`))));
  }

  return {
    /** @type {import('../vendor/maplibre-gl.mjs').IControl} */
    control: { onAdd: () => element, onRemove: () => element.remove() },
    /** @param {Sign[]} effects of the rules in force */
    zones(effects) {
      zones = new Set(effects);
      draw();
    },
    /** @param {boolean} unsure whether nothing can be told there */
    place(unsure) {
      if (with_place && unsure === is_unsure) return;
      with_place = true;
      is_unsure = unsure;
      draw();
    },
    translate: draw,
  };
}
