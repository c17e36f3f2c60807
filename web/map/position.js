// The marker, the circle of its accuracy with a handle to pull it by, and the line to the nearest border.
import * as maplibre from '../vendor/maplibre-gl.mjs';
import { destination, distance_m } from './geodesy.js';
import { create_overlay } from './overlay.js';

/** @typedef {import('../ask/types.js').LonLat} LonLat */

const least_handle_px = 30;
/** Below the place and beside it: names of cities stand to the right of their dots. */
const handle_bearing_deg = 135;
const step_px = 6;
const far_step_px = 48;
/** Less of a circle would be rounded away. */
const least_pull = 0.01;
/** @type {Record<string, [number, number]>} */
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {string} class_name */
function button(class_name) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = class_name;
  return element;
}

/** @param {maplibre.LngLat} at @returns {LonLat} */
const wrapped = (at) => ({ lon: at.wrap().lng, lat: Math.max(-90, Math.min(90, at.lat)) });

/**
 * @param {import('./map.js').KordonMap} kordon_map
 * @param {{ on_move: (to: LonLat) => void, on_accuracy: (accuracy_m: number) => void }} told
 */
export function create_position(kordon_map, told) {
  const { map } = kordon_map;
  const overlay = create_overlay(map);
  const pin = button('pin');
  const grip = button('grip');
  const marker = new maplibre.Marker({ element: pin, draggable: true });
  const handle = new maplibre.Marker({ element: grip, draggable: true });
  /** @type {LonLat | null} */
  let place = null;
  let accuracy_m = 0;
  let pulling = false;

  const pixels_between = (/** @type {maplibre.LngLatLike} */ a, /** @type {maplibre.LngLatLike} */ b) => map.project(a).dist(map.project(b));

  function put_handle() {
    if (!place || pulling) return;
    const edge = destination(place, handle_bearing_deg, accuracy_m);
    const centre = map.project(place);
    const far_enough = pixels_between(place, edge) >= least_handle_px;
    const aside_px = least_handle_px * Math.SQRT1_2;
    handle.setLngLat(far_enough ? edge : map.unproject([centre.x + aside_px, centre.y + aside_px]));
  }

  function pulled() {
    if (!place) return;
    const at = handle.getLngLat();
    const near = pixels_between(place, at) < least_handle_px;
    told.on_accuracy(near ? 0 : rounded(distance_m(place, wrapped(at))));
  }

  marker.on('drag', () => told.on_move(wrapped(marker.getLngLat())));
  handle.on('dragstart', () => { pulling = true; });
  handle.on('drag', pulled);
  handle.on('dragend', () => { pulling = false; put_handle(); });
  map.on('move', put_handle);

  pin.addEventListener('keydown', (event) => {
    const arrow = arrows[event.key];
    if (!arrow || !place) return;
    event.preventDefault();
    event.stopPropagation();
    const px = event.shiftKey ? far_step_px : step_px;
    const from = map.project(place);
    told.on_move(wrapped(map.unproject([from.x + arrow[0] * px, from.y + arrow[1] * px])));
  });
  grip.addEventListener('keydown', (event) => {
    const arrow = arrows[event.key];
    if (!arrow || !place) return;
    event.preventDefault();
    event.stopPropagation();
    const centre = map.project(place);
    const step_m = Math.max(least_pull * accuracy_m, distance_m(place, wrapped(map.unproject([centre.x + step_px, centre.y]))));
    told.on_accuracy(Math.max(0, rounded(accuracy_m + (arrow[0] - arrow[1]) * step_m)));
  });
  for (const element of [pin, grip]) element.addEventListener('click', (event) => event.stopPropagation());

  return {
    /** @param {LonLat} at @param {number} radius_m */
    show(at, radius_m) {
      if (!place) for (const one of [marker, handle]) one.setLngLat(at).addTo(map);
      place = at;
      accuracy_m = radius_m;
      marker.setLngLat(at);
      put_handle();
      overlay.put(at, radius_m);
    },
    reach: overlay.reach,
    /** @param {{ verdict?: string, pin: string, grip: string }} what */
    label(what) {
      pin.dataset.verdict = what.verdict ?? '';
      pin.setAttribute('aria-label', what.pin);
      pin.title = what.pin;
      grip.setAttribute('aria-label', what.grip);
      grip.title = what.grip;
    },
  };
}

/** To three figures: a hand on a map says no more. @param {number} metres */
function rounded(metres) {
  return Number(metres.toPrecision(3));
}
