// A policy of other people: a zone along a coast, in nautical miles, of regions that the map has no words for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

const folder = fileURLToPath(new URL('../../docs/examples/sea/', import.meta.url));
const { layers } = JSON.parse(readFileSync(`${folder}kordon.json`, 'utf8'));
layers[0].file = `${folder}${layers[0].file}`;

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service({ layers, borders: { note: 'as the layer states it' }, policies: [`${folder}territorial-sea.json`] }), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

// Nautical miles have 1,852 m. By GeographicLib the place is 11,188 m from the coast.
for (const [locale, decided, why] of [
  ['en-GB', 'Within 12 nmi of the coast of DOM: 11.2 km away', 'Within 22.2 km of the coast of DOM'],
  ['uk-UA', 'Не далі ніж за 12 мор. миль від узбережжя DOM: 11,2 км', 'узбережжя DOM'],
]) {
  test(`a coast is named, and miles are miles: ${locale}`, async () => {
    const { page, context, faults } = await open(browser, `${service.url}#lon=-69.9&lat=18.35&at=2024-06-01T00:00:00Z`, { locale });
    await verdict_is(page, 'eligible');
    assert.ok((await page.textContent('#verdict'))?.includes(decided), await page.textContent('#verdict') ?? '');
    const reasons = await page.textContent('#reasons') ?? '';
    assert.ok(reasons.includes(why) && !reasons.includes('NaN'), reasons);
    assert.deepEqual(faults, []);
    await context.close();
  });
}
