// What the map offers beyond a verdict: what zones and borders are, layers on and off, places that are compared, lengths, pictures, the whole screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { geodesic } from '../../web/map/geodesic.js';
import { axe_source_path, count_pixels, link_of, open, pixel_of, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const belgorod = '#lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z&map=8/50.5956/36.5873';

/** @param {string} link @param {(page: Page, faults: string[]) => Promise<void>} look @param {import('playwright-core').BrowserContextOptions} [options] */
async function with_page(link, look, options = {}) {
  const { page, context, faults } = await open(browser, service.url + link, { acceptDownloads: true, ...options });
  await page.locator('#measure').waitFor({ timeout: 60_000 });
  await look(page, faults);
  await context.close();
}

test('a zone and a border say under the hand what they are, and on a click what is known of them', async () => {
  await with_page(belgorod, async (page, faults) => {
    await verdict_is(page, 'eligible');
    const inside = await pixel_of(page, 37.2, 50.9);
    await page.mouse.move(inside.x - 5, inside.y);
    await page.mouse.move(inside.x, inside.y);
    await page.locator('#feature-hint').filter({ hasText: 'Permitted against positions' }).waitFor();
    const border = await pixel_of(page, 36.43341, 50.33077);
    await page.mouse.move(border.x + 1, border.y);
    await page.mouse.move(border.x, border.y);
    await page.locator('#feature-hint').filter({ hasText: 'Russia – Kharkiv oblast' }).waitFor();
    await page.mouse.click(border.x, border.y);
    const card = page.locator('#feature-card');
    await card.filter({ hasText: 'known to ±280 m' }).waitFor();
    const href = await card.locator('a').getAttribute('href');
    const feature = await (await fetch(href ?? '')).json();
    assert.equal(feature.id, 'RU|UA-63');
    await page.mouse.click(inside.x, inside.y);
    await card.filter({ hasText: /Permitted.*in force from 30 May 2024.*what a position is used for is not checked/ }).waitFor();
    assert.deepEqual(faults, []);
  });
});

test('layers are switched off and on', async () => {
  await with_page(belgorod, async (page) => {
    await verdict_is(page, 'eligible');
    const blue = () => count_pixels(page, '#map', (red, _green, blue_part) => blue_part - red > 12 && blue_part > 200);
    await page.click('.layer-menu summary');
    const before = await blue();
    assert.ok(before > 100_000, `${before}`);
    await page.getByLabel('Zones').uncheck();
    for (let tries = 0; tries < 40 && await blue() > 2000; ++tries) await page.waitForTimeout(100);
    assert.ok(await blue() < 2000, `${await blue()}`);
    await page.getByLabel('Zones').check();
    for (let tries = 0; tries < 40 && await blue() < before / 2; ++tries) await page.waitForTimeout(100);
    assert.ok(await blue() > before / 2);
  });
});

test('places are kept and compared for each question, also after the page is opened anew', async () => {
  await with_page(belgorod, async (page, faults) => {
    await verdict_is(page, 'eligible');
    await page.click('#keep-place');
    await page.locator('#places tbody tr').first().waitFor();
    await page.fill('#position', '49.99, 36.23');
    await page.keyboard.press('Enter');
    await verdict_is(page, 'not_applicable');
    await page.click('#keep-place');
    const verdicts = (/** @type {string} */ wanted) => page.waitForFunction((all) =>
      [...document.querySelectorAll('#places tbody tr')].map((row) => /** @type {HTMLElement} */ (row).dataset.verdict).join() === all, wanted);
    await verdicts('eligible,not_applicable');
    await page.getByLabel('Long-range strikes (ATACMS)').check();
    await verdicts('ineligible,not_applicable');
    await page.waitForFunction(() => location.hash.includes('long-range'));
    await page.reload();
    await verdicts('ineligible,not_applicable');
    await page.locator('#places').getByRole('button', { name: '50.59560° N 36.58730° E', exact: true }).click();
    await verdict_is(page, 'ineligible');
    assert.equal((await link_of(page)).get('lon'), '36.5873');
    await page.getByRole('button', { name: 'Remove 49.99' }).click();
    await verdicts('ineligible');
    assert.deepEqual(faults, []);
  });
});

// Karney's GeodTest and the manual of GeodSolve have these: 0.1 mm.
for (const [from, to, metres] of /** @type {[[number, number], [number, number], number][]} */ ([
  [[-73.8, 40.6], [-0.5, 51.6], 5_551_759.4003], [[0, 0], [1, 0], 111_319.4908], [[0, 0], [0, 90], 10_001_965.7293], [[36.5873, 50.5956], [36.5873, 50.5956], 0],
])) {
  test(`from ${from} to ${to} it is ${metres} m`, () => {
    const { distance_m, is_exact } = geodesic({ lon: from[0], lat: from[1] }, { lon: to[0], lat: to[1] });
    assert.ok(is_exact && Math.abs(distance_m - metres) < 1e-3, `${distance_m}`);
  });
}

test('on the other side of the Earth, where the formula does not converge, that is said', () => {
  const { distance_m, is_exact } = geodesic({ lon: 0, lat: 0 }, { lon: 179.7, lat: 0.3 });
  assert.ok(!is_exact && Math.abs(distance_m - 19_980_000) < 60_000, `${distance_m}`);
});

test('a way is measured as the service does it, and asks for no place meanwhile', async () => {
  await with_page(belgorod, async (page) => {
    await verdict_is(page, 'eligible');
    await page.click('#measure');
    const [a, b] = [await pixel_of(page, 36.5873, 50.9), await pixel_of(page, 37.4, 50.9)];
    await page.mouse.click(a.x, a.y);
    await page.mouse.click(b.x, b.y);
    await page.locator('#measured').filter({ hasText: /Length: 57\.\d km/ }).waitFor();
    assert.equal((await link_of(page)).get('lat'), '50.5956');
    await page.keyboard.press('Escape');
    await page.locator('#measured').waitFor({ state: 'hidden' });
  });
});

test('the map is saved as a picture that says what it shows', async () => {
  await with_page(belgorod, async (page) => {
    await verdict_is(page, 'eligible');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-picture')]);
    assert.equal(download.suggestedFilename(), 'kordon.png');
    const png = readFileSync(await download.path());
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.length > 60_000 && png.readUInt32BE(16) >= 870 && png.readUInt32BE(20) > 830, `${png.length} bytes, ${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`);
  });
});

test('the whole screen', async () => {
  await with_page(belgorod, async (page) => {
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await page.getByRole('button', { name: 'Leave full screen' }).click();
    await page.waitForFunction(() => document.fullscreenElement === null);
  });
});

for (const options of /** @type {import('playwright-core').BrowserContextOptions[]} */ ([{}, { locale: 'uk-UA', colorScheme: 'dark' }])) {
  test(`axe finds no serious fault in table, menu, kept places and cards ${JSON.stringify(options)}`, async () => {
    await with_page(belgorod, async (page) => {
      await verdict_is(page, 'eligible');
      await page.click('#keep-place');
      await page.locator('#places tbody tr').first().waitFor();
      await page.setInputFiles('#file-chooser', { name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from('name,lon,lat\na,36.6,50.6\nb,36,x\n') });
      await page.waitForSelector('#file[data-done]');
      await page.click('#file-columns summary');
      await page.locator('#rows').waitFor();
      await page.click('.layer-menu summary');
      await page.click('#measure');
      await page.addScriptTag({ path: axe_source_path });
      const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run());
      assert.deepEqual(violations.filter((/** @type {any} */ { impact }) => impact === 'serious' || impact === 'critical').map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html)}`), []);
    }, { ...options, bypassCSP: true });
  });
}
