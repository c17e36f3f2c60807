// The map itself: MapLibre with Kordon's layers, in the colours and the language of the page.
import * as maplibre from '../vendor/maplibre-gl.mjs';
import { add_controls } from './controls.js';
import { add_hatches } from './hatch.js';
import { ground_width, layers_of, own, sources, width_of } from './layers.js';
import { dark, light } from './palette.js';

/** @typedef {import('../ask/types.js').Basemap} Basemap */
/** @typedef {GeoJSON.FeatureCollection} Features */

/** What MapLibre takes zoom levels by. */
export const tile_px = 512;

/** The map is drawn anew with each part that comes. Until all that it shows first is there this is out of sight and with few
 * pixels: where no graphics card helps, it took a quarter of the time. */
const draft_pixel_ratio = 0.1;
const draft_patience_ms = 1500;
/** While a hand drags the place northward the band need not be drawn again for each step. */
const unseen_change = 0.03;

/** @type {Features} */
export const nothing = { type: 'FeatureCollection', features: [] };

/** @param {Basemap | null} basemap @param {boolean} is_dark @returns {maplibre.StyleSpecification | string} */
function base_style(basemap, is_dark) {
  if (basemap?.kind === 'style') return basemap.url;
  return {
    version: 8,
    sources: basemap ? { basemap: { type: 'raster', tiles: [basemap.url], tileSize: 256, attribution: basemap.attribution } } : {},
    layers: [
      { id: own('unknown'), type: 'background', paint: { 'background-color': is_dark ? dark.unknown : light.unknown } },
      ...(basemap ? [/** @type {maplibre.LayerSpecification} */ ({ id: 'basemap', type: 'raster', source: 'basemap' })] : []),
    ],
  };
}

maplibre.prewarm();

/** @param {maplibre.Map} map */
const once_idle = (map) => new Promise((done) => map.once('idle', done));

/** What a map shows. @typedef {{ bounds: maplibre.LngLatBounds, zoom: number }} Sight */

/** Before there is a map. @param {import('../ask/link.js').View} view @param {HTMLElement} container @returns {Sight} */
export function sight_of({ lon, lat, zoom }, { clientWidth, clientHeight }) {
  const { x, y } = maplibre.MercatorCoordinate.fromLngLat([lon, lat]);
  const half = (/** @type {number} */ pixels) => pixels / 2 / (tile_px * 2 ** zoom);
  const corner = (/** @type {number} */ sign) =>
    new maplibre.MercatorCoordinate(x + sign * half(clientWidth), y - sign * half(clientHeight)).toLngLat();
  return { bounds: new maplibre.LngLatBounds(corner(-1), corner(1)), zoom };
}

/** @param {HTMLElement} container @param {import('../ask/link.js').View} view */
function bare_map(container, view) {
  const map = new maplibre.Map({
    container,
    pixelRatio: draft_pixel_ratio,
    center: [view.lon, view.lat],
    zoom: view.zoom,
    minZoom: 1.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: 'sans-serif',
  });
  map.getCanvas().style.visibility = 'hidden';
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  add_controls(map);
  return map;
}

/** Once all that the map shows first is there, it comes into sight, in the device's own resolution. @param {maplibre.Map} map */
async function unveil(map) {
  const late = new Promise((done) => setTimeout(done, draft_patience_ms));
  await Promise.race([once_idle(map), late]);
  map.getCanvas().style.visibility = '';
  map.setPixelRatio(/** @type {any} */ (undefined));
  return once_idle(map);
}

/** @param {maplibre.Map} map @param {import('./layers.js').Layer[]} layers @param {import('./palette.js').Palette} palette */
function repaint(map, layers, palette) {
  if (map.getLayer(own('unknown'))) map.setPaintProperty(own('unknown'), 'background-color', palette.unknown);
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, /** @type {any} */ (key), value);
    if (layer.type === 'symbol') map.setLayoutProperty(layer.id, 'text-field', layer.layout?.['text-field']);
  }
}

/**
 * The first shapes come while the map is made, and its first style has them: it is drawn once.
 * @param {HTMLElement} container
 * @param {{ basemap: Promise<Basemap | null>, view: import('../ask/link.js').View, dark: boolean, language: string }} options
 * @param {Promise<Record<string, Features>>} first_shapes
 */
export async function create_map(container, options, first_shapes) {
  let palette = options.dark ? dark : light;
  let language = options.language;
  let band_wide = 0;
  const map = bare_map(container, options.view);
  const [first, basemap] = await Promise.all([first_shapes, options.basemap]);
  const layers = () => layers_of(palette, language, basemap !== null, width_of(band_wide));
  const shapes = Object.fromEntries(sources.map((source) =>
    [own(source), /** @type {maplibre.SourceSpecification} */ ({ type: 'geojson', data: first[source] ?? nothing, tolerance: 0.2 })]));
  const styled = new Promise((done) => map.once('style.load', () => done(add_hatches(map, [light, dark]))));
  map.setStyle(base_style(basemap, options.dark), {
    validate: false,
    transformStyle: (_, base) => ({ ...base, sources: { ...base.sources, ...shapes }, layers: [...base.layers, ...layers()] }),
  });
  await styled;
  const complete = unveil(map);

  /** @param {string} source @param {Features | string} data */
  function set_data(source, data) {
    /** @type {maplibre.GeoJSONSource} */ (map.getSource(own(source))).setData(data);
  }

  return {
    map,
    complete,
    on_basemap: basemap !== null,
    set_data,
    palette: () => palette,
    /** @param {boolean} is_dark */
    set_dark(is_dark) {
      palette = is_dark ? dark : light;
      repaint(map, layers(), palette);
    },
    /** @param {string} now */
    set_language(now) {
      language = now;
      repaint(map, layers(), palette);
    },
    /** The band along the lines in which nothing can be told. @param {number} uncertainty_m on either side @param {number} lat */
    set_band(uncertainty_m, lat) {
      const wide = ground_width(2 * uncertainty_m, lat);
      if (Math.abs(wide - band_wide) <= unseen_change * wide) return;
      band_wide = wide;
      for (const source of ['borders', 'zones']) map.setPaintProperty(own(`band-${source}`), 'line-width', width_of(wide));
    },
    /** @returns {import('../ask/link.js').View} */
    view: () => ({ lon: map.getCenter().lng, lat: map.getCenter().lat, zoom: map.getZoom() }),
  };
}

/** @typedef {Awaited<ReturnType<typeof create_map>>} KordonMap */
