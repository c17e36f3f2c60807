// The examples of npm/: MapLibre, Leaflet and OpenLayers on pages of another origin show the zone and ask where a click stands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after, before, test } from 'node:test';
import { count_pixels, patience_ms, start_browser } from './browser.js';
import { start_service } from './service.js';

const types = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json' });
const packages = new URL('../../web/', import.meta.url);
const npm = new URL('../../npm/', import.meta.url);

/** npm/ as it is after `npm ci`; the packages are those that the map's tests have. */
const host = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
  try {
    const bytes = readFileSync(new URL(path, path.startsWith('node_modules/') ? packages : npm));
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(bytes);
  } catch {
    response.writeHead(404);
    response.end();
  }
});
host.unref();

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';
before(async () => {
  await new Promise((done) => host.listen(0, '127.0.0.1', () => done(undefined)));
  origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (host.address()).port}`;
  [service, browser] = await Promise.all([start_service({ server: { cors: { origins: [origin] } } }), start_browser()]);
});
after(async () => { await browser.close(); await service.end(); host.close(); });

for (const library of ['maplibre', 'leaflet', 'openlayers']) {
  test(`${library}: the zone is drawn, the attribution stands there, and a click is answered`, async () => {
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    page.setDefaultTimeout(patience_ms);
    /** @type {string[]} */
    const faults = [];
    page.on('pageerror', (fault) => faults.push(String(fault)));
    page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('favicon') && !message.location().url.includes('favicon')) faults.push(message.text()); });
    await page.goto(`${origin}/examples/${library}.html?service=${service.url}`);
    const blue = () => count_pixels(page, '#map', (red, green, blue_part) => blue_part - red > 40 && blue_part > green);
    let drawn = 0;
    for (const end_ms = Date.now() + patience_ms; Date.now() < end_ms && drawn < 20_000;) drawn = await blue();
    assert.ok(drawn > 20_000, `${drawn} pixels of the zone`);
    await page.getByText('OpenStreetMap').first().waitFor({ state: 'attached' });
    await page.mouse.click(450, 350);
    await page.locator('#said').filter({ hasText: /^eligible: / }).waitFor();
    await page.mouse.click(450, 600);
    await page.locator('#said').filter({ hasText: /^not_applicable: / }).waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('the packages that the examples are tested with are those that npm/ names', () => {
  const [ours, theirs] = [packages, npm].map((folder) => JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')));
  for (const name of ['maplibre-gl', 'leaflet', 'ol']) assert.equal(theirs.devDependencies[name], ours.dependencies[name] ?? ours.devDependencies[name], name);
});
