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

test('the pictures of the README are small', () => {
  for (const name of ['desktop', 'dark', 'phone', 'file']) {
    const bytes = readFileSync(fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)));
    assert.ok(bytes.length < 300_000, `${name}: ${bytes.length} bytes`);
  }
});
