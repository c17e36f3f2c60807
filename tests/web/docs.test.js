// /docs: its examples are filled in, and its code for curl, JavaScript and Python does what it says.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { axe_source_path, patience_ms, start_browser } from './browser.js';
import { start_service } from './service.js';

const run = promisify(execFile);

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

/** @type {Record<string, (code: string) => Promise<{ stdout: string }>>} */
const interpreters = {
  curl: (code) => run('sh', ['-c', `${code.replace(/^curl /, 'curl --fail-with-body --silent ')}`]),
  JavaScript: (code) => run(process.execPath, ['--input-type=module', '--eval', code]),
  Python: (code) => run('python3', ['-c', code]),
};

/** @param {(operation: (id: string) => import('playwright-core').Locator, page: import('playwright-core').Page) => Promise<void>} look @param {import('playwright-core').BrowserContextOptions} [options] */
async function with_docs(look, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  await page.goto(`${service.url}docs`);
  await look((id) => page.locator(`details#${id}`), page);
  await context.close();
}

for (const [language, interpret] of Object.entries(interpreters)) {
  test(`the code for ${language} runs as it stands and answers the question that is filled in`, async () => {
    await with_docs(async (operation) => {
      for (const [id, answer] of /** @type {[string, RegExp][]} */ ([['evaluate', /"verdict":"eligible"/], ['getZones', /"FeatureCollection"/], ['evaluateBatch', /"verdict":"eligible"/]])) {
        const one = operation(id);
        await one.locator('summary').click();
        await one.getByRole('tab', { name: language }).click();
        const code = await one.locator('.code code').textContent() ?? '';
        const { stdout } = await interpret(code).catch((fault) => assert.fail(`${code}\n${fault}`));
        assert.match(stdout, answer);
      }
    });
  });

  test(`the code for ${language} follows what is typed, quotes and letters of any kind included`, async () => {
    await with_docs(async (operation) => {
      const one = operation('evaluateBatch');
      await one.locator('summary').click();
      await one.getByRole('tab', { name: language }).click();
      await one.getByLabel('Content-Type').selectOption('text/csv');
      await one.getByLabel('Body').fill('lon,lat,назва\n36.5873,50.5956,"it\'s ""quoted"" \\n $HOME"\n');
      const { stdout } = await interpret(await one.locator('.code code').textContent() ?? '');
      assert.match(stdout, /^lon,lat,назва,verdict,/);
      assert.ok(stdout.includes('36.5873,50.5956,"it\'s ""quoted"" \\n $HOME",eligible,'), stdout);
    });
  });
}

test('what is filled in is answered at a click, for each kind of body', async () => {
  await with_docs(async (operation) => {
    const one = operation('evaluateBatch');
    await one.locator('summary').click();
    for (const type of await one.getByLabel('Content-Type').locator('option').allTextContents()) {
      await one.getByLabel('Content-Type').selectOption(type);
      const shown = one.locator('pre').last();
      await one.getByRole('button', { name: 'Try it' }).click();
      await shown.filter({ hasText: /200 OK/ }).filter({ hasText: 'eligible' }).waitFor();
    }
  });
});

test('axe finds no serious fault in it', async () => {
  await with_docs(async (operation, page) => {
    await operation('evaluate').locator('summary').click();
    await page.addScriptTag({ path: axe_source_path });
    const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run());
    assert.deepEqual(violations.filter((/** @type {any} */ { impact }) => impact === 'serious' || impact === 'critical').map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.slice(0, 3).map((/** @type {any} */ { html }) => html)}`), []);
  }, { bypassCSP: true });
});
