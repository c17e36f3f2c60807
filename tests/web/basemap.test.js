// A background from another host, as kordon.json may name one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { start_browser, patience_ms } from './browser.js';
import { start_service } from './service.js';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('tiles of the configured host are shown with their attribution, and no other host is let in', async () => {
  let asked = 0;
  const tiles = createServer((_request, response) => {
    ++asked;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', 'image/png');
    response.end(pixel);
  });
  await new Promise((done) => tiles.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (tiles.address());
  const directory = new URL('../../build/release/web', import.meta.url).pathname;
  const basemap = { kind: 'raster', url: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`, attribution: 'Tiles of a test' };
  const [service, browser] = await Promise.all([start_service({ web: { directory, basemap } }), start_browser()]);
  const page = await browser.newPage();
  await page.goto(service.url);
  await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: patience_ms });
  assert.ok(asked > 0);
  assert.ok(await page.getByText('Tiles of a test').isVisible());
  assert.ok(await page.getByText('© OpenStreetMap contributors (ODbL-1.0)').isVisible());
  const other = await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'let in', (fault) => String(fault)));
  assert.match(other, /Failed to fetch/);
  await browser.close();
  await service.end();
  tiles.close();
});
