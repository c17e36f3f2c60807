// Files: what is dropped is scored, drawn, counted and given back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { dark, light, verdict_names } from '../../web/map/palette.js';
import { count_pixels, open, patience_ms, start_browser } from './browser.js';
import { start_service } from './service.js';

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const time = '#at=2024-06-15T00:00:00Z';
/** Belgorod, Kyiv, Moscow, and one on the border. @type {[number, number][]} */
const places = [[36.5873, 50.5956], [30.52, 50.45], [37.62, 55.75], [36.43341, 50.33077]];
const counts = { eligible: '1', not_applicable: '1', ineligible: '1', indeterminate: '1', error: '1' };

/** @param {import('playwright-core').Page} page */
async function counted(page) {
  await page.waitForSelector('#file[data-done]', { timeout: patience_ms });
  return Object.fromEntries(await page.locator('[data-count]').evaluateAll((cells) => cells.map((cell) => [cell.getAttribute('data-count'), cell.textContent])));
}

/** @param {import('playwright-core').Page} page */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#file-save')]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

const feature = (/** @type {[number, number] | null} */ at, /** @type {number} */ i) =>
  ({ type: 'Feature', id: i, properties: { name: `a "quoted" }] ${i}` }, geometry: at && { type: 'Point', coordinates: at } });
/** @type {Record<string, string>} */
const files = {
  'places.csv': ['id,lon,lat,note', ...places.map(([lon, lat], i) => `${i},${lon},${lat},"two\nlines, ""${i}"""`), '4,36,x,', ''].join('\n'),
  'places.ndjson': [...places.map(([lon, lat], i) => JSON.stringify({ id: i, lon, lat })), '{"id":4,"lon":36}', ''].join('\n'),
  'places.geojson': JSON.stringify({ type: 'FeatureCollection', links: [{ rel: 'self' }], features: [...places.map(feature), feature(null, 4)], numberMatched: 5 }, null, 1),
};

for (const [name, text] of Object.entries(files)) {
  test(`${name} is scored, counted and given back in its own format`, async () => {
    const { page, context, faults } = await open(browser, service.url + time, { acceptDownloads: true });
    await page.setInputFiles('#file-chooser', { name, mimeType: '', buffer: Buffer.from(text) });
    assert.deepEqual(await counted(page), counts);
    const bad_line = { 'places.csv': 10, 'places.ndjson': 5, 'places.geojson': text.slice(0, text.lastIndexOf('"Feature"')).split('\n').length - 1 }[name];
    assert.match(await page.textContent('.errors') ?? '', new RegExp(`[^\\d]${bad_line}(lat|geometry)`));
    const back = await saved(page);
    assert.equal(back.name, name.replace('.', '-scored.'));
    if (name.endsWith('.csv')) {
      assert.match(back.text, /^id,lon,lat,note,verdict,/);
      assert.match(back.text, /^1,30.52,50.45,"two\nlines, ""1""",not_applicable,/m);
      assert.equal(back.text.match(/verdict/g)?.length, 1);
    } else if (name.endsWith('.ndjson')) {
      assert.deepEqual(back.text.trim().split('\n').map((line) => JSON.parse(line).verdict), ['eligible', 'not_applicable', 'ineligible', 'indeterminate', undefined]);
    } else {
      const { features } = JSON.parse(back.text);
      assert.deepEqual(features.map((/** @type {any} */ one) => one.properties.verdict), ['eligible', 'not_applicable', 'ineligible', 'indeterminate', undefined]);
      assert.equal(features[2].properties.name, 'a "quoted" }] 2');
    }
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('a file that is dropped is scored', async () => {
  const { page, context } = await open(browser, service.url + time);
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'places.csv'));
    document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, files['places.csv']);
  assert.deepEqual(await counted(page), counts);
  await context.close();
});

/** How many pixels of the map have the colour of eligible points. @param {import('playwright-core').Page} page */
const blue_pixels = (page) => count_pixels(page, '#map', (red, green, blue) => red < 50 && blue > 150 && green < 150);

test('points are drawn in the colour of their verdict, and the filter takes them off', async () => {
  const { page, context } = await open(browser, service.url + time);
  const rows = Array.from({ length: 400 }, (_, i) => `${36.2 + (i % 20) * 0.05},${50.6 + Math.floor(i / 20) * 0.02}`);
  await page.setInputFiles('#file-chooser', { name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from(['lon,lat', ...rows].join('\n')) });
  assert.equal((await counted(page)).eligible, '400');
  await page.waitForTimeout(1500);
  const drawn = await blue_pixels(page);
  await page.uncheck('#show-eligible');
  await page.waitForTimeout(1500);
  const left = await blue_pixels(page);
  assert.ok(drawn > 5000 && left < drawn / 3, `${drawn} then ${left}`);
  await context.close();
});

