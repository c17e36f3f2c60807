// What a stranger reads at a glance is true: the picture and the verdict, what it rests on, and why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { count_pixels, link_of, open, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const in_force = 'at=2024-05-31T00:00:00Z';
const belgorod = `#lon=36.5873&lat=50.5956&${in_force}&map=8/50.5956/36.5873`;
const moscow = `#lon=37.6173&lat=55.7558&${in_force}`;

/** Pixels of the tint of what is permitted. @param {Page} page */
const blue_pixels = (page) => count_pixels(page, '#map', (red, _green, blue) => blue - red > 12 && blue > 200);

test('another activity: the old zone goes at once, and only what is seen is asked for', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  assert.ok(await blue_pixels(page) > 100_000);
  /** @type {() => void} */
  let let_through = () => {};
  const held = new Promise((done) => { let_through = () => done(undefined); });
  /** @type {string[]} */
  const asked = [];
  await page.route('**/zones/items*', async (route) => {
    asked.push(route.request().url());
    await held;
    await route.continue();
  });
  await page.getByLabel('Long-range strikes (ATACMS)').check();
  await verdict_is(page, 'ineligible');
  await page.waitForTimeout(300);
  assert.ok(await blue_pixels(page) < 500, 'what is permitted is still drawn');
  assert.match(await page.textContent('.legend') ?? '', /Zone: prohibited/);
  const size = page.waitForResponse('**/zones/items*').then(async (response) => (await response.body()).length);
  let_through();
  assert.ok(asked.length === 1 && asked[0].includes('clip-box='), `${asked}`);
  assert.ok(await size < 600_000, `${await size} bytes`);
  await context.close();
});

test('the card says what the verdict rests on, and that the text is not known for today', async () => {
  const { page, context } = await open(browser, `${service.url}#lon=36.5873&lat=50.5956`);
  await verdict_is(page, 'eligible');
  const card = await page.textContent('#verdict') ?? '';
  assert.match(card, /Known only through 31 May 2024/);
  assert.match(card, /depth_km = 100 km; the source states no distance/);
  const box = await page.locator('#verdict .rests').boundingBox();
  assert.ok(box && box.y + box.height < 400, `${box?.y}`);
  await context.close();
  const then = await open(browser, service.url + belgorod);
  await verdict_is(then.page, 'eligible');
  assert.doesNotMatch(await then.page.textContent('#verdict') ?? '', /Known only/);
  await then.page.goto(`${service.url}embed#lon=36.5873&lat=50.5956`);
  await then.page.getByText('Known only through 31 May 2024').waitFor();
  await then.context.close();
});

for (const [what, link, decided, row] of /** @type {[string, string, RegExp, RegExp][]} */ ([
  ['far away', moscow, /Not within 100 km of the border Russia – Kharkiv oblast: 489\.5 km too far/, /Within 100 km of the border.*decides.*−489\.5 km/],
  ['before the date', belgorod.replace('05-31', '05-29'), /No rule was in force yet on this date: the next one is in force from 30 May 2024/, /in force from 30 May 2024.*decides/],
  ['prohibited', `${belgorod}&activity=long-range`, /Prohibited here\. Inside Russia: 31\.4 km from its edge/, /Inside Russia.*decides.*31\.4 km/],
  ['on the other side', `#lon=36.23&lat=49.99&${in_force}`, /Not inside Russia: .* outside/, /Inside Russia.*decides.*−/],
])) {
  test(`why: ${what}`, async () => {
    const { page, context } = await open(browser, service.url + link, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('#verdict .decided').filter({ hasText: decided }).waitFor();
    const deciding = page.locator('.clause.decides');
    assert.equal(await deciding.count(), 1);
    assert.match(await deciding.textContent() ?? '', row);
    // A tick never stands at what does not hold, nor at a prohibition.
    assert.equal(await deciding.locator('use[href="#icon-holds"]').count(), 0);
    await page.click('#copy-sentence');
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).length > 0);
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), decided);
    const { because } = (await (await fetch(`${service.url}v1/evaluate?${link.slice(1).replace(/&map=[^&]*/, '')}`)).json()).verdicts
      .find((/** @type {{ activity: string }} */ { activity }) => link.includes('long-range') === (activity === 'long-range'));
    assert.match(because.text.replace('Russia - Kharkiv', 'Russia – Kharkiv').replace('2024-05-30', '30 May 2024'), decided);
    await context.close();
  });
}

