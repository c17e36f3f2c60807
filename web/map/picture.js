// The map as a picture: what is drawn, the place and its circle, and where the data come from.

const margin_px = 10;
const line_px = 18;

/** @param {import('../vendor/maplibre-gl.mjs').Map} map @returns {Promise<ImageBitmap>} its own pixels: there only while it draws */
const drawn = (map) => new Promise((done) => {
  map.once('render', () => done(createImageBitmap(map.getCanvas())));
  map.triggerRepaint();
});

/** The drawing over the map; what the style sheet says of it goes along. @param {SVGSVGElement} svg @param {number} width @param {number} height @returns {Promise<HTMLImageElement>} */
async function overlay_image(svg, width, height) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const parts = [...copy.children];
  [...svg.children].forEach((part, i) => {
    const style = getComputedStyle(part);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray']) parts[i].setAttribute(name, style.getPropertyValue(name));
  });
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/** @param {import('../vendor/maplibre-gl.mjs').Map} map @param {string[]} lines of text below @returns {Promise<Blob>} */
export async function picture_of(map, lines) {
  const pixels = await drawn(map);
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const scale = pixels.width / width;
  const canvas = new OffscreenCanvas(pixels.width, pixels.height + (lines.length * line_px + 2 * margin_px) * scale);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { backgroundColor, color } = getComputedStyle(document.body);
  pen.fillStyle = backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(pixels, 0, 0);
  pen.scale(scale, scale);
  const svg = /** @type {SVGSVGElement | null} */ (map.getContainer().querySelector('svg.overlay'));
  if (svg) pen.drawImage(await overlay_image(svg, width, height), 0, 0, width, height);
  for (const pin of map.getContainer().querySelectorAll('.pin')) {
    const [box, frame] = [pin, map.getContainer()].map((one) => one.getBoundingClientRect());
    pen.beginPath();
    pen.arc(box.x - frame.x + box.width / 2, box.y - frame.y + box.height / 2, 8, 0, 7);
    pen.fillStyle = getComputedStyle(pin, '::after').backgroundColor;
    pen.strokeStyle = '#fff';
    pen.lineWidth = 3;
    pen.fill();
    pen.stroke();
  }
  pen.fillStyle = color;
  pen.font = '13px system-ui, sans-serif';
  lines.forEach((line, i) => pen.fillText(line, margin_px, height + margin_px + (i + 0.8) * line_px, width - 2 * margin_px));
  return canvas.convertToBlob({ type: 'image/png' });
}
