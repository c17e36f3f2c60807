// What changes the answer, and that the map and the link follow.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { link_of, open, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const belgorod = 'lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z&map=8/50.5956/36.5873';

/** Drags from the middle of one element by so many pixels. @param {import('playwright-core').Page} page @param {string} selector @param {number} dx @param {number} dy */
async function drag(page, selector, dx, dy) {
  const box = await page.locator(selector).boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 10; ++i) await page.mouse.move(x + (dx * i) / 10, y + (dy * i) / 10);
  await page.mouse.up();
}

test('the marker can be dragged over the border, and the verdict follows', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  await drag(page, '.pin', 0, 250);
  await verdict_is(page, 'not_applicable');
  assert.ok(Number((await link_of(page)).get('lat')) < 50.2);
  await context.close();
});

test('while the marker is dragged the panel changes its figures, and the map is not drawn again', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  const before = await page.textContent('#margin');
  const box = await page.locator('.pin').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 14, box.y + 14);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + 8);
  await page.waitForTimeout(500); // the map is drawn once more when a hand takes hold
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.marked = [...document.querySelectorAll('#margin, .clause-margin')];
    seen.drawn = 0;
    const { drawElements } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawElements = function draw(...given) {
      ++seen.drawn;
      drawElements.apply(this, given);
    };
  });
  for (let i = 1; i <= 10; ++i) await page.mouse.move(box.x + 20 + 6 * i, box.y + 8 - 6 * i);
  await page.waitForFunction((old) => document.querySelector('#margin')?.textContent !== old, before);
  const { stays, drawn } = await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    return { stays: seen.marked.map((/** @type {Node} */ node) => node.isConnected), drawn: seen.drawn };
  });
  assert.ok(stays.length > 2 && stays.every(Boolean), `${stays}`);
  assert.equal(drawn, 0);
  await context.close();
});

test('the marker moves with the arrow keys', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await page.focus('.pin');
  for (let i = 0; i < 5; ++i) await page.keyboard.press('Shift+ArrowDown');
  await verdict_is(page, 'not_applicable');
  await context.close();
});

test('the circle of accuracy can be pulled until nothing can be said', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  await drag(page, '.grip', 200, 0);
  await verdict_is(page, 'indeterminate');
  const accuracy_m = Number((await link_of(page, 'accuracy_m')).get('accuracy_m'));
  assert.ok(accuracy_m > 31_700 && accuracy_m < 80_000, `${accuracy_m}`);
  await page.fill('#accuracy', '500');
  await page.keyboard.press('Enter');
  await verdict_is(page, 'eligible');
  await context.close();
});

test('the marker stands on its place whatever the verdict', async () => {
  for (const accuracy_m of [0, 33_000]) {
    const { page, context } = await open(browser, `${service.url}#${belgorod}&accuracy_m=${accuracy_m}`);
    await verdict_is(page, accuracy_m ? 'indeterminate' : 'eligible');
    const [map, pin] = await Promise.all(['#map', '.pin'].map((one) => page.locator(one).boundingBox()));
    assert.ok(map && pin);
    assert.ok(Math.hypot(map.x + map.width / 2 - pin.x - pin.width / 2, map.y + map.height / 2 - pin.y - pin.height / 2) < 4);
    await context.close();
  }
});

test('the slider of depth_km marks where the verdict flips, and the verdict and the zone follow it', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await page.waitForFunction(() => /flips at 31\.7 km/.test(document.querySelector('#parameter-depth_km-flips')?.textContent ?? ''));
  const [slider, flip] = await Promise.all(['#parameter-depth_km', '.flip'].map((one) => page.locator(one).boundingBox()));
  assert.ok(slider && flip);
  const mark = (flip.x + flip.width / 2 - slider.x) / slider.width;
  assert.ok(Math.abs(mark - Math.cbrt(31.7 / 2000)) < 0.03, `the mark stands at ${mark}`);
  const zone = page.waitForRequest((request) => request.url().includes('/zones/items') && request.url().includes('depth_km='));
  await page.fill('#parameter-depth_km', '200');
  await verdict_is(page, 'ineligible');
  await zone;
  const depth_km = Number((await link_of(page, 'depth_km')).get('depth_km'));
  assert.ok(Math.abs(depth_km - 16) < 0.1, `${depth_km}`);
  await page.fill('#parameter-depth_km', '255');
  await verdict_is(page, 'eligible');
  await page.getByRole('button', { name: 'As assumed: 100 km' }).click();
  assert.equal((await link_of(page)).get('depth_km'), null);
  await context.close();
});

test('before the guidance nothing is permitted, and the time line has its dates', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  assert.match(await page.textContent('.dates') ?? '', /in force from 30 May 2024.*text known through 31 May 2024/s);
  assert.match(await page.textContent('.late') ?? '', /later than the text/);
  const zones = page.waitForResponse((response) => response.url().includes('/zones/items') && response.url().includes('2024-05-29'));
  await page.fill('#time-exact', '2024-05-29T23:59:59');
  await verdict_is(page, 'ineligible');
  assert.equal((await (await zones).json()).features.length, 0);
  assert.match(await page.textContent('#reasons') ?? '', /in force from 30 May 2024.*decides/);
  await page.getByRole('button', { name: /in force from/ }).click();
  await verdict_is(page, 'eligible');
  assert.equal((await link_of(page)).get('at'), '2024-05-30T00:00:00Z');
  await context.close();
});

