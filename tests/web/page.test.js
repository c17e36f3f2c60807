// The page against the real service: what a person does, and what the page then says.
import assert from 'node:assert/strict';
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

test('a click on the map says where the place stands', async () => {
  const { page, context, faults } = await open(browser, service.url);
  assert.ok(await page.getByText('Click the map').isVisible());
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await verdict_is(page, 'eligible');
  const link = await link_of(page);
  assert.ok(Math.abs(Number(link.get('lon')) - 37) < 0.02, `lon ${link.get('lon')}`);
  assert.ok(Math.abs(Number(link.get('lat')) - 50.55) < 0.02, `lat ${link.get('lat')}`);
  assert.deepEqual(faults, []);
  await context.close();
});

for (const [text, lon, lat] of /** @type {[string, number, number][]} */ ([
  ['50.5956, 36.5873', 36.5873, 50.5956],
  ['50°35′44.2″N 36°35′14.3″E', 36.5873, 50.5956],
  ['37UCS2907', 36.59097, 50.59447],
  ['37U 329189 5607614', 36.5873, 50.5956],
])) {
  test(`the search box takes ${text}`, async () => {
    const { page, context } = await open(browser, service.url);
    await page.fill('#position', text);
    await page.keyboard.press('Enter');
    await verdict_is(page, 'eligible');
    const link = await link_of(page);
    assert.ok(Math.abs(Number(link.get('lon')) - lon) < 2e-3, `lon ${link.get('lon')}`);
    assert.ok(Math.abs(Number(link.get('lat')) - lat) < 2e-3, `lat ${link.get('lat')}`);
    if (text === '37UCS2907') assert.ok(Math.abs(Number(link.get('accuracy_m')) - 707.137) < 0.01);
    await context.close();
  });
}

test('the search box says what it cannot read', async () => {
  const { page, context } = await open(browser, service.url);
  await page.fill('#position', 'nowhere');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#position[aria-invalid]');
  assert.match(await page.textContent('#search-fault') ?? '', /expected/i);
  await context.close();
});

test('a line is drawn to the nearest point of the border, as long and in the direction that the panel says', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  const ends = (await page.getAttribute('.nearest-line', 'd') ?? '').match(/[-\d.]+/g)?.map(Number) ?? [];
  const metres_a_pixel = (2 * Math.PI * 6378137 * Math.cos((50.5956 * Math.PI) / 180)) / (512 * 2 ** 8);
  const [dx, dy] = [ends[2] - ends[0], ends[3] - ends[1]];
  assert.ok(Math.abs(Math.hypot(dx, dy) * metres_a_pixel - 31_400) < 400, `${dx}, ${dy}`);
  assert.ok(Math.abs((Math.atan2(dx, -dy) * 180) / Math.PI + 360 - 200) < 1.5, `${dx}, ${dy}`);
  await context.close();
});

test('a margin below nothing has the sign of a minus', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}&accuracy_m=33000`);
  await verdict_is(page, 'indeterminate');
  assert.match(await page.textContent('#facts') ?? '', /between −1\.58 km and 64\.4 km: it could fall on either side/);
  await context.close();
});

test('the panel gives margin, uncertainty, clauses, border, source and assumptions', async () => {
  const { page, context } = await open(browser, `${service.url}#${belgorod}`);
  await verdict_is(page, 'eligible');
  assert.match(await page.textContent('#verdict') ?? '', /Eligible/);
  const facts = await page.textContent('#facts') ?? '';
  for (const part of [/31\.4 km inside/, /line ±280 m/, /between 31\.1 km and 31\.7 km/, /the answer holds throughout/, /31\.4 km to the south \(200°\)/, /Russia – Kharkiv oblast/]) assert.match(facts, part);
  const deciding = page.locator('.clause.decides');
  assert.equal(await deciding.count(), 1);
  assert.match(await deciding.textContent() ?? '', /Inside .*decides.*31\.4 km/);
  assert.match(await page.locator('.clause:not(.decides)').first().textContent() ?? '', /Within 100 km .*68\.6 km/);
  assert.match(await page.textContent('#source') ?? '', /News report.*No depth is stated.*assumes: positions across the border/s);
  await context.close();
});
