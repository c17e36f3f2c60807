// Names, texts and fragments that are markup, in a real browser that is told to ignore the Content-Security-Policy: the page itself
// takes none of them for HTML.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open, start_browser } from './browser.js';
import { start_service } from './service.js';

const attack = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>"\'><svg onload=window.owned=1>';
const folder = mkdtempSync(join(tmpdir(), 'kordon-hostile-'));
/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;

/** The shipped policy with the attack wherever a person reads text. */
function hostile_policy() {
  const root = new URL('../../config/policies/us-kharkiv-2024.json', import.meta.url);
  const policy = JSON.parse(readFileSync(root, 'utf8'));
  policy.title += attack;
  policy.disclaimer += attack;
  for (const activity of policy.activities) activity.title += attack;
  for (const source of policy.sources) source.title += attack;
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  return file;
}

before(async () => {
  [service, browser] = await Promise.all([start_service({ policies: [hostile_policy()] }), start_browser()]);
});
after(async () => {
  await browser.close();
  await service.end();
  rmSync(folder, { recursive: true });
});

/** @param {string} path */
async function is_untouched(path) {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(service.url + path);
  await page.waitForTimeout(1500);
  assert.equal(await page.evaluate('window.owned'), undefined, path);
  assert.equal(await page.locator('img[src="x"], svg[onload]').count(), 0, path);
  await context.close();
}

const at = 'lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z';
const written = encodeURIComponent(attack);
for (const path of [`#${at}`, `embed#${at}`, `#${at}&activity=${written}`, `#${at}&policy=${written}`, `#position=${written}`, `#lang=${written}`,
  `embed#${at}&activity=${written}`, `#${written}`, `docs#${written}`, 'problems/not_found', `problems/${written}`, 'v1/policies']) {
  test(`nothing of ${decodeURIComponent(path).slice(0, 60)} becomes markup`, () => is_untouched(path));
}

test('a link may name what every object of the language has', async () => {
  for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf']) {
    const { context, page, faults } = await open(browser, `${service.url}#${at}&${name}=1`);
    assert.match(await page.textContent('#notice') ?? '', new RegExp(name));
    assert.deepEqual(faults, []);
    await context.close();
  }
});