test('a large file shows its progress, can be cancelled, and outlives a stop of the service', async () => {
  const { page, context } = await open(browser, service.url + time);
  const rows = Array.from({ length: 300_000 }, (_, i) => `${i},${33 + (i % 997) / 125},${48 + (i % 877) / 180}`);
  const buffer = Buffer.from(['id,lon,lat', ...rows].join('\n'));
  await page.setInputFiles('#file-chooser', { name: 'large.csv', mimeType: 'text/csv', buffer });
  // Within the page: a fast machine has scored the file before a driver has found the button.
  await page.waitForFunction(() => {
    const value = /** @type {HTMLProgressElement | null} */ (document.querySelector('#file progress'))?.value ?? 0;
    if (value > 0.02) /** @type {HTMLElement} */ (document.querySelector('#file-cancel')).click();
    return value > 0.02;
  });
  assert.match(await page.textContent('#file-state') ?? '', /Cancelled after rows/);
  const so_far = (await page.locator('[data-count]').allTextContents()).reduce((total, count) => total + Number(count.replaceAll(',', '')), 0);
  assert.ok(so_far > 0 && so_far < 300_000, `${so_far}`);
  await page.waitForTimeout(1000);
  const drawn = await blue_pixels(page);
  assert.ok(drawn > 1000, `${drawn}: points are on the map before the whole file is scored`);
  await Promise.all([page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#file-again')).click()), service.stop()]);
  await page.getByText('The service does not answer').waitFor();
  await service.start();
  const { eligible, error, ...others } = await counted(page);
  const sum = [eligible, ...Object.values(others)].reduce((total, count) => total + Number(String(count).replaceAll(',', '')), 0);
  assert.equal(sum, 300_000);
  assert.equal(error, '0');
  await context.close();
});

test('a hand that moves very many points sees fewer of them where drawing is slow, and all when it rests', async () => {
  const total = 60_000;
  const { page, context } = await open(browser, service.url + time);
  const rows = Array.from({ length: total }, (_, i) => `${33 + (i % 997) / 125},${48 + (i % 877) / 180}`);
  await page.setInputFiles('#file-chooser', { name: 'many.csv', mimeType: 'text/csv', buffer: Buffer.from(['lon,lat', ...rows].join('\n')) });
  await counted(page);
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.drawn = [];
    const { drawArrays } = WebGL2RenderingContext.prototype;
    let frame = 0;
    WebGL2RenderingContext.prototype.drawArrays = function draw(mode, first, count) {
      if (mode === this.POINTS) {
        const now = Number(document.timeline.currentTime);
        if (now !== frame) seen.drawn.push(0);
        frame = now;
        seen.drawn.push(seen.drawn.pop() + count);
        const end_ms = performance.now() + count / 200;
        while (performance.now() < end_ms);
      }
      drawArrays.call(this, mode, first, count);
    };
  });
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 300, box.y + 300);
  await page.mouse.down();
  for (let i = 0; i < 30; ++i) await page.mouse.move(box.x + 300 + 4 * i, box.y + 300);
  await page.waitForTimeout(500);
  await page.mouse.up();
  const drawn = () => page.evaluate(() => /** @type {any} */ (window).drawn);
  await page.waitForFunction((all) => /** @type {any} */ (window).drawn.at(-1) === all, total);
  const least = Math.min(...await drawn());
  assert.ok(least < total / 4, `${await drawn()}`);
  await context.close();
});

for (const palette of [light, dark]) {
  test(`the table shows each verdict by the sign and colour of its points, ${palette.name}`, async () => {
    const { page, context } = await open(browser, service.url + time, { colorScheme: /** @type {'light' | 'dark'} */ (palette.name) });
    await page.setInputFiles('#file-chooser', { name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from(files['places.csv']) });
    await counted(page);
    const colours = await page.locator('.counts .point').evaluateAll((points) => points.map((point) => getComputedStyle(point).backgroundColor));
    const rgb = (/** @type {string} */ hex) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    assert.deepEqual(colours, palette.points.map(rgb));
    assert.equal(colours.length, verdict_names.length);
    await context.close();
  });
}
