// A hand that moves the map sees few of very many points at first, more where the frames allow it, and all once it rests.

/** Any machine draws so many fast enough. */
const few = 50_000;
const most_frame_ms = 34;
const rest_ms = 250;
/** WebGL lets 255 bytes lie between two points of a buffer, and a point has 16. */
const most_step = 15;

/** Tells, at each drawing of so many points, every how many-th of them to draw. @param {import('../vendor/maplibre-gl.mjs').Map} map */
export function create_thinning(map) {
  let step = 1;
  let moves = false;
  let begins = false;
  let measures = false;
  let rests = 0;

  map.on('movestart', () => {
    clearTimeout(rests);
    begins ||= !moves;
    moves = true;
  });
  map.on('moveend', () => {
    clearTimeout(rests);
    rests = window.setTimeout(() => {
      moves = false;
      map.triggerRepaint();
    }, rest_ms);
  });

  /** The browser starts a frame after the next only once the graphics card has done with this one. */
  function measure() {
    if (measures) return;
    measures = true;
    const begun_ms = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      measures = false;
      const frame_ms = (performance.now() - begun_ms) / 2;
      step = frame_ms > most_frame_ms ? Math.min(most_step, Math.ceil((step * frame_ms) / most_frame_ms)) : Math.max(1, step - 1);
    }));
  }

  return (/** @type {number} */ total) => {
    if (!moves || total <= few) return 1;
    if (begins) step = Math.min(most_step, Math.max(step, Math.ceil(total / few)));
    begins = false;
    measure();
    return step;
  };
}
