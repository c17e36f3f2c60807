// For drawing only, on a sphere: every figure that the page states is the service's, on the ellipsoid.

/** @typedef {import('../ask/types.js').LonLat} LonLat */

const radius_m = 6371008.8;
const rad = Math.PI / 180;

/** @param {LonLat} from @param {number} bearing_deg @param {number} distance_m @returns {[number, number]} */
export function destination(from, bearing_deg, distance_m) {
  const angle = distance_m / radius_m;
  const lat = from.lat * rad;
  const bearing = bearing_deg * rad;
  const end = Math.asin(Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(bearing));
  const turn = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(lat), Math.cos(angle) - Math.sin(lat) * Math.sin(end));
  return [from.lon + turn / rad, end / rad];
}

/** @param {LonLat} a @param {LonLat} b */
export function distance_m(a, b) {
  const half = (/** @type {number} */ degrees) => Math.sin((degrees * rad) / 2) ** 2;
  const h = half(b.lat - a.lat) + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * half(b.lon - a.lon);
  return 2 * radius_m * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A closed ring. @param {LonLat} centre @param {number} distance_m */
export function circle(centre, distance_m) {
  const corners = 96;
  return Array.from({ length: corners + 1 }, (_, i) => destination(centre, (360 / corners) * (i % corners), distance_m));
}
