// Zones and borders as vector tiles. `ol` is the global of ol/dist/ol.js; with a bundler, import from 'ol' what is used.
import { ask, at, attribution, border_colour, home, kordon, question, zone_colour } from './kordon.js';

const { Map, View } = ol;
const { Fill, Stroke, Style } = ol.style;
const attributions = await attribution();

/** @param {string} collection @param {object} query @param {object} style */
const layer = (collection, query, style) => new ol.layer.VectorTile({
  source: new ol.source.VectorTile({ url: kordon.tiles(collection, query), format: new ol.format.MVT(), attributions, maxZoom: 14 }),
  style: new Style(style),
});

const map = new Map({
  target: 'map',
  layers: [
    layer('regions', {}, { fill: new Fill({ color: '#f7f5f0' }) }),
    layer('zones', { ...question, datetime: at }, { fill: new Fill({ color: `${zone_colour}4d` }), stroke: new Stroke({ color: zone_colour, width: 1 }) }),
    layer('borders', {}, { stroke: new Stroke({ color: border_colour, width: 2 }) }),
  ],
  view: new View({ center: ol.proj.fromLonLat([home.lon, home.lat]), zoom: home.zoom }),
});
map.on('singleclick', ({ coordinate }) => ask(...ol.proj.toLonLat(coordinate)));
