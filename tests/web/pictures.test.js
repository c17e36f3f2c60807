// Pictures of what people see, into build/pictures; the best of them stand in docs/images, with 256 colours.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
const folder = fileURLToPath(new URL('../../build/pictures', import.meta.url));
before(async () => {
  mkdirSync(folder, { recursive: true });
  [service, browser] = await Promise.all([start_service(), start_browser()]);
});
after(async () => { await browser.close(); await service.end(); });

const belgorod = '#lon=36.5873&lat=50.5956&accuracy_m=6000&at=2024-06-01T12:00:00Z&map=7.3/50.55/36.75';
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** @param {import('playwright-core').Page} page @param {string} name */
async function picture(page, name) {
  await page.waitForTimeout(2500);
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path });
  assert.ok(statSync(path).size > 20_000);
}

for (const [name, hash, verdict, options] of /** @type {[string, string, string, import('playwright-core').BrowserContextOptions][]} */ ([
  ['desktop', belgorod, 'eligible', {}],
  ['dark', belgorod.replace('accuracy_m=6000', 'accuracy_m=33000'), 'indeterminate', { colorScheme: 'dark' }],
  ['phone', belgorod, 'eligible', { ...phone, locale: 'uk-UA' }],
])) {
  test(`a picture: ${name}`, async () => {
    const { page, context } = await open(browser, service.url + hash, options);
    await verdict_is(page, verdict);
    await picture(page, name);
    await context.close();
  });
}

test('a picture: a scored file', async () => {
  const { page, context } = await open(browser, `${service.url}#at=2024-06-01T12:00:00Z`);
  let seed = 7;
  const random = () => { seed = (seed * 48271) % 2147483647; return seed / 2147483647; };
  const rows = Array.from({ length: 6000 }, (_, i) => `${i},${(34.2 + 5.4 * random()).toFixed(5)},${i % 900 ? (49.2 + 2.5 * random()).toFixed(5) : 'x'}`);
  await page.setInputFiles('#file-chooser', { name: 'reports.csv', mimeType: 'text/csv', buffer: Buffer.from(['id,lon,lat', ...rows].join('\n')) });
  await page.waitForSelector('#file[data-done]');
  await page.evaluate(() => { /** @type {HTMLElement} */ (document.querySelector('#panel')).scrollTop = 0; });
  await picture(page, 'file');
  await context.close();
});

test('a picture: a scored track and an area', async () => {
  const { page, context } = await open(browser, `${service.url}#at=2024-06-01T12:00:00Z`);
  const way = Array.from({ length: 241 }, (_, i) => [36.1 + i / 160 + 0.05 * Math.sin(i / 9), 50.25 + 0.22 * Math.sin(i / 23) + 0.03 * Math.sin(i / 4)]);
  const coordTimes = way.map((_, i) => new Date(Date.UTC(2024, 5, 1, 6) + i * 90_000).toISOString());
  const area = [[37.05, 50.1], [37.55, 50.0], [37.75, 50.45], [37.3, 50.7], [37.05, 50.1]];
  const features = [
    { type: 'Feature', properties: { name: 'Ride', coordTimes }, geometry: { type: 'LineString', coordinates: way } },
    { type: 'Feature', properties: { name: 'Field' }, geometry: { type: 'Polygon', coordinates: [area] } },
  ];
  await page.setInputFiles('#file-chooser', { name: 'ride.geojson', mimeType: '', buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) });
  await page.waitForSelector('#tracks[data-drawn]');
  await page.locator('[data-interval="2"] button').click();
  await page.evaluate(() => document.querySelector('#tracks')?.scrollIntoView());
  await picture(page, 'tracks');
  await context.close();
});

test('the pictures of README and docs are small', () => {
  for (const name of ['desktop', 'dark', 'phone', 'file', 'tracks']) {
    const bytes = readFileSync(fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)));
    assert.ok(bytes.length < 300_000, `${name}: ${bytes.length} bytes`);
  }
});
