// The circle of accuracy and the line to the nearest border, in a drawing over the map: while a hand moves them the map
// itself need not be drawn again.
import { circle, drawable_lat, great_circle } from './geodesy.js';

/** @typedef {import('../ask/types.js').LonLat} LonLat */

const namespace = 'http://www.w3.org/2000/svg';

/** @param {import('../vendor/maplibre-gl.mjs').Map} map */
export function create_overlay(map) {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'overlay');
  svg.setAttribute('aria-hidden', 'true');
  const [area, line, end] = ['path', 'path', 'circle'].map((tag) => svg.appendChild(document.createElementNS(namespace, tag)));
  area.setAttribute('class', 'accuracy-circle');
  line.setAttribute('class', 'nearest-line');
  end.setAttribute('class', 'nearest-end');
  end.setAttribute('r', '5');
  map.getCanvasContainer().append(svg);
  /** @type {LonLat | null} */
  let place = null;
  /** @type {LonLat | null} */
  let nearest = null;
  let accuracy_m = 0;

  /** @param {[number, number]} at */
  const point = (at) => {
    const { x, y } = map.project([at[0], drawable_lat(at[1])]);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  function draw() {
    area.setAttribute('d', place && accuracy_m > 0 ? `M${circle(place, accuracy_m).map(point).join('L')}Z` : '');
    const way = place && nearest ? great_circle(place, nearest).map(point) : null;
    line.setAttribute('d', way ? `M${way.join('L')}` : '');
    end.setAttribute('visibility', way ? 'visible' : 'hidden');
    if (way) end.setAttribute('transform', `translate(${way[way.length - 1]})`);
  }
  map.on('move', draw);
  map.on('resize', draw);
  draw();

  return {
    /** @param {LonLat} at @param {number} radius_m */
    put(at, radius_m) {
      place = at;
      accuracy_m = radius_m;
      draw();
    },
    /** What it is drawn in. @param {string} verdict */
    tint(verdict) { svg.dataset.verdict = verdict; },
    /** @param {LonLat | undefined} to */
    reach(to) {
      nearest = to ?? null;
      draw();
    },
  };
}
