// What a map offers beyond the first view: layers on and off, what zones and borders are, how long a way is, lines and areas to draw.
import { el, icon } from '../panel/dom.js';
import { on_language, t } from '../words/words.js';
import { create_draw } from './draw.js';
import { create_features } from './features.js';
import { own } from './layers.js';
import { create_measure } from './measure.js';

/** @typedef {import('../vendor/maplibre-gl.mjs').Map} Map */

/** Layers by what people call them, by how their ids begin. */
const groups = /** @type {const} */ ({
  zones: ['zones-', 'band-zones'], borders: ['borders-', 'band-borders'], regions: ['regions-', 'land'], names: ['cities', 'countries'],
});
/** @typedef {keyof typeof groups} Group */

/** @param {Map} map @param {Group} group @param {boolean} is_on */
function show(map, group, is_on) {
  for (const id of map.getLayersOrder()) {
    if (groups[group].some((begin) => id.startsWith(own(begin)))) map.setLayoutProperty(id, 'visibility', is_on ? 'visible' : 'none');
  }
}

/** @param {Map} map @param {boolean} on_basemap then regions are see-through, and have no layer to be switched */
function create_layer_menu(map, on_basemap) {
  const summary = el('summary', {}, icon('layers'));
  const names = /** @type {Group[]} */ (Object.keys(groups)).filter((group) => !on_basemap || group !== 'regions');
  const items = names.map((group) => {
    const box = el('input', { type: 'checkbox', checked: true, id: `layer-${group}` });
    box.addEventListener('change', () => show(map, group, box.checked));
    const text = el('span', {});
    return { group, text, element: el('li', {}, el('label', {}, box, text)) };
  });
  const element = el('details', { class: 'maplibregl-ctrl maplibregl-ctrl-group layer-menu' }, summary, el('ul', {}, ...items.map(({ element: item }) => item)));
  function translate() {
    summary.setAttribute('aria-label', t('layers'));
    summary.title = t('layers');
    for (const { group, text } of items) text.textContent = t(`layers.${group}`);
  }
  translate();
  on_language(translate);
  return { onAdd: () => element, onRemove: () => element.remove() };
}

/** @param {{ kordon_map: import('./map.js').KordonMap, policy: () => import('../ask/types.js').Policy, take_click: (taker: import('../page.js').ClickTaker) => void }} page @param {boolean} on_basemap
 * @param {(feature: any) => void} on_drawn */
export function create_tools({ kordon_map: { map }, policy, take_click }, on_basemap, on_drawn) {
  map.addControl(create_layer_menu(map, on_basemap), 'top-right');
  create_features(map, policy, take_click);
  const measure = create_measure(map, () => draw.stop());
  const draw = create_draw(map, on_drawn, measure.stop);
  for (const tool of [measure, draw]) {
    map.addControl(tool.control, 'top-right');
    take_click(tool.take);
  }
}
