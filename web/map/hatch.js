// Patterns of zones, tinted: what is permitted is ruled one way, what is prohibited is crossed.
import { own } from './layers.js';

const size = 16;

/** @param {string} colour @param {boolean} crossed */
function drawn(colour, crossed) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.fillStyle = pen.strokeStyle = colour;
  pen.globalAlpha = 0.13;
  pen.fillRect(0, 0, size, size);
  pen.globalAlpha = 0.28;
  pen.lineWidth = 1.4;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
    if (crossed) {
      pen.moveTo(shift, 0);
      pen.lineTo(shift + size, size);
    }
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}

/** @param {import('../vendor/maplibre-gl.mjs').Map} map @param {import('./palette.js').Palette[]} palettes */
export function add_hatches(map, palettes) {
  for (const palette of palettes) {
    map.addImage(own(`permit-${palette.name}`), drawn(palette.permit, false), { pixelRatio: 2 });
    map.addImage(own(`prohibit-${palette.name}`), drawn(palette.prohibit, true), { pixelRatio: 2 });
  }
}
