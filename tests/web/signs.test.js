// What is drawn on the map: the zone, the circle, names, and the signs that say what they are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { dark, light } from '../../web/map/palette.js';
import { count_pixels, open, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const belgorod = '#lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z&map=8/50.5956/36.5873';
const metres_a_pixel = (2 * Math.PI * 6378137 * Math.cos((50.5956 * Math.PI) / 180)) / (512 * 2 ** 8);

/** Pixels of the tint of what is permitted. @param {Page} page */
const zone_pixels = (page) => count_pixels(page, '#map', (red, _green, blue) => blue - red > 12 && blue > 200);

/** @param {Page} page */
const signs = (page) => page.locator('.legend li').evaluateAll((all) => all.map((one) => one.getAttribute('data-sign')));

/** Waits until the zone that is drawn has so many pixels. @param {Page} page @param {(count: number) => boolean} enough */
async function zone_is(page, enough) {
  let count = NaN;
  for (let i = 0; i < 40 && !enough(count); ++i) {
    await page.waitForTimeout(250);
    count = await zone_pixels(page);
  }
  assert.ok(enough(count), `${count} pixels`);
  return count;
}

test('the zone is drawn anew for another depth, and goes with the rule', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  const at_100_km = await zone_is(page, (count) => count > 100_000);
  await page.locator('.parameter .exact').fill('16');
  await page.keyboard.press('Enter');
  await verdict_is(page, 'ineligible');
  await zone_is(page, (count) => count > 5000 && count < at_100_km / 2);
  await page.fill('#time-exact', '2024-05-29T00:00:01');
  await zone_is(page, (count) => count < 500);
  await context.close();
});

test('the legend says what the zones are', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  assert.deepEqual(await signs(page), ['permit', 'border', 'nearest']);
  await page.getByLabel('Long-range strikes (ATACMS)').check();
  await page.getByText('Zone: prohibited').waitFor();
  assert.deepEqual(await signs(page), ['prohibit', 'border', 'nearest']);
  await page.getByRole('radio', { name: 'Counter-fire' }).check();
  await page.fill('#time-exact', '2024-05-29T00:00:01');
  await page.getByText('No rule in force draws a zone').waitFor();
  assert.deepEqual(await signs(page), ['none', 'border', 'nearest']);
  await context.close();
});

for (const palette of [light, dark]) {
  test(`signs of the legend have the colours of the map, ${palette.name}`, async () => {
    const { page, context } = await open(browser, service.url, { colorScheme: /** @type {'light' | 'dark'} */ (palette.name) });
    const of = (/** @type {string} */ sign, /** @type {string} */ property) => page.locator('.legend').evaluate((legend, [name, what]) => {
      const item = legend.querySelector(`[data-sign="${name}"]`) ?? legend.appendChild(Object.assign(document.createElement('li')));
      item.setAttribute('data-sign', name);
      return getComputedStyle(item, '::before').getPropertyValue(what);
    }, [sign, property]);
    const rgb = (/** @type {string} */ hex) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    assert.equal(await of('permit', 'border-top-color'), rgb(palette.permit));
    assert.equal(await of('prohibit', 'border-top-color'), rgb(palette.prohibit));
    assert.equal(await of('border', 'background-color'), rgb(palette.border));
    await context.close();
  });
}

test('the circle is as wide as the accuracy', async () => {
  const { page, context } = await open(browser, `${service.url}${belgorod}&accuracy_m=20000`);
  await verdict_is(page, 'eligible');
  const box = await page.locator('.accuracy-circle').evaluate((path) => { const { width, height } = /** @type {SVGPathElement} */ (path).getBBox(); return { width, height }; });
  for (const across of [box.width, box.height]) assert.ok(Math.abs((across * metres_a_pixel) / 2 - 20_000) < 300, `${across * metres_a_pixel}`);
  await context.close();
});

test('cities have names in two languages, and the list has its source and licence', async () => {
  const { source, licence, features } = JSON.parse(readFileSync(new URL('../../web/data/cities.json', import.meta.url), 'utf8'));
  assert.ok(source && licence);
  for (const { properties: { name_en, name_uk }, geometry: { coordinates: [lon, lat] } } of features) {
    assert.match(name_en, /^[A-Z][A-Za-z -]+$/);
    assert.match(name_uk, /^[А-ЯЄІЇҐ][А-Яа-яЄІЇҐєіїґ’ -]+$/);
    assert.ok(lon > 20 && lon < 180 && lat > 40 && lat < 75, name_en);
  }
});

test('the names of cities are drawn beside them', async () => {
  const dark_pixels = async (/** @type {(page: Page) => Promise<unknown>} */ prepare) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await prepare(page);
    await page.goto(`${service.url}#map=8/49.99/36.23`);
    await page.waitForFunction(() => document.documentElement.dataset.ready);
    await page.waitForTimeout(500);
    const box = await page.locator('#map').boundingBox();
    assert.ok(box);
    const beside = { x: box.x + box.width / 2 + 8, y: box.y + box.height / 2 - 12, width: 60, height: 24 };
    const count = await count_pixels(page, beside, (red, green, blue) => red + green + blue < 400);
    await context.close();
    return count;
  };
  const named = await dark_pixels(async () => {});
  const empty = { contentType: 'application/json', body: '{"type":"FeatureCollection","features":[]}' };
  const unnamed = await dark_pixels((page) => page.route('**/cities.json', (route) => route.fulfill(empty)));
  assert.ok(named > 60 && unnamed === 0, `${named}, ${unnamed}`);
});

test('a far place is shown with the point of the border that is nearest to it', async () => {
  const { page, context } = await open(browser, service.url);
  for (const position of ['55.75, 37.62', '43.1, 131.9', '50.45, 30.52']) {
    await page.fill('#position', position);
    await page.keyboard.press('Enter');
    await page.waitForFunction((lat) => new URLSearchParams(location.hash.slice(1)).get('lat') === lat, String(Number(position.split(',')[0])));
    await page.waitForTimeout(500);
    const [map, pin, end] = await Promise.all(['#map', '.pin', '.nearest-end'].map((one) => page.locator(one).boundingBox()));
    assert.ok(map && pin && end);
    assert.ok(Math.hypot(map.x + map.width / 2 - pin.x - pin.width / 2, map.y + map.height / 2 - pin.y - pin.height / 2) < 4, `${position} is not in the middle`);
    assert.ok(end.x > map.x && end.x + end.width < map.x + map.width && end.y > map.y && end.y + end.height < map.y + map.height, position);
  }
  await context.close();
});
