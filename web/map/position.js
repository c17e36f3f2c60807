// The marker, the circle of its accuracy with a handle to pull it by, and the line to the nearest border.
import * as maplibre from '../vendor/maplibre-gl.mjs';
import { destination, distance_m, drawable_lat } from './geodesy.js';
import { create_overlay } from './overlay.js';

/** @typedef {import('../ask/types.js').LonLat} LonLat */

const least_handle_px = 30;
/** Below the place and beside it: names of cities stand to the right of their dots. */
const handle_bearing_deg = 135;
/** Nearer than this the border must stay in sight: the handle is put on the other side. */
const near_border_px = 120;
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

/** Away from a border that is near. @param {maplibre.Map} map @param {LonLat} place @param {LonLat | null} nearest */
function handle_direction(map, place, nearest) {
  const [from, to] = [place, nearest ?? place].map((at) => map.project(at));
  const across_px = from.dist(to);
  if (across_px < 1 || across_px > near_border_px) return handle_bearing_deg;
  return (Math.atan2(from.x - to.x, to.y - from.y) * 180) / Math.PI;
}

/** The handle on the circle of accuracy, kept so far from the place that a hand can tell them apart. @param {maplibre.Map} map
 * @param {HTMLElement} grip @param {() => { place: LonLat | null, accuracy_m: number, nearest: LonLat | null }} circle @param {(accuracy_m: number) => void} on_accuracy */
function create_handle(map, grip, circle, on_accuracy) {
  const handle = new maplibre.Marker({ element: grip, draggable: true });
  let pulling = false;

  function put() {
    const { place, accuracy_m, nearest } = circle();
    if (!place || pulling) return;
    const bearing_deg = handle_direction(map, place, nearest);
    const edge = destination(place, bearing_deg, accuracy_m);
    const [right, up] = [Math.sin, Math.cos].map((of) => of((bearing_deg * Math.PI) / 180) * least_handle_px);
    handle.setLngLat(pixels_between(map, place, edge) >= least_handle_px ? edge : beside(map, place, right, -up));
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
  /** @type {LonLat | null} */
  let nearest = null;
  const { handle, put } = create_handle(map, grip, () => ({ place, accuracy_m, nearest }), told.on_accuracy);

  marker.on('drag', () => told.on_move(wrapped(marker.getLngLat())));
  on_arrows(pin, ([right, down], is_far) => {
    const px = is_far ? far_step_px : step_px;
    if (place) told.on_move(wrapped(beside(map, place, right * px, down * px)));
  });

  return {
    /** @param {LonLat} at @param {number} radius_m */
    show(at, radius_m) {
      const drawn = { lon: at.lon, lat: drawable_lat(at.lat) };
      if (!place) for (const one of [marker, handle]) one.setLngLat(drawn).addTo(map);
      place = drawn;
      accuracy_m = radius_m;
      marker.setLngLat(drawn);
      put();
      overlay.put(at, radius_m);
    },
    /** @param {LonLat | undefined} to the nearest point of the border */
    reach(to) {
      nearest = to ? { lon: to.lon, lat: drawable_lat(to.lat) } : null;
      overlay.reach(to);
      put();
    },
    /** @param {{ verdict?: string, pin: string, grip: string }} what */
    label(what) {
      pin.dataset.verdict = what.verdict ?? '';
      overlay.tint(what.verdict ?? '');
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
