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

const step_m = 50_000;
const most_lat_deg = 85.05;

/** Web maps end there. @param {number} lat */
export const drawable_lat = (lat) => Math.max(-most_lat_deg, Math.min(most_lat_deg, lat));

/** Part of the way that is shortest. @param {LonLat} from @param {LonLat} to @param {number} part from 0 to 1 @returns {LonLat} */
export function between(from, to, part) {
  const [a, b] = [from, to].map(({ lon, lat }) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)]);
  const angle = distance_m(from, to) / radius_m;
  const [of_a, of_b] = angle < 1e-9 ? [1 - part, part] : [Math.sin((1 - part) * angle) / Math.sin(angle), Math.sin(part * angle) / Math.sin(angle)];
  const [x, y, z] = [0, 1, 2].map((k) => of_a * a[k] + of_b * b[k]);
  return { lon: Math.atan2(y, x) / rad, lat: Math.atan2(z, Math.hypot(x, y)) / rad };
}

/** The way that is shortest, whose longitudes do not jump at the antimeridian. @param {LonLat} from @param {LonLat} to @returns {[number, number][]} */
export function great_circle(from, to) {
  const steps = Math.max(1, Math.ceil(distance_m(from, to) / step_m));
  let last = from.lon;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const { lon, lat } = between(from, to, i / steps);
    last += ((((lon - last) % 360) + 540) % 360) - 180;
    return [last, lat];
  });
}

/** A closed ring. @param {LonLat} centre @param {number} distance_m */
export function circle(centre, distance_m) {
  const corners = 96;
  return Array.from({ length: corners + 1 }, (_, i) => destination(centre, (360 / corners) * (i % corners), distance_m));
}
