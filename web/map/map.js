// The map itself: MapLibre with Kordon's layers, in the colours and the language of the page.
import * as maplibre from '../vendor/maplibre-gl.mjs';
import { get } from '../ask/service.js';
import { add_hatches } from './hatch.js';
import { layers_of, sources } from './layers.js';
import { dark, light } from './palette.js';

/** @typedef {import('../ask/types.js').Basemap} Basemap */
/** @typedef {GeoJSON.FeatureCollection} Features */

/** @type {Features} */
export const nothing = { type: 'FeatureCollection', features: [] };

/** @param {Basemap | null} basemap @param {boolean} is_dark @returns {maplibre.StyleSpecification | string} */
function base_style(basemap, is_dark) {
  if (basemap?.kind === 'style') return basemap.url;
  return {
    version: 8,
    sources: basemap ? { basemap: { type: 'raster', tiles: [basemap.url], tileSize: 256, attribution: basemap.attribution } } : {},
    layers: [
      { id: 'unknown', type: 'background', paint: { 'background-color': is_dark ? dark.unknown : light.unknown } },
      ...(basemap ? [/** @type {maplibre.LayerSpecification} */ ({ id: 'basemap', type: 'raster', source: 'basemap' })] : []),
    ],
  };
}

/**
 * @param {HTMLElement} container
 * The first shapes come while the map is made, and are drawn with it at once.
 * @param {{ basemap: Basemap | null, view: import('../ask/link.js').View, dark: boolean, language: string }} options
 * @param {(map: maplibre.Map) => Promise<Record<string, Features>>} first_shapes
 */
export async function create_map(container, options, first_shapes) {
  let palette = options.dark ? dark : light;
  let language = options.language;
  const map = new maplibre.Map({
    container,
    style: base_style(options.basemap, options.dark),
    center: [options.view.lon, options.view.lat],
    zoom: options.view.zoom,
    minZoom: 1.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: 'sans-serif',
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new maplibre.ScaleControl({}), 'top-left');

  const on_basemap = options.basemap !== null;
  const layers = () => layers_of(palette, language, on_basemap);
  const [shapes, cities] = await Promise.all([first_shapes(map), get('web/data/cities.json'), new Promise((done) => map.once('style.load', done))]);
  /** @type {Record<string, Features>} */
  const first = { ...shapes, cities };
  for (const source of sources) map.addSource(source, { type: 'geojson', data: first[source] ?? nothing, tolerance: 0.2 });
  add_hatches(map, [light, dark]);
  for (const layer of layers()) map.addLayer(layer);

  function repaint() {
    if (map.getLayer('unknown')) map.setPaintProperty('unknown', 'background-color', palette.unknown);
    for (const layer of layers()) {
      for (const [key, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, /** @type {any} */ (key), value);
      if (layer.type === 'symbol') map.setLayoutProperty(layer.id, 'text-field', layer.layout?.['text-field']);
    }
  }

  /** @param {string} source @param {Features | string} data */
  function set_data(source, data) {
    /** @type {maplibre.GeoJSONSource} */ (map.getSource(source)).setData(data);
  }

  return {
    map,
    set_data,
    palette: () => palette,
    /** @param {boolean} is_dark */
    set_dark(is_dark) {
      palette = is_dark ? dark : light;
      repaint();
    },
    /** @param {string} now */
    set_language(now) {
      language = now;
      repaint();
    },
    /** @returns {import('../ask/link.js').View} */
    view: () => ({ lon: map.getCenter().lng, lat: map.getCenter().lat, zoom: map.getZoom() }),
  };
}

/** @typedef {Awaited<ReturnType<typeof create_map>>} KordonMap */
