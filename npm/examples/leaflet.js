// Zones and borders as GeoJSON of what is seen, as fine as the screen shows it.
import { geoJSON, map as create_map } from 'leaflet';
import { ask, at, attribution, border_colour, home, kordon, question, zone_colour } from './kordon.js';

const map = create_map('map').setView([home.lat, home.lon], home.zoom);
map.attributionControl.addAttribution(await attribution());
const layers = {
  regions: geoJSON(null, { style: { color: '#b9b4a8', weight: 1, fillColor: '#f7f5f0', fillOpacity: 1 } }),
  zones: geoJSON(null, { style: { color: zone_colour, weight: 2, fillOpacity: 0.3 } }),
  borders: geoJSON(null, { style: { color: border_colour, weight: 2 } }),
};
for (const layer of Object.values(layers)) layer.addTo(map);

async function see() {
  const seen = map.getBounds().pad(0.3);
  const box = [Math.max(seen.getWest(), -180), Math.max(seen.getSouth(), -90), Math.min(seen.getEast(), 180), Math.min(seen.getNorth(), 90)].join(',');
  const pixel_deg = 360 / (256 * 2 ** map.getZoom());
  const parts = { bbox: box, 'clip-box': box, 'max-allowable-offset': pixel_deg };
  const asked = { regions: parts, zones: { ...parts, ...question, datetime: at }, borders: { bbox: box } };
  const found = await Promise.all(Object.entries(asked).map(async ([name, query]) => [name, await kordon.features(name, query)]));
  for (const [name, features] of found) layers[name].clearLayers().addData(features);
  layers.zones.bringToFront();
  layers.borders.bringToFront();
}
map.on('moveend', see);
map.on('click', ({ latlng }) => ask(latlng.wrap().lng, latlng.lat));
await see();
