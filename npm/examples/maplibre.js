// Zones and borders as vector tiles.
import { AttributionControl, Map } from 'maplibre-gl';
import { ask, at, attribution, border_colour, home, kordon, question, zone_colour } from './kordon.js';

const tiles = (collection, query) => ({ type: 'vector', tiles: [kordon.tiles(collection, query)], maxzoom: 14 });

const map = new Map({
  container: 'map',
  center: [home.lon, home.lat],
  zoom: home.zoom - 1, // its tiles are twice as large
  attributionControl: false,
  style: {
    version: 8,
    sources: { zones: tiles('zones', { ...question, datetime: at }), regions: tiles('regions'), borders: tiles('borders') },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#d9e3ea' } },
      { id: 'regions', type: 'fill', source: 'regions', 'source-layer': 'regions', paint: { 'fill-color': '#f7f5f0' } },
      { id: 'zones', type: 'fill', source: 'zones', 'source-layer': 'zones', paint: { 'fill-color': zone_colour, 'fill-opacity': 0.3 } },
      { id: 'borders', type: 'line', source: 'borders', 'source-layer': 'borders', paint: { 'line-color': border_colour, 'line-width': 2 } },
    ],
  },
});
map.addControl(new AttributionControl({ customAttribution: await attribution() }));
map.on('click', ({ lngLat }) => ask(lngLat.lng, lngLat.lat));
