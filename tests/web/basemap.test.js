// A background from another host, as kordon.json may name one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { count_pixels, patience_ms, start_browser } from './browser.js';
import { start_service } from './service.js';

/** One magenta pixel. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z/AfAAQAAf8iCjrwAAAAAElFTkSuQmCC', 'base64');

/** A vector tile that one polygon of a layer `land` fills. */
const vector_tile = Buffer.from('1a1f78020a046c616e6412121803220e0900001a804000008040ff3f000f288020', 'hex');

/** @typedef {import('playwright-core').Page} Page */

/** A host of tiles; each way of it answers, and what was asked of it is kept. @param {Record<string, { type: string, body: string | Buffer }>} ways by how an address ends */
async function start_host(ways) {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    const way = Object.entries(ways).find(([ending]) => request.url?.endsWith(ending))?.[1];
    asked.push(String(request.url));
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.writeHead(way ? 200 : 404, { 'Content-Type': way?.type ?? 'text/plain' });
    response.end(way?.body);
  });
  server.unref();
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { asked, ways, url: `http://127.0.0.1:${port}`, end: () => server.close() };
}

/** The page with a background. @param {object} basemap @param {(page: Page) => Promise<void>} look */
async function with_basemap(basemap, look) {
  const directory = new URL('../../build/release/web', import.meta.url).pathname;
  const [service, browser] = await Promise.all([start_service({ web: { directory, basemap } }), start_browser()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${service.url}#map=8/49.99/36.23`);
    await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: patience_ms });
    await page.waitForTimeout(500);
    await look(page);
  } finally {
    await browser.close();
    await service.end();
  }
}

/** @param {Page} page */
const magenta_pixels = (page) => count_pixels(page, '#map', (red, green, blue) => red > 200 && green < 60 && blue > 200);

/** Beside the dot of Kharkiv, in the middle of the map. @param {Page} page */
async function name_pixels(page) {
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  const beside = { x: box.x + box.width / 2 + 8, y: box.y + box.height / 2 - 12, width: 60, height: 24 };
  return count_pixels(page, beside, (red, green, blue) => red + green + blue < 400 && Math.abs(red - blue) < 60);
}

test('tiles of the configured host are shown with their attribution, and no other host is let in', async () => {
  const host = await start_host({ '.png': { type: 'image/png', body: pixel } });
  await with_basemap({ kind: 'raster', url: `${host.url}/{z}/{x}/{y}.png`, attribution: 'Tiles of a test' }, async (page) => {
    const ground = await magenta_pixels(page);
    assert.ok(ground > 150_000, `${ground} pixels`);
    assert.ok(await name_pixels(page) > 60, 'no name beside Kharkiv');
    assert.ok(await page.getByText('Tiles of a test').isVisible());
    assert.ok(await page.getByText('© OpenStreetMap contributors (ODbL-1.0)').isVisible());
    const other = await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'let in', (fault) => String(fault)));
    assert.match(other, /Failed to fetch/);
  });
  host.end();
});

for (const glyphs of [false, true]) {
  test(`a style of vector tiles ${glyphs ? 'with glyphs of its own ' : ''}is shown below the zone and the names, with its attribution`, async () => {
    const host = await start_host({ '.pbf': { type: 'application/x-protobuf', body: vector_tile } });
    // Its names are those that the map has for its own.
    const style = {
      version: 8, ...(glyphs && { glyphs: `${host.url}/{fontstack}/{range}.glyphs` }),
      sources: { borders: { type: 'vector', tiles: [`${host.url}/{z}/{x}/{y}.pbf`], maxzoom: 14 } },
      layers: [{ id: 'land', type: 'fill', source: 'borders', 'source-layer': 'land', paint: { 'fill-color': '#ff00ff' } }],
    };
    host.ways['style.json'] = { type: 'application/json', body: JSON.stringify(style) };
    await with_basemap({ kind: 'style', url: `${host.url}/style.json`, attribution: 'Style of a test' }, async (page) => {
      const ground = await magenta_pixels(page);
      assert.ok(ground > 150_000, `${ground} pixels`);
      for (const text of ['Style of a test', '© OpenStreetMap contributors (ODbL-1.0)']) assert.ok(await page.getByText(text).isVisible(), text);
      assert.ok(await name_pixels(page) > 60, `no name beside Kharkiv; asked: ${host.asked.filter((one) => !one.endsWith('.pbf'))}`);
    });
    host.end();
  });
}
