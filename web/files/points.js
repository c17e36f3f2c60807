// The points of a file, drawn by the graphics card: a shape and a colour for each verdict.
import { own } from '../map/layers.js';
import { create_thinning } from './thinning.js';

/** @typedef {import('../vendor/maplibre-gl.mjs').CustomLayerInterface} CustomLayer */

const vertex = `#version 300 es
uniform mat4 to_clip;
uniform vec4 origin;
uniform float size_px;
uniform uint shown;
in vec4 place;
in float verdict;
flat out int kind;
void main() {
  kind = int(verdict);
  vec2 from_origin = (place.xy - origin.xy) + (place.zw - origin.zw);
  gl_Position = to_clip * vec4(from_origin, 0.0, 1.0);
  gl_PointSize = size_px;
  if ((shown & (1u << uint(kind))) == 0u) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

// Round, square, diamond, bar.
const fragment = `#version 300 es
precision mediump float;
uniform vec3 colours[4];
flat in int kind;
out vec4 colour;
void main() {
  vec2 at = abs(gl_PointCoord * 2.0 - 1.0);
  float edge = kind == 0 ? length(at) : kind == 1 ? max(at.x, at.y) * 1.15 : kind == 2 ? at.x + at.y : max(at.x, at.y * 2.2);
  if (edge > 1.0) discard;
  colour = vec4(colours[kind], 1.0) * 0.85;
}`;

/** @param {WebGL2RenderingContext} gl */
function compiled(gl) {
  const program = gl.createProgram();
  for (const [type, source] of /** @type {[number, string][]} */ ([[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(type));
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'the points cannot be drawn');
  return program;
}

/** The matrix after a move, columns first. @param {ArrayLike<number>} matrix @param {number} x @param {number} y */
function moved(matrix, x, y) {
  const out = Float64Array.from(matrix);
  for (let row = 0; row < 4; ++row) out[12 + row] += matrix[row] * x + matrix[4 + row] * y;
  return new Float32Array(out);
}

const many = 200_000;
const place_bytes = 16;

/** @param {number} zoom @param {number} total */
const size_px = (zoom, total) => Math.max(2, Math.min(12, 1.6 * zoom - (total > many ? 8 : 6))) * devicePixelRatio;

/** While points come in: drawing all of them again takes at most a third of the time. @param {import('../vendor/maplibre-gl.mjs').Map} map */
function sparing_repaint(map) {
  const least_pause_ms = 100;
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    const asked_ms = performance.now();
    map.once('render', () => {
      const took_ms = performance.now() - asked_ms;
      setTimeout(() => { waiting = false; map.triggerRepaint(); }, Math.max(least_pause_ms, 2 * took_ms));
    });
    map.triggerRepaint();
  };
}

/** @typedef {{ vertices: WebGLVertexArrayObject, buffers: WebGLBuffer[], count: number, step: number }} Batch */

/** Vertices on the graphics card, for one program. @param {WebGL2RenderingContext} gl @param {WebGLProgram} program */
function create_batches(gl, program) {
  /** @param {string} name @param {ArrayBufferView<ArrayBuffer>} data */
  function attribute(name, data) {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(gl.getAttribLocation(program, name));
    return buffer;
  }
  /** At every so many-th point. @param {Batch} batch @param {number} step */
  function point_at(batch, step) {
    if (batch.step === step) return;
    batch.step = step;
    const [places, verdicts] = batch.buffers;
    gl.bindBuffer(gl.ARRAY_BUFFER, places);
    gl.vertexAttribPointer(gl.getAttribLocation(program, 'place'), 4, gl.FLOAT, false, place_bytes * step, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, verdicts);
    gl.vertexAttribPointer(gl.getAttribLocation(program, 'verdict'), 1, gl.UNSIGNED_BYTE, false, step, 0);
  }
  return {
    /** @param {Float32Array<ArrayBuffer>} places @param {Uint8Array<ArrayBuffer>} verdicts @returns {Batch} */
    upload(places, verdicts) {
      const vertices = gl.createVertexArray();
      gl.bindVertexArray(vertices);
      const buffers = [attribute('place', places), attribute('verdict', verdicts)];
      gl.bindVertexArray(null);
      return { vertices, buffers, count: verdicts.length, step: 0 };
    },
    /** @param {Batch} batch @param {number} step */
    draw(batch, step) {
      gl.bindVertexArray(batch.vertices);
      point_at(batch, step);
      gl.drawArrays(gl.POINTS, 0, Math.ceil(batch.count / step));
      gl.bindVertexArray(null);
    },
    /** @param {Batch} batch */
    free({ vertices, buffers }) {
      gl.deleteVertexArray(vertices);
      for (const buffer of buffers) gl.deleteBuffer(buffer);
    },
  };
}

/** Positions count from the middle of the view: 32 bits are enough at every zoom. @param {WebGL2RenderingContext} gl @param {WebGLProgram} program
 * @param {{ lng: number, lat: number }} centre @param {ArrayLike<number>} to_clip
 * @param {{ size_px: number, shown: number, colours: number[][] }} look */
function set_uniforms(gl, program, { lng, lat }, to_clip, look) {
  gl.useProgram(program);
  gl.uniform1f(gl.getUniformLocation(program, 'size_px'), look.size_px);
  gl.uniform1ui(gl.getUniformLocation(program, 'shown'), look.shown);
  gl.uniform3fv(gl.getUniformLocation(program, 'colours'), look.colours.flat());
  const x = (lng + 180) / 360;
  const y = 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  gl.uniformMatrix4fv(gl.getUniformLocation(program, 'to_clip'), false, moved(to_clip, x, y));
  gl.uniform4f(gl.getUniformLocation(program, 'origin'), Math.fround(x), Math.fround(y), x - Math.fround(x), y - Math.fround(y));
}

/**
 * @param {import('../vendor/maplibre-gl.mjs').Map} map
 * @param {() => number[][]} colours
 */
export function create_points(map, colours) {
  /** @type {ReturnType<typeof create_batches>} */
  let card;
  /** @type {WebGLProgram} */
  let program;
  /** @type {Batch[]} */
  let batches = [];
  let total = 0;
  let shown = 15;
  const repaint = sparing_repaint(map);
  const thinning = create_thinning(map);

  /** @type {CustomLayer} */
  const layer = {
    id: own('points'), type: 'custom', renderingMode: '2d',
    onAdd(_map, gl) {
      program = compiled(/** @type {WebGL2RenderingContext} */ (gl));
      card = create_batches(/** @type {WebGL2RenderingContext} */ (gl), program);
    },
    render(any_gl, { defaultProjectionData }) {
      if (batches.length === 0) return;
      const gl = /** @type {WebGL2RenderingContext} */ (any_gl);
      const look = { size_px: size_px(map.getZoom(), total), shown, colours: colours() };
      set_uniforms(gl, program, map.getCenter(), defaultProjectionData.mainMatrix, look);
      const step = thinning(total);
      for (const batch of batches) card.draw(batch, step);
    },
  };

  return {
    /** @param {Float32Array<ArrayBuffer>} places @param {Uint8Array<ArrayBuffer>} verdicts */
    add(places, verdicts) {
      if (!map.getLayer(layer.id)) map.addLayer(layer, own('borders-casing'));
      batches.push(card.upload(places, verdicts));
      total += verdicts.length;
      repaint();
    },
    clear() {
      for (const batch of batches) card.free(batch);
      batches = [];
      total = 0;
      map.triggerRepaint();
    },
    /** @param {boolean[]} verdicts by their number */
    show(verdicts) {
      shown = verdicts.reduce((bits, is_shown, i) => bits | (is_shown ? 1 << i : 0), 0);
      map.triggerRepaint();
    },
  };
}