test('the time line marks the dates of the policy, and its slider moves the time', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  const { min, max, marks } = await page.evaluate(() => {
    const slider = /** @type {HTMLInputElement} */ (document.querySelector('#timeline'));
    const { left, width } = slider.getBoundingClientRect();
    const thumb = 1.1 * 15;
    const part = (/** @type {Element} */ tick) => (tick.getBoundingClientRect().left + 1.5 - left - thumb / 2) / (width - thumb);
    return { min: Number(slider.min), max: Number(slider.max), marks: Object.fromEntries([...document.querySelectorAll('.tick')].map((tick) => [tick.getAttribute('data-kind'), part(tick)])) };
  });
  for (const [kind, date] of [['time.from', '2024-05-30T00:00:00Z'], ['time.known', '2024-05-31T23:59:59.999Z']]) {
    const expected = (Date.parse(date) - min) / (max - min);
    assert.ok(Math.abs(marks[kind] - expected) < 0.005, `${kind} at ${marks[kind]}, expected ${expected}`);
  }
  await page.focus('#timeline');
  await page.keyboard.press('Home');
  await verdict_is(page, 'ineligible');
  assert.equal((await link_of(page)).get('at'), new Date(min).toISOString().replace('.000Z', 'Z'));
  await context.close();
});

test('the verdict stays in sight while depth and time are changed below it', async () => {
  for (const viewport of [{ width: 1280, height: 720 }, { width: 390, height: 844 }]) {
    const { page, context } = await open(browser, `${service.url}#${belgorod}`, { viewport });
    await verdict_is(page, 'eligible');
    for (const control of ['#timeline', '#parameter-depth_km']) {
      await page.focus(control);
      const [panel, verdict, slider] = await Promise.all(['#panel', '#verdict .verdict', control].map((one) => page.locator(one).boundingBox()));
      assert.ok(panel && verdict && slider);
      assert.ok(verdict.y >= panel.y && slider.y >= verdict.y + verdict.height && slider.y + slider.height <= panel.y + panel.height,
        `${control} of ${viewport.width}: ${JSON.stringify([panel, verdict, slider])}`);
    }
    await context.close();
  }
});

test('another activity has another verdict', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await page.getByLabel('Long-range strikes (ATACMS)').check();
  await verdict_is(page, 'ineligible');
  assert.equal((await link_of(page)).get('activity'), 'long-range');
  await context.close();
});

test('a link gives the same view again', async () => {
  const asked = 'lon=36.9012345&lat=50.4&accuracy_m=1200&at=2024-06-01T12:30:00Z&policy=us-kharkiv-2024&activity=counter-fire&depth_km=42.5&map=7.25/50.1/36.8';
  const first = await open(browser, `${service.url}#${asked}`);
  await verdict_is(first.page, 'eligible');
  const link = await link_of(first.page);
  assert.equal(decodeURIComponent(link.toString()), asked);
  const second = await open(browser, first.page.url());
  await verdict_is(second.page, 'eligible');
  for (const part of ['#facts', '#reasons', '#place']) assert.equal(await second.page.textContent(part), await first.page.textContent(part));
  assert.equal((await link_of(second.page)).toString(), link.toString());
  await first.context.close();
  await second.context.close();
});

test('a link names one policy among several, with its parameters', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kordon-policies-'));
  const shipped = new URL('../../config/policies/us-kharkiv-2024.json', import.meta.url);
  const other = { ...JSON.parse(readFileSync(shipped, 'utf8')), id: 'other', title: 'Another policy' };
  delete other.$schema;
  other.parameters[0].value = 20;
  writeFileSync(join(folder, 'other.json'), JSON.stringify(other));
  const both = await start_service({ policies: [shipped.pathname, join(folder, 'other.json')] });
  const first = await open(browser, `${both.url}#${belgorod}`);
  await verdict_is(first.page, 'eligible');
  await first.page.selectOption('#policy', 'other');
  await verdict_is(first.page, 'ineligible');
  assert.equal(await first.page.inputValue('.parameter .exact'), '20');
  await first.page.fill('.parameter .exact', '33');
  await first.page.keyboard.press('Enter');
  await verdict_is(first.page, 'eligible');
  const link = await link_of(first.page, 'depth_km');
  assert.deepEqual([link.get('policy'), link.get('depth_km')], ['other', '33']);
  const second = await open(browser, first.page.url());
  await verdict_is(second.page, 'eligible');
  assert.equal(await second.page.textContent('#policy-title'), 'Another policy');
  for (const part of ['#facts', '#reasons', '#place', '#parameters', '#time']) assert.equal(await second.page.textContent(part), await first.page.textContent(part), part);
  assert.equal((await link_of(second.page)).toString(), link.toString());
  for (const { context } of [first, second]) await context.close();
  await both.end();
  rmSync(folder, { recursive: true });
});

test('the sentence cites data version, time and source', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}&depth_km=60`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await verdict_is(page, 'eligible');
  await page.click('#copy-sentence');
  await page.getByText('Copied').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [/50\.59560° N, 36\.58730° E/, /2024-06-15T00:00:00Z/, /Eligible/, /28\.6 km inside/, /depth_km = 60/, /News report/, /sha256:[0-9a-f]{64}/,
    /© OpenStreetMap contributors \(ODbL-1\.0\)/, /not an authorisation/]) assert.match(text, part);
  await page.click('#copy-link');
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('#lon=36.5873'));
  await context.close();
});

test('the page says that the service is gone, and recovers by itself', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  await service.stop();
  await page.focus('.pin');
  for (let i = 0; i < 5; ++i) await page.keyboard.press('Shift+ArrowDown');
  await page.getByText('The service does not answer').waitFor();
  await service.start();
  await page.getByText('The service answers again').waitFor();
  await verdict_is(page, 'not_applicable');
  await context.close();
});
