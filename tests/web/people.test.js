// For everyone: languages, screen readers, keyboards, telephones, light and dark.
import assert from 'node:assert/strict';
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
  ['the small map', `embed${belgorod}`, {}],
])) {
  test(`axe finds no serious fault in ${name}`, async () => {
    const { page, context } = await open(browser, service.url + path, { ...options, bypassCSP: true });
    if (path) await verdict_is(page, 'eligible');
    await page.locator('details').evaluateAll((all) => all.forEach((one) => { /** @type {HTMLDetailsElement} */ (one).open = true; }));
    assert.deepEqual(await serious_faults(page), []);
    await context.close();
  });
}

test('axe finds no serious fault in a scored file', async () => {
  const { page, context } = await open(browser, service.url, { bypassCSP: true });
  await page.setInputFiles('#file-chooser', { name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from('lon,lat\n36.6,50.6\n36,x\n') });
  await page.waitForSelector('#file[data-done]');
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
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.id || document.activeElement?.className));
  }
  for (const one of ['skip', 'pin', 'grip', 'language', 'dark', 'position', 'accuracy', 'copy-sentence', 'timeline', 'time-exact', 'parameter-depth_km', 'file-open']) {
    assert.ok([...reached].some((name) => String(name).split(' ').includes(one)), `${one} is not among ${[...reached].join(', ')}`);
  }
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
