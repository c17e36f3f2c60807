// Lines and areas that are drawn on the map: by keys, by clicks, given up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';
import { total_of, with_file } from './shapes.js';

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });
const ground = () => ({ browser, url: service.url });

test('a line is drawn by keys alone, and answered', async () => {
  await with_file(ground(), null, async (page, faults) => {
    await page.locator('#draw-line').focus();
    await page.keyboard.press('Enter');
    await page.locator('#draw-card').filter({ hasText: 'Corners: 0.' }).waitFor();
    assert.ok(await page.locator('#draw-finish').isDisabled());
    for (const corner of [1, 2, 3]) {
      const card = page.locator('#draw-card').filter({ hasText: `Corners: ${corner}.` });
      // The map moves smoothly, and a corner on the one before is none.
      for (let tries = 0; tries < 60 && !(await card.isVisible()); ++tries) {
        if (tries > 0) await page.waitForTimeout(500);
        await page.keyboard.press('Space');
      }
      await card.waitFor();
      if (corner < 3) await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Backspace');
    await page.locator('#draw-card').filter({ hasText: 'Corners: 2.' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#tracks[data-scored]');
    assert.match(await page.textContent('#tracks-state') ?? '', /lines: 1; positions: 2/);
    assert.ok(await page.locator('#track-intervals tbody tr').count() >= 1);
    assert.deepEqual(faults, []);
  });
});

test('an area is drawn by clicks beside it; Escape gives up; what is drawn asks for no place', async () => {
  await with_file(ground(), null, async (page) => {
    const box = await page.locator('#map').boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.click('#draw-area');
    for (const [right, down] of [[-120, -90], [110, -80], [90, 120]]) await page.mouse.click(x + right, y + down);
    await page.click('#draw-finish');
    await page.waitForSelector('#tracks[data-scored]');
    assert.match(await page.textContent('#tracks-state') ?? '', /areas: 1; positions: 4/);
    const shares = await Promise.all(['eligible', 'ineligible', 'indeterminate', 'not_applicable'].map(async (verdict) => parseFloat((await total_of(page, verdict))[0])));
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 100) < 0.3 && shares[0] > 20 && shares[3] > 10, `${shares}`);
    await page.click('#draw-line');
    await page.mouse.click(x - 60, y - 60);
    await page.keyboard.press('Escape');
    await page.locator('#draw-card').waitFor({ state: 'hidden' });
    assert.ok(!new URL(page.url()).hash.includes('lon='));
    await page.click('#draw-line');
    await page.mouse.click(x - 60, y - 60);
    await page.mouse.dblclick(x + 90, y - 30);
    await page.locator('#tracks-state').filter({ hasText: 'lines: 1, areas: 1' }).waitFor();
    await page.mouse.click(x + 200, y + 150);
    await verdict_is(page, 'not_applicable');
  });
});