test('where nothing can be told, the band along the line is drawn as wide as it is, and the place does not cover it', async () => {
  const { page, context } = await open(browser, `${service.url}#lon=36.4335&lat=50.3310&${in_force}&map=13/50.3310/36.4335`);
  await verdict_is(page, 'indeterminate');
  await page.getByText('Too close to the line to tell').waitFor();
  await page.waitForTimeout(400);
  const metres_a_pixel = (2 * Math.PI * 6378137 * Math.cos((50.331 * Math.PI) / 180)) / (512 * 2 ** 13);
  const yellow = await count_pixels(page, '#map', (red, green, blue) => red > 180 && green > 150 && blue < 190 && red - blue > 35);
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  // 560 m across, and at least as long as the map is high.
  assert.ok(yellow > (560 / metres_a_pixel) * 0.6 * Math.min(box.width, box.height), `${yellow} pixels`);
  const grip = await page.locator('.grip').boundingBox();
  const end = await page.locator('.nearest-end').boundingBox();
  assert.ok(grip && end && Math.hypot(grip.x - end.x, grip.y - end.y) > 20);
  await context.close();
});

test('the search box takes cities in both languages, and does not take lon, lat for another place', async () => {
  const { page, context } = await open(browser, service.url);
  for (const [city, lat] of [['Kharkiv', 49.99], ['харків', 49.99], ['Belgorod', 50.6]]) {
    await page.fill('#position', String(city));
    await page.keyboard.press('Enter');
    await page.waitForFunction((wanted) => new URLSearchParams(location.hash.slice(1)).get('lat') === String(wanted), lat);
  }
  await page.fill('#position', '36.5873, 50.5956');
  await page.keyboard.press('Enter');
  await page.getByText('Which of the two is meant?').waitFor();
  await page.getByRole('button', { name: 'latitude 50.5956, longitude 36.5873' }).click();
  await verdict_is(page, 'eligible');
  await page.locator('#go').focus();
  assert.equal(await page.inputValue('#position'), '50.5956, 36.5873');
  await page.fill('#position', 'nowhere');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#position[aria-invalid]');
  assert.doesNotMatch(await page.textContent('#search-fault') ?? '', /`/);
  await context.close();
});

test('a wrong link is refused with the reason, and nothing is shown as something else', async () => {
  for (const [link, reason] of /** @type {[string, RegExp][]} */ ([
    ['#lon=36.5873&lat=95', /lat = 95: expected a number from -90 to 90/],
    ['#lon=36.5873', /lon = 36\.5873 stands alone/],
    ['#lon=36.5873&lat=50.5956&at=yesterday', /at = yesterday: expected a date and time/],
    ['#lon=36.5873&lat=50.5956&activity=fishing', /no activity fishing/],
    ['#lon=36.5873&lat=50.5956&depth_km=-3', /depth_km = -3: expected a number from 0 to 2000/],
    ['#lon=36.5873&lat=50.5956&lat=50.6', /lat is stated twice/],
  ])) {
    const { page, context } = await open(browser, service.url + link);
    await page.locator('#notice').filter({ hasText: reason }).waitFor();
    assert.ok(await page.locator('#intro').isVisible() && !(await page.locator('#answer').isVisible()));
    assert.ok(page.url().endsWith(link));
    await context.close();
  }
});

test('back goes to the question before', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  await page.waitForTimeout(400);
  await page.getByLabel('Long-range strikes (ATACMS)').check();
  await verdict_is(page, 'ineligible');
  await page.waitForFunction(() => location.hash.includes('long-range'));
  await page.goBack();
  await verdict_is(page, 'eligible');
  await context.close();
});

test('while the service is away the verdict has no colour, and what is typed is asked when it is back', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  const before = await page.locator('#verdict .verdict').evaluate((card) => getComputedStyle(card).borderLeftColor);
  await page.route('**/v1/**', (route) => route.abort());
  await page.fill('#position', '49.99, 36.23');
  await page.keyboard.press('Enter');
  await page.getByText('The service does not answer').waitFor();
  await page.waitForFunction((colour) => getComputedStyle(/** @type {Element} */ (document.querySelector('#verdict .verdict'))).borderLeftColor !== colour, before);
  await page.unroute('**/v1/**');
  await verdict_is(page, 'not_applicable');
  assert.equal((await link_of(page)).get('lat'), '49.99');
  await context.close();
});

test('land that no layer has is no sea, and OpenStreetMap is a link', async () => {
  const { page, context } = await open(browser, `${service.url}#map=5/53.5/28`);
  await page.waitForTimeout(2500);
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  const minsk = { x: box.x + box.width / 2 - 30, y: box.y + box.height / 2 - 60, width: 40, height: 40 };
  assert.ok(await count_pixels(page, minsk, (red, _green, blue) => red >= blue && red > 225) > 800);
  assert.equal(await page.locator('.maplibregl-ctrl-attrib a').first().getAttribute('href'), 'https://www.openstreetmap.org/copyright');
  await context.close();
});

test('the shortest way to the border is a geodesic, also from the other side of the Earth', async () => {
  const { great_circle, distance_m } = await import('../../web/map/geodesy.js');
  // From 60 N, 0 E to 60 N, 170 E the way leads over the north, at 85.6 N in its middle (by hand: atan(tan 60 / cos 85)).
  const way = great_circle({ lon: 0, lat: 60 }, { lon: 170, lat: 60 });
  const highest = Math.max(...way.map(([, lat]) => lat));
  assert.ok(Math.abs(highest - (Math.atan(Math.tan(Math.PI / 3) / Math.cos((85 * Math.PI) / 180)) * 180) / Math.PI) < 0.05, `${highest}`);
  const across = great_circle({ lon: 170, lat: 10 }, { lon: -170, lat: 10 });
  assert.ok(across.every(([lon], i) => i === 0 || Math.abs(lon - across[i - 1][0]) < 5), 'it jumps at the antimeridian');
  assert.ok(Math.abs(distance_m({ lon: 170, lat: 10 }, { lon: -170, lat: 10 }) - 2_189_000) < 5000);
  const { page, context, faults } = await open(browser, `${service.url}#lon=-120&lat=40&${in_force}`);
  await verdict_is(page, 'not_applicable');
  assert.ok((await page.getAttribute('.nearest-line', 'd') ?? '').split('L').length > 20);
  for (const place of ['#lon=0&lat=90', '#lon=180&lat=-90', '#lon=180&lat=68']) {
    await page.goto(`${service.url}${place}&${in_force}`);
    await page.waitForSelector('#verdict .verdict');
    assert.doesNotMatch(await page.getAttribute('.nearest-line', 'd') ?? '', /NaN|Infinity/);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('depth and time snap to round values, the zone can be kept, and the device may say where it is', async () => {
  const { page, context } = await open(browser, service.url + belgorod, { permissions: ['geolocation'], geolocation: { longitude: 36.23, latitude: 49.99, accuracy: 40 } });
  await verdict_is(page, 'eligible');
  await page.fill('#parameter-depth_km', '411');
  assert.equal(await page.inputValue('.parameter .exact'), '140');
  await page.focus('#parameter-depth_km');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.inputValue('.parameter .exact'), '145');
  await page.locator('#timeline').evaluate((slider) => {
    /** @type {HTMLInputElement} */ (slider).value = String(Date.parse('2024-05-20T05:00:00Z'));
    slider.dispatchEvent(new Event('input'));
  });
  await page.waitForFunction(() => document.querySelector('#time-exact') && /T00:00(:00)?$/.test(/** @type {HTMLInputElement} */ (document.querySelector('#time-exact')).value));
  const zone = await (await fetch(await page.getAttribute('#zone-download', 'href') ?? '')).json();
  assert.equal(zone.type, 'FeatureCollection');
  await page.getByRole('button', { name: 'My location' }).click();
  await verdict_is(page, 'not_applicable');
  assert.equal(await page.inputValue('#accuracy'), '40');
  await context.close();
});
