// Chromium without a screen, and what the tests do with the page.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
/** @type {typeof import('playwright-core')} */
const playwright = require('playwright-core');
export const axe_source_path = require.resolve('axe-core/axe.min.js');

/** @typedef {import('playwright-core').Page} Page */

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const patience_ms = 60_000;

export function start_browser() {
  return playwright.chromium.launch({ executablePath: executable, args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox'] });
}

/**
 * A page of the service, whole. What it logs as an error, asks of other hosts or throws is kept in `faults`.
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.origin !== new URL(url).origin) faults.push(`asks ${asked.origin}`);
  });
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: patience_ms });
  return { page, context, faults };
}

/** Waits until the verdict is this. @param {Page} page @param {string} verdict */
export async function verdict_is(page, verdict) {
  await page.waitForSelector(`#verdict .verdict[data-verdict="${verdict}"]`);
}

/** What the link asks, once it has come to rest. @param {Page} page @param {string} [key] what it must state */
export async function link_of(page, key = 'lon') {
  await page.waitForFunction((wanted) => new URLSearchParams(location.hash.slice(1)).has(wanted), key);
  const after_its_timers = () => page.evaluate((wait_ms) => new Promise((heard) => { setTimeout(() => heard(location.href), wait_ms); }), 700);
  let now = page.url();
  for (let before = ''; before !== now;) [before, now] = [now, await after_its_timers()];
  return new URLSearchParams(new URL(now).hash.slice(1));
}

/** How many pixels of an element, or of a part of the page, are so. @param {Page} page @param {string | { x: number, y: number, width: number, height: number }} of
 * @param {(red: number, green: number, blue: number) => boolean} so it knows nothing but its parameters */
export async function count_pixels(page, of, so) {
  const png = await (typeof of === 'string' ? page.locator(of).screenshot() : page.screenshot({ clip: of }));
  const reader = await /** @type {import('playwright-core').Browser} */ (page.context().browser()).newPage();
  const count = await reader.evaluate(async ([data, test]) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(image.width, image.height).getContext('2d'));
    pen.drawImage(image, 0, 0);
    const { data: bytes } = pen.getImageData(0, 0, image.width, image.height);
    const is_so = new Function(`return ${test}`)();
    let found = 0;
    for (let i = 0; i < bytes.length; i += 4) found += Number(is_so(bytes[i], bytes[i + 1], bytes[i + 2]));
    return found;
  }, [png.toString('base64'), String(so)]);
  await reader.close();
  return count;
}

/** Where a place is on the page, by its link. @param {Page} page @param {number} lon @param {number} lat */
export async function pixel_of(page, lon, lat) {
  const [zoom, middle_lat, middle_lon] = (new URLSearchParams(new URL(page.url()).hash.slice(1)).get('map') ?? '').split('/').map(Number);
  const box = await page.locator('#map').boundingBox();
  if (!box) throw new Error('the page has no map');
  const y_of = (/** @type {number} */ degrees) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / (2 * Math.PI);
  const size = 512 * 2 ** zoom;
  return { x: box.x + box.width / 2 + ((lon - middle_lon) / 360) * size, y: box.y + box.height / 2 + (y_of(lat) - y_of(middle_lat)) * size };
}
