// The example that other front-ends start from, as docs/embed.md has it, beside the real service.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { start_browser } from './browser.js';
import { start_service } from './service.js';

const documented = 'http://127.0.0.1:8080';
const documentation = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');
const example = readFileSync(new URL('../../docs/examples/embed.html', import.meta.url), 'utf8');

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
const example_page = (/** @type {unknown} */ _request, /** @type {import('node:http').ServerResponse} */ response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end(example.replaceAll(documented, service.url.replace(/\/$/, '')));
};
const outside = createServer(example_page);
/** Whose origin nothing names. */
const stranger = createServer(example_page);
/** Two origins of the one page, both of which may frame the map: the first may read the API, too. */
let let_in = '';
let not_let_in = '';

before(async () => {
  for (const server of [outside, stranger]) await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (outside.address());
  [let_in, not_let_in] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  [service, browser] = await Promise.all([start_service({ server: { cors: { origins: [let_in] } }, web: { embed: { origins: [let_in, not_let_in] } } }), start_browser()]);
});
after(async () => {
  await browser.close();
  await service.end();
  outside.close();
  stranger.close();
});

/** @param {import('playwright-core').Page} page @param {string} output @param {RegExp} text */
const says = (page, output, text) => page.locator(output).filter({ hasText: text }).waitFor();

test('the example shows the frame, hears it, and asks the API', async () => {
  const page = await browser.newPage();
  await page.goto(let_in);
  await page.frameLocator('iframe').locator('.verdict[data-verdict="eligible"]').waitFor();
  await page.frameLocator('iframe').locator('.maplibregl-canvas').waitFor();
  for (const output of ['#frame-says', '#api-says']) await says(page, output, /^eligible, margin 314\d\d m$/);
  await page.getByRole('button', { name: 'Kharkiv' }).click();
  await page.frameLocator('iframe').locator('.verdict[data-verdict="not_applicable"]').waitFor();
  for (const output of ['#frame-says', '#api-says']) await says(page, output, /^not_applicable/);
  await page.close();
});

test('an address is heard although the page writes its own before the event comes', async () => {
  const page = await browser.newPage();
  await page.goto(`${service.url}embed#lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z`);
  await page.locator('.verdict[data-verdict="eligible"]').waitFor();
  await page.evaluate(() => {
    const own = location.hash;
    location.hash = '#lon=36.2304&lat=49.9935&at=2024-06-15T00:00:00Z';
    history.replaceState(null, '', own);
  });
  await page.locator('.verdict[data-verdict="not_applicable"]').waitFor();
  await page.close();
});

test('a page of an origin that is not named has the frame alone', async () => {
  const page = await browser.newPage();
  await page.goto(not_let_in);
  await says(page, '#frame-says', /^eligible/);
  await says(page, '#api-says', /is http:\/\/localhost:\d+ among server\.cors\.origins/);
  await page.close();
});

test('a page of an origin that is not named is not shown the frame and hears nothing of it', async () => {
  const page = await browser.newPage();
  const { port } = /** @type {import('node:net').AddressInfo} */ (stranger.address());
  const refused = page.waitForEvent('console', (said) => /frame-ancestors/.test(said.text()));
  await page.goto(`http://127.0.0.1:${port}`);
  assert.match((await refused).text(), /Refused to frame|violates/);
  await says(page, '#api-says', /server\.cors\.origins/);
  assert.equal(await page.locator('#frame-says').textContent(), '');
  await page.close();
});

test('the lines of docs/embed.md do what it says, and the zones that it names are GeoJSON', async () => {
  const [frame, script] = ['html', 'js'].map((kind) => documentation.match(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 's'))?.[1].replaceAll(documented, service.url.replace(/\/$/, '')));
  assert.ok(frame && script);
  const page = await browser.newPage();
  await page.goto(let_in);
  await page.setContent(frame);
  await page.frameLocator('iframe').locator('.verdict[data-verdict="eligible"]').waitFor();
  const said = page.waitForEvent('console');
  await page.evaluate(`(async () => { ${script} })()`);
  assert.match((await said).text(), /^eligible 314\d\d\.\d+ /);
  const [{ type, features }, { metadata }] = await Promise.all(['collections', 'v1'].map(async (way) => {
    const path = documentation.match(new RegExp(`\`/(${way}/[^\`]+)\``))?.[1];
    return (await fetch(service.url + path)).json();
  }));
  assert.equal(type, 'FeatureCollection');
  assert.match(features[0].geometry.type, /Polygon$/);
  assert.ok(metadata.layers.every((/** @type {any} */ layer) => layer.attribution));
  await page.close();
});
