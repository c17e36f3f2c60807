// What is drawn, from the ground up.

/** @typedef {import('../vendor/maplibre-gl.mjs').LayerSpecification} Layer */
/** @typedef {import('./palette.js').Palette} Palette */

export const sources = ['land', 'regions', 'borders', 'zones', 'cities'];

/** The id of a layer, source or image of the map's own: a style of the operator's has ids of its own. @param {string} name */
export const own = (name) => `kordon-${name}`;

// Colours and widths are those of whole layers, not of features: the graphics card then needs fewer programs, and the first
// view is there sooner.

/** @type {(key: string, value: any) => any} */
const only = (key, value) => ['==', ['get', key], value];

/** Land that no layer of the service has, so that it does not look like sea. @param {Palette} p @param {boolean} on_basemap @returns {Layer[]} */
function foreign(p, on_basemap) {
  const visibility = on_basemap ? 'none' : 'visible';
  return [
    { id: 'land', type: 'fill', source: 'land', filter: only('kind', 'land'), layout: { visibility }, paint: { 'fill-color': p.foreign, 'fill-antialias': false } },
    { id: 'land-lines', type: 'line', source: 'land', filter: only('kind', 'line'), layout: { visibility }, paint: { 'line-color': p.foreign_line, 'line-width': 0.8 } },
  ];
}

/** Pixels at zoom 0. @param {number} metres @param {number} lat */
export const ground_width = (metres, lat) => (metres * 512) / (2 * Math.PI * 6378137 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));

/** As wide on the ground at every zoom. @param {number} at_zoom_0 @returns {any} */
export const width_of = (at_zoom_0) => ['interpolate', ['exponential', 2], ['zoom'], 0, at_zoom_0, 24, at_zoom_0 * 2 ** 24];

/** Within this band of a line no verdict can be told. Its width is set with each answer; it is opaque, below the zones, since what
 * overlaps itself would look darker there. @param {Palette} p @param {any} width @returns {Layer[]} */
function bands(p, width) {
  return ['borders', 'zones'].map((source) => ({
    id: `band-${source}`, type: 'line', source, ...(source === 'borders' ? { filter: only('of_policy', true) } : {}), layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': p.band, 'line-width': width },
  }));
}

/** @param {Palette} p @param {boolean} on_basemap @param {any} band @returns {Layer[]} */
function ground(p, on_basemap, band) {
  return [
    ...p.land.map((colour, tone) => /** @type {Layer} */ ({
      id: `regions-${tone}`, type: 'fill', source: 'regions', filter: only('tone', tone),
      paint: { 'fill-color': colour, 'fill-opacity': on_basemap ? 0 : 1, 'fill-antialias': false },
    })),
    ...bands(p, band),
    ...['permit', 'prohibit'].map((effect) => /** @type {Layer} */ ({
      id: `zones-${effect}`, type: 'fill', source: 'zones', filter: only('effect', effect),
      paint: { 'fill-pattern': own(`${effect}-${p.name}`), 'fill-antialias': false },
    })),
    {
      id: 'regions-outline', type: 'line', source: 'regions',
      paint: { 'line-color': p.outline, 'line-width': 1, 'line-opacity': on_basemap ? 0 : 0.8 },
    },
    ...[p.permit, p.prohibit].map((colour, i) => /** @type {Layer} */ ({
      id: `zones-outline-${i}`, type: 'line', source: 'zones', filter: only('effect', ['permit', 'prohibit'][i]), layout: { 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': 1.8 },
    })),
  ];
}

/** Sections that the policy names are wider. @param {Palette} p @returns {Layer[]} */
function lines(p) {
  return [
    {
      id: 'borders-casing', type: 'line', source: 'borders', layout: { 'line-join': 'round' },
      paint: { 'line-color': p.border_casing, 'line-width': 5, 'line-opacity': 0.7 },
    },
    ...[1.3, 2.4].map((width, i) => /** @type {Layer} */ ({
      id: `borders-${i}`, type: 'line', source: 'borders', filter: only('of_policy', i === 1), layout: { 'line-join': 'round' },
      paint: { 'line-color': p.border, 'line-width': width },
    })),
  ];
}

/** By rank of the city: the largest first. */
const least_zoom = [0, 3, 5, 6.2];

/** Names are drawn with the fonts of the device: nothing is fetched. @param {Palette} p @param {string} language @returns {Layer[]} */
function names(p, language) {
  /** @type {any} */
  const name = ['coalesce', ['get', `name_${language}`], ['get', 'name_en']];
  return [
    ...[1, 2, 3].map((rank) => /** @type {Layer} */ ({
      id: `cities-dot-${rank}`, type: 'circle', source: 'cities', filter: only('rank', rank), minzoom: least_zoom[rank],
      paint: { 'circle-radius': 2.4, 'circle-color': p.text_halo, 'circle-stroke-color': p.text, 'circle-stroke-width': 1.2 },
    })),
    ...[1, 2, 3].map((rank) => /** @type {Layer} */ ({
      id: `cities-${rank}`, type: 'symbol', source: 'cities', filter: only('rank', rank), minzoom: least_zoom[rank],
      layout: {
        'text-field': name, 'text-font': ['sans-serif'], 'text-size': [0, 14, 13, 12][rank], 'text-radial-offset': 0.55,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-justify': 'auto', 'text-padding': 3,
      },
      paint: { 'text-color': p.text, 'text-halo-color': p.text_halo, 'text-halo-width': 1.6 },
    })),
    ...[['countries', 'cities', 15], ['countries-foreign', 'land', 12]].map(([id, source, size]) => /** @type {Layer} */ ({
      id, type: 'symbol', source, filter: ['all', only('rank', 0), ['>=', ['zoom'], ['get', 'from']], ['<', ['zoom'], ['get', 'to']]],
      layout: { 'text-field': name, 'text-font': ['sans-serif'], 'text-size': size, 'text-letter-spacing': 0.25, 'text-transform': 'uppercase', 'text-padding': 8 },
      paint: { 'text-color': p.text_soft, 'text-halo-color': p.text_halo, 'text-halo-width': 1.6 },
    })),
  ];
}

/** @param {Palette} palette @param {string} language @param {boolean} on_basemap @param {any} band width of the band of uncertainty */
export function layers_of(palette, language, on_basemap, band) {
  const layers = [...foreign(palette, on_basemap), ...ground(palette, on_basemap, band), ...lines(palette), ...names(palette, language)];
  return layers.map((layer) => /** @type {Layer} */ ({ ...layer, id: own(layer.id), source: own(/** @type {any} */ (layer).source) }));
}
