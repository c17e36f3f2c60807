// The first view: out of sight while it is a draft, whole once it is seen, whatever fails on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { patience_ms, start_browser } from './browser.js';
import { start_service } from './service.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

/** Notes each frame in which the map is seen with fewer pixels than the screen has. */
function watch() {
  const seen = /** @type {any} */ (window);
  seen.drafts = seen.blurred = 0;
  const look = () => {
    const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector('.maplibregl-canvas'));
    const coarse = canvas !== null && canvas.width < Math.floor(canvas.clientWidth * devicePixelRatio);
    seen.drafts += Number(coarse);
    seen.blurred += Number(coarse && getComputedStyle(canvas).visibility === 'visible');
    requestAnimationFrame(look);
  };
  look();
}

/** @param {(page: Page) => Promise<unknown>} prepare @param {number} deviceScaleFactor */
async function first_view(prepare, deviceScaleFactor = 1) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  await page.addInitScript(watch);
  await prepare(page);
  await page.goto(service.url);
  await page.waitForFunction(() => document.documentElement.dataset.ready);
  const sight = await page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('.maplibregl-canvas'));
    const { drafts, blurred } = /** @type {any} */ (window);
    return { drafts, blurred, visible: getComputedStyle(canvas).visibility, width: canvas.width, full: Math.floor(canvas.clientWidth * devicePixelRatio) };
  });
  return { page, context, sight };
}

/** @param {Awaited<ReturnType<typeof first_view>>['sight']} sight */
function is_whole({ drafts, blurred, visible, width, full }) {
  assert.ok(drafts > 0, 'there was no draft');
  assert.equal(blurred, 0);
  assert.equal(visible, 'visible');
  assert.equal(width, full);
}

test('the first view takes less than 1.5 MB', async () => {
  let bytes = 0;
  const { context } = await first_view(async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  });
  assert.ok(bytes > 300_000 && bytes < 1_500_000, `${bytes} bytes`);
  await context.close();
});

for (const scale of [1, 2]) {
  test(`the map is first seen with every pixel of a screen of ${scale}`, async () => {
    const { context, sight } = await first_view(async () => {}, scale);
    is_whole(sight);
    await context.close();
  });
}

for (const path of ['collections/regions', 'collections/borders', 'collections/zones', 'v1/policies', 'web/settings.json', 'web/data/cities.json']) {
  test(`the map is whole though ${path} fails at first`, async () => {
    let failed = 0;
    const { context, sight } = await first_view((page) => page.route((url) => url.pathname.startsWith(`/${path}`), (route) => (failed++ ? route.fallback() : route.abort())));
    assert.ok(failed > 1, 'it was not asked for again');
    is_whole(sight);
    await context.close();
  });
}

test('the map is seen without what the service refuses, and the page says so', async () => {
  const refusal = { status: 500, contentType: 'application/problem+json', body: '{"title":"no zones today"}' };
  const { page, context, sight } = await first_view((page) => page.route('**/collections/zones/**', (route) => route.fulfill(refusal)));
  await page.getByText('no zones today').waitFor();
  const { length: bytes } = await page.locator('.maplibregl-canvas').screenshot();
  assert.ok(bytes > 60_000, `a picture of ${bytes} bytes: where are regions, borders and cities?`);
  is_whole(sight);
  await context.close();
});
