// For everyone: languages, screen readers, keyboards, telephones, light and dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe_source_path, link_of, open, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const belgorod = '#lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z&map=8/50.5956/36.5873';
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** What axe-core calls serious or critical. @param {import('playwright-core').Page} page */
async function serious_faults(page) {
  await page.addScriptTag({ path: axe_source_path });
  const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run());
  return violations.filter((/** @type {any} */ { impact }) => impact === 'serious' || impact === 'critical')
    .map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(' ')}`);
}

for (const [name, path, options] of /** @type {[string, string, import('playwright-core').BrowserContextOptions][]} */ ([
  ['the page', '', {}],
  ['an answer', belgorod, {}],
  ['an answer in the dark', belgorod, { colorScheme: 'dark' }],
  ['an answer in Ukrainian on a telephone', belgorod, { ...phone, locale: 'uk-UA' }],
  ['an answer in Ukrainian in the dark', belgorod, { locale: 'uk-UA', colorScheme: 'dark' }],
  ['the small map', `embed${belgorod}`, {}],
  ['the small map in Ukrainian in the dark', `embed${belgorod}`, { locale: 'uk-UA', colorScheme: 'dark' }],
])) {
  test(`axe finds no serious fault in ${name}`, async () => {
    const { page, context } = await open(browser, service.url + path, { ...options, bypassCSP: true });
    if (path) await verdict_is(page, 'eligible');
    await page.locator('details').evaluateAll((all) => all.forEach((one) => { /** @type {HTMLDetailsElement} */ (one).open = true; }));
    assert.deepEqual(await serious_faults(page), []);
    await context.close();
  });
}

/** With a row of each kind. @param {import('playwright-core').Page} page */
async function score_a_file(page) {
  await page.setInputFiles('#file-chooser', { name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from('lon,lat\n36.6,50.6\n36,x\n190,50\n36,\n') });
  await page.waitForSelector('#file[data-done]');
}

for (const options of /** @type {import('playwright-core').BrowserContextOptions[]} */ ([{}, { locale: 'uk-UA', colorScheme: 'dark' }])) {
  test(`axe finds no serious fault in a scored file ${JSON.stringify(options)}`, async () => {
    const { page, context } = await open(browser, service.url, { ...options, bypassCSP: true });
    await score_a_file(page);
    assert.deepEqual(await serious_faults(page), []);
    await context.close();
  });
}

for (const verdict of ['ineligible', 'indeterminate', 'not_applicable']) {
  const asked = { ineligible: `${belgorod}&activity=long-range`, indeterminate: `${belgorod}&accuracy_m=33000`, not_applicable: '#lon=36.23&lat=49.99' }[verdict];
  test(`axe finds no serious fault in what is ${verdict}, light and dark`, async () => {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const { page, context } = await open(browser, service.url + asked, { colorScheme, bypassCSP: true });
      await verdict_is(page, verdict);
      assert.deepEqual(await serious_faults(page), []);
      await context.close();
    }
  });
}

test('axe finds no serious fault where the page says that the service is gone', async () => {
  const { page, context } = await open(browser, service.url + belgorod, { bypassCSP: true });
  await verdict_is(page, 'eligible');
  await page.route('**/v1/**', (route) => route.abort());
  await page.fill('#accuracy', '5');
  await page.keyboard.press('Enter');
  await page.getByText('The service does not answer').waitFor();
  assert.deepEqual(await serious_faults(page), []);
  await context.close();
});

test('a browser that reads Ukrainian gets it, and the switch changes it', async () => {
  const { page, context, faults } = await open(browser, service.url + belgorod, { locale: 'uk-UA' });
  await verdict_is(page, 'eligible');
  assert.equal(await page.getAttribute('html', 'lang'), 'uk');
  assert.match(await page.textContent('#answer') ?? '', /Дозволено.*Запас.*31,4 км усередині.*Невизначеність.*Кордон/s);
  await page.selectOption('#language', 'en');
  assert.match(await page.textContent('#answer') ?? '', /Eligible.*Margin.*31\.4 km inside/s);
  await page.reload();
  await verdict_is(page, 'eligible');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.deepEqual(faults, []);
  await context.close();
});

test('every text is in both languages', async () => {
  const [{ en }, { uk }] = await Promise.all([import('../../web/words/en.js'), import('../../web/words/uk.js')]);
  const names = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  for (const [key, text] of Object.entries(en)) assert.equal(names(uk[key]), names(text), key);
});

/** @param {unknown} value @returns {string[]} */
const texts_in = (value) => (typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(texts_in) : []);

test('all that the shipped policy says is in Ukrainian, too', async () => {
  const { texts } = await import('../../web/words/sources_uk.js');
  const policy = JSON.parse(readFileSync(new URL('../../config/policies/us-kharkiv-2024.json', import.meta.url), 'utf8'));
  const said = [policy, ...policy.sources, ...policy.parameters, ...policy.activities, ...policy.rules].flatMap(({ title, note, disclaimer, publisher, summary, assumed }) =>
    texts_in([title, note, disclaimer, publisher, summary, assumed]));
  assert.ok(said.length > 15);
  for (const text of said) assert.match(texts[text] ?? '', /[а-яіїєґ]/i, text);
});

test('on a Ukrainian page nothing is left in English', async () => {
  const { page, context } = await open(browser, service.url + belgorod, { locale: 'uk-UA' });
  await verdict_is(page, 'eligible');
  await score_a_file(page);
  await page.fill('#position', '91, 10');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#position[aria-invalid]');
  await page.locator('details').evaluateAll((all) => all.forEach((one) => { /** @type {HTMLDetailsElement} */ (one).open = true; }));
  assert.deepEqual(await page.locator('[lang="en"]').allTextContents(), ['English']);
  const text = (await page.innerText('body')).replace(/“[^”]*”|sha256:\S+|rule \S+/g, '');
  const words = new Set(text.match(/[A-Za-z]{3,}/g));
  for (const own of ['Kordon', 'kordon', 'English', 'MGRS', 'UTM', 'ATACMS', 'CSV', 'NDJSON', 'GeoJSON', 'GPX', 'UTC', 'csv', 'lat', 'lon', 'depth', 'ODbL', 'OpenStreetMap', 'contributors', 'Natural', 'Earth', 'policy', 'kharkiv', 'counter', 'fire', 'air', 'defence', 'unrestricted']) words.delete(own);
  assert.deepEqual([...words], []);
  assert.equal(await page.getAttribute('.maplibregl-ctrl-zoom-in', 'aria-label'), 'Наблизити');
  await page.selectOption('#language', 'en');
  assert.equal(await page.getAttribute('.maplibregl-ctrl-zoom-in', 'aria-label'), 'Zoom in');
  await context.close();
});

test('dark is as the system says, or as chosen', async () => {
  const { page, context } = await open(browser, service.url, { colorScheme: 'dark' });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await paper(), 'rgb(23, 27, 31)');
  await page.click('#dark');
  assert.equal(await paper(), 'rgb(255, 255, 255)');
  await context.close();
});

test('the keyboard reaches everything in turn', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  const reached = new Set();
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.id || document.activeElement?.className));
  }
  for (const one of ['skip', 'pin', 'grip', 'language', 'dark', 'position', 'accuracy', 'copy-sentence', 'timeline', 'time-exact', 'parameter-depth_km', 'file-open']) {
    assert.ok([...reached].some((name) => String(name).split(' ').includes(one)), `${one} is not among ${[...reached].join(', ')}`);
  }
  await context.close();
});

test('an arrow key moves the depth by a step, whichever way', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  await verdict_is(page, 'eligible');
  await page.focus('#parameter-depth_km');
  const depths = [100];
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) {
    await page.keyboard.press(key);
    depths.push(Number(await page.inputValue('.parameter .exact')));
  }
  const turns = depths.slice(1).map((depth, i) => Math.sign(depth - depths[i]));
  assert.deepEqual(turns, [1, 1, 1, -1, -1, -1, -1], `${depths}`);
  await context.close();
});

test('an arrow key widens and narrows the circle, however large it is', async () => {
  const { page, context } = await open(browser, `${service.url}${belgorod.replace('map=8', 'map=14')}&accuracy_m=33000`);
  await verdict_is(page, 'indeterminate');
  await page.focus('.grip');
  const accuracies = [33_000];
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowLeft']) {
    await page.keyboard.press(key);
    accuracies.push(Number(await page.inputValue('#accuracy')));
  }
  assert.deepEqual(accuracies.slice(1).map((accuracy_m, i) => Math.sign(accuracy_m - accuracies[i])), [1, 1, -1, -1, -1], `${accuracies}`);
  await context.close();
});

test('a screen reader is told the verdict once the hand rests', async () => {
  const { page, context } = await open(browser, service.url + belgorod);
  const told = (/** @type {string} */ text) => page.waitForFunction((wanted) => document.querySelector('#spoken[role="status"]')?.textContent === wanted, text);
  await told('Eligible. Inside Russia: 31.4 km from its edge. Margin: 31.4 km inside the zone');
  await page.getByLabel('Long-range strikes (ATACMS)').check();
  await told('Ineligible. Prohibited here. Inside Russia: 31.4 km from its edge. Margin: 31.4 km');
  await context.close();
});

test('on a telephone a tap asks, and nothing runs out at the side', async () => {
  const { page, context } = await open(browser, service.url, phone);
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await verdict_is(page, 'eligible');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('#panel')?.scrollWidth === document.querySelector('#panel')?.clientWidth));
  await context.close();
});

/** A finger from the middle of one element. @param {import('playwright-core').Page} page @param {string} selector @param {number} dx @param {number} dy */
async function swipe(page, selector, dx, dy) {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator(selector).boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {{ x: number, y: number }[]} */ touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x, y }]);
  for (let i = 1; i <= 10; ++i) await touch('touchMove', [{ x: x + (dx * i) / 10, y: y + (dy * i) / 10 }]);
  await touch('touchEnd', []);
}

test('on a telephone a finger drags the marker, and pulls the circle', async () => {
  const { page, context } = await open(browser, service.url + belgorod, phone);
  await verdict_is(page, 'eligible');
  const view = (await link_of(page)).get('map');
  await swipe(page, '.grip', 130, 60);
  await verdict_is(page, 'indeterminate');
  assert.ok(Number((await link_of(page, 'accuracy_m')).get('accuracy_m')) > 30_000);
  await page.fill('#accuracy', '0');
  await page.keyboard.press('Enter');
  await verdict_is(page, 'eligible');
  await swipe(page, '.pin', 0, -150);
  const link = await link_of(page);
  assert.ok(Number(link.get('lat')) > 50.8, `lat ${link.get('lat')}`);
  assert.equal(link.get('map'), view);
  await context.close();
});

test('the attribution stands in both pages', async () => {
  for (const path of ['', 'embed']) {
    const { page, context } = await open(browser, service.url + path, phone);
    assert.ok(await page.getByText('© OpenStreetMap contributors (ODbL-1.0)').isVisible());
    await context.close();
  }
});

test('the small map shows the verdict, and leads to the whole one', async () => {
  const { page, context, faults } = await open(browser, `${service.url}embed${belgorod}`);
  await verdict_is(page, 'eligible');
  assert.match(await page.textContent('#verdict') ?? '', /31\.4 km inside/);
  const whole = await page.getAttribute('#whole', 'href');
  assert.equal(new URLSearchParams(whole?.split('#')[1]).get('lat'), '50.5956');
  assert.equal((await link_of(page)).get('lon'), '36.5873');
  assert.deepEqual(faults, []);
  await context.close();
});
