// Where the map looks when it is sent to a place.

/** @typedef {import('../ask/types.js').LonLat} LonLat */

const place_zoom = 8;
const room_px = 48;
const most_lat_deg = 85;
const most_zoom = 15;

/** From one meridian to another, the short way. @param {number} degrees */
const short_way = (degrees) => ((degrees + 540) % 360) - 180;

const band_px = 60;

/** So near that this is wide enough to be seen. @param {number} metres @param {number} lat */
export const zoom_for = (metres, lat) => Math.min(most_zoom, Math.log2((band_px * 2 * Math.PI * 6378137 * Math.cos((lat * Math.PI) / 180)) / (512 * Math.max(1, metres))));

/** The place is in the middle, and the nearest point of the border in sight. @param {import('../vendor/maplibre-gl.mjs').Map} map
 * @param {LonLat} place @param {LonLat | undefined} nearest @param {number} [least_zoom] */
export function look_at(map, place, nearest, least_zoom = place_zoom) {
  const near = Math.max(map.getZoom(), least_zoom);
  const [east, north] = nearest ? [short_way(nearest.lon - place.lon), nearest.lat - place.lat].map(Math.abs) : [0, 0];
  const lat = (/** @type {number} */ degrees) => Math.max(-most_lat_deg, Math.min(most_lat_deg, degrees));
  const fits = map.cameraForBounds([place.lon - east, lat(place.lat - north), place.lon + east, lat(place.lat + north)], { padding: room_px });
  map.jumpTo({ center: place, zoom: Math.min(near, fits?.zoom ?? near) });
}
