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

/** Moves by the arrow keys; the map itself does not. @param {HTMLElement} element
 * @param {(arrow: [number, number], is_far: boolean) => void} on_arrow to the right and down */
function on_arrows(element, on_arrow) {
  element.addEventListener('keydown', (event) => {
    const arrow = arrows[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    on_arrow(arrow, event.shiftKey);
  });
  element.addEventListener('click', (event) => event.stopPropagation());
}

/** @param {maplibre.Map} map @param {maplibre.LngLatLike} a @param {maplibre.LngLatLike} b */
const pixels_between = (map, a, b) => map.project(a).dist(map.project(b));

/** The point so many pixels away. @param {maplibre.Map} map @param {LonLat} from @param {number} right_px @param {number} down_px */
function beside(map, from, right_px, down_px) {
  const { x, y } = map.project(from);
  return map.unproject([x + right_px, y + down_px]);
}

/** The handle on the circle of accuracy, kept so far from the place that a hand can tell them apart. @param {maplibre.Map} map
 * @param {HTMLElement} grip @param {() => { place: LonLat | null, accuracy_m: number }} circle @param {(accuracy_m: number) => void} on_accuracy */
function create_handle(map, grip, circle, on_accuracy) {
  const handle = new maplibre.Marker({ element: grip, draggable: true });
  let pulling = false;

  function put() {
    const { place, accuracy_m } = circle();
    if (!place || pulling) return;
    const edge = destination(place, handle_bearing_deg, accuracy_m);
    const aside_px = least_handle_px * Math.SQRT1_2;
    handle.setLngLat(pixels_between(map, place, edge) >= least_handle_px ? edge : beside(map, place, aside_px, aside_px));
  }
  function pulled() {
    const { place } = circle();
    if (!place) return;
    const at = handle.getLngLat();
    on_accuracy(pixels_between(map, place, at) < least_handle_px ? 0 : rounded(distance_m(place, wrapped(at))));
  }
  handle.on('dragstart', () => { pulling = true; });
  handle.on('drag', pulled);
  handle.on('dragend', () => { pulling = false; put(); });
  map.on('move', put);
  on_arrows(grip, ([right, down]) => {
    const { place, accuracy_m } = circle();
    if (!place) return;
    const step_m = Math.max(least_pull * accuracy_m, distance_m(place, wrapped(beside(map, place, step_px, 0))));
    on_accuracy(Math.max(0, rounded(accuracy_m + (right - down) * step_m)));
  });
  return { handle, put };
}

/**
 * @param {import('./map.js').KordonMap} kordon_map
 * @param {{ on_move: (to: LonLat) => void, on_accuracy: (accuracy_m: number) => void }} told
 */
export function create_position({ map }, told) {
  const overlay = create_overlay(map);
  const pin = button('pin');
  const grip = button('grip');
  const marker = new maplibre.Marker({ element: pin, draggable: true });
  /** @type {LonLat | null} */
  let place = null;
  let accuracy_m = 0;
  const { handle, put } = create_handle(map, grip, () => ({ place, accuracy_m }), told.on_accuracy);

  marker.on('drag', () => told.on_move(wrapped(marker.getLngLat())));
  on_arrows(pin, ([right, down], is_far) => {
    const px = is_far ? far_step_px : step_px;
    if (place) told.on_move(wrapped(beside(map, place, right * px, down * px)));
  });

  return {
    /** @param {LonLat} at @param {number} radius_m */
    show(at, radius_m) {
      if (!place) for (const one of [marker, handle]) one.setLngLat(at).addTo(map);
      place = at;
      accuracy_m = radius_m;
      marker.setLngLat(at);
      put();
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
