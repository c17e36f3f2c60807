// What is drawn, from the ground up.

/** @typedef {import('../vendor/maplibre-gl.mjs').LayerSpecification} Layer */
/** @typedef {import('./palette.js').Palette} Palette */

export const sources = ['regions', 'borders', 'zones', 'cities'];

/** @param {string} permit @param {string} prohibit @returns {any} */
const by_effect = (permit, prohibit) => ['match', ['get', 'effect'], 'permit', permit, prohibit];

/** @param {Palette} p @param {boolean} on_basemap @returns {Layer[]} */
function ground(p, on_basemap) {
  return [
    {
      id: 'regions', type: 'fill', source: 'regions',
      paint: { 'fill-color': ['match', ['get', 'tone'], 0, p.land[0], 1, p.land[1], p.land[2]], 'fill-opacity': on_basemap ? 0 : 1, 'fill-antialias': false },
    },
    {
      id: 'zones', type: 'fill', source: 'zones',
      paint: { 'fill-pattern': by_effect(`permit-${p.name}`, `prohibit-${p.name}`), 'fill-antialias': false },
    },
    {
      id: 'regions-outline', type: 'line', source: 'regions',
      paint: { 'line-color': p.outline, 'line-width': 1, 'line-opacity': on_basemap ? 0 : 0.8 },
    },
    {
      id: 'zones-outline', type: 'line', source: 'zones', layout: { 'line-join': 'round' },
      paint: { 'line-color': by_effect(p.permit, p.prohibit), 'line-width': 1.8 },
    },
  ];
}

/** @param {Palette} p @returns {Layer[]} */
function lines(p) {
  return [
    {
      id: 'borders-casing', type: 'line', source: 'borders', layout: { 'line-join': 'round' },
      paint: { 'line-color': p.border_casing, 'line-width': 5, 'line-opacity': 0.7 },
    },
    {
      id: 'borders', type: 'line', source: 'borders', layout: { 'line-join': 'round' },
      paint: { 'line-color': p.border, 'line-width': ['case', ['get', 'of_policy'], 2.4, 1.3] },
    },
  ];
}

/** Names are drawn with the fonts of the device: nothing is fetched. @param {Palette} p @param {string} language @returns {Layer[]} */
function names(p, language) {
  /** @type {any} */
  const name = ['coalesce', ['get', `name_${language}`], ['get', 'name_en']];
  return [
    {
      id: 'cities-dot', type: 'circle', source: 'cities', filter: ['!=', ['get', 'rank'], 0],
      minzoom: 3, paint: { 'circle-radius': 2.4, 'circle-color': p.text_halo, 'circle-stroke-color': p.text, 'circle-stroke-width': 1.2, 'circle-opacity': ['step', ['zoom'], ['case', ['<=', ['get', 'rank'], 1], 1, 0], 5, ['case', ['<=', ['get', 'rank'], 2], 1, 0], 6.2, 1], 'circle-stroke-opacity': ['step', ['zoom'], ['case', ['<=', ['get', 'rank'], 1], 1, 0], 5, ['case', ['<=', ['get', 'rank'], 2], 1, 0], 6.2, 1] },
    },
    ...[1, 2, 3].map((rank) => /** @type {Layer} */ ({
      id: `cities-${rank}`, type: 'symbol', source: 'cities', filter: ['==', ['get', 'rank'], rank], minzoom: [0, 3, 5, 6.2][rank],
      layout: {
        'text-field': name, 'text-font': ['sans-serif'], 'text-size': [0, 14, 13, 12][rank], 'text-radial-offset': 0.55,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-justify': 'auto', 'text-padding': 3,
      },
      paint: { 'text-color': p.text, 'text-halo-color': p.text_halo, 'text-halo-width': 1.6 },
    })),
    {
      id: 'countries', type: 'symbol', source: 'cities', filter: ['==', ['get', 'rank'], 0],
      layout: { 'text-field': name, 'text-font': ['sans-serif'], 'text-size': 15, 'text-letter-spacing': 0.25, 'text-transform': 'uppercase', 'text-padding': 8 },
      paint: { 'text-color': p.text_soft, 'text-halo-color': p.text_halo, 'text-halo-width': 1.6 },
    },
  ];
}

/** @param {Palette} palette @param {string} language @param {boolean} on_basemap */
export function layers_of(palette, language, on_basemap) {
  return [...ground(palette, on_basemap), ...lines(palette), ...names(palette, language)];
}
