// Distances on the ellipsoid WGS 84 by Vincenty's inverse formula (1975), to a millimetre; near the other side of the Earth, where it does
// not converge, on a sphere.
import { distance_m as on_sphere_m } from './geodesy.js';

/** @typedef {import('../ask/types.js').LonLat} LonLat */

const major_m = 6378137;
const flattening = 1 / 298.257223563;
const minor_m = major_m * (1 - flattening);
const most_steps = 200;
const rad = Math.PI / 180;

/** @param {LonLat} from @param {LonLat} to @returns {{ distance_m: number, is_exact: boolean }} */
export function geodesic(from, to) {
  const across = (to.lon - from.lon) * rad;
  const [u1, u2] = [from, to].map(({ lat }) => Math.atan((1 - flattening) * Math.tan(lat * rad)));
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let turn = across;
  for (let step = 0; step < most_steps; ++step) {
    const sin_arc = Math.hypot(cos2 * Math.sin(turn), cos1 * sin2 - sin1 * cos2 * Math.cos(turn));
    if (sin_arc === 0) return { distance_m: 0, is_exact: true };
    const cos_arc = sin1 * sin2 + cos1 * cos2 * Math.cos(turn);
    const arc = Math.atan2(sin_arc, cos_arc);
    const sin_azimuth = (cos1 * cos2 * Math.sin(turn)) / sin_arc;
    const cos2_azimuth = 1 - sin_azimuth ** 2;
    const middle = cos2_azimuth === 0 ? 0 : cos_arc - (2 * sin1 * sin2) / cos2_azimuth;
    const c = (flattening / 16) * cos2_azimuth * (4 + flattening * (4 - 3 * cos2_azimuth));
    const before = turn;
    turn = across + (1 - c) * flattening * sin_azimuth * (arc + c * sin_arc * (middle + c * cos_arc * (2 * middle ** 2 - 1)));
    if (Math.abs(turn - before) > 1e-12) continue;
    const u_squared = (cos2_azimuth * (major_m ** 2 - minor_m ** 2)) / minor_m ** 2;
    const a = 1 + (u_squared / 16384) * (4096 + u_squared * (-768 + u_squared * (320 - 175 * u_squared)));
    const b = (u_squared / 1024) * (256 + u_squared * (-128 + u_squared * (74 - 47 * u_squared)));
    const correction = b * sin_arc * (middle + (b / 4) * (cos_arc * (2 * middle ** 2 - 1) - (b / 6) * middle * (4 * sin_arc ** 2 - 3) * (4 * middle ** 2 - 3)));
    return { distance_m: minor_m * a * (arc - correction), is_exact: true };
  }
  return { distance_m: on_sphere_m(from, to), is_exact: false };
}
