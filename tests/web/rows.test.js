// The rows of a file: which columns were taken, the table beside the map, the row under the hand, and what is given back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { link_of, open, patience_ms, start_browser } from './browser.js';
import { start_service } from './service.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

const time = '#at=2024-06-15T00:00:00Z';
/** Belgorod, Kyiv, Moscow, one on the border, and one that is none; in lines 2, 3, 5 (after a note of two lines), 7 (after a blank one) and 8. */
const csv = 'name,lon,lat,note\nBelgorod,36.5873,50.5956,\nKyiv,30.52,50.45,"two\nlines"\nMoscow,37.62,55.75,\n\nBorder,36.43341,50.33077,\nNowhere,36,x,lost\n';

/** @param {Page} page @param {string} name @param {string | Buffer} text */
async function give(page, name, text) {
  await page.setInputFiles('#file-chooser', { name, mimeType: '', buffer: Buffer.from(text) });
}
/** @param {Page} page */
const done = (page) => page.waitForSelector('#file[data-done]', { timeout: patience_ms });

/** The cells of the table that are seen: line, verdict, margin, place, text. @param {Page} page */
const rows_of = (page) => page.locator('#rows tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));

/** @param {string} name @param {string | Buffer} text @param {(page: Page, faults: string[]) => Promise<void>} look @param {import('playwright-core').BrowserContextOptions} [options] */
async function with_file(name, text, look, options = {}) {
  const { page, context, faults } = await open(browser, service.url + time, { acceptDownloads: true, ...options });
  await give(page, name, text);
  await look(page, faults);
  await context.close();
}

test('the code of the table comes with a file, not with the first view; a file that is dropped while the service is away is taken when it is back', async () => {
  const context = await browser.newContext();
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(service.url + time);
  await page.waitForFunction(() => document.documentElement.dataset.ready);
  assert.deepEqual(asked.filter((path) => path.startsWith('/web/files/') && path !== '/web/files/drop.js' && !path.endsWith('.css')), []);
  await context.route(/\/(web\/files|v1)\//, (route) => route.abort());
  await give(page, 'p.csv', csv);
  await page.getByText('The service does not answer').waitFor();
  await context.unroute(/\/(web\/files|v1)\//);
  await done(page);
  assert.ok(asked.includes('/web/files/row_table.js'));
  await context.close();
});

test('the table has each row with its line, its verdict and its own text, sorted and filtered', async () => {
  await with_file('p.csv', csv, async (page, faults) => {
    await done(page);
    await page.waitForFunction(() => [...document.querySelectorAll('#rows .row-text')].every((cell) => cell.textContent));
    const rows = await rows_of(page);
    assert.deepEqual(rows.map(([line, verdict]) => [line, verdict]), [['2', 'Eligible'], ['3', 'Not applicable'], ['5', 'Ineligible'], ['7', 'Cannot tell'], ['8', 'In error']]);
    assert.match(rows[1][4], /^Kyiv,30\.52,50\.45,"two\s+lines"$/);
    assert.match(rows[4][4], /means nothing in a position.*Nowhere,36,x,lost/);
    await page.locator('#rows').getByRole('button', { name: 'Margin' }).click();
    const margins = (await rows_of(page)).map(([, , margin]) => margin);
    assert.match(margins.join('; '), /^−400\.6 km; −202\.2 km; 0 m; 31\.4 km; $/);
    assert.equal(await page.locator('#rows th[aria-sort="ascending"]').textContent(), 'Margin ↑');
    await page.locator('#rows').getByRole('button', { name: 'Margin' }).click();
    assert.match((await rows_of(page))[0][2], /^31\.4 km$/);
    await page.selectOption('#rows-filter', { label: 'In error' });
    assert.deepEqual((await rows_of(page)).map(([line]) => line), ['8']);
    assert.match(await page.textContent('#rows-range') ?? '', /1–1 of 1/);
    assert.deepEqual(faults, []);
  });
});

test('a file of one place, and one from the poles, are seen from a height that shows where it is', async () => {
  for (const [rows, least, most] of /** @type {[string, number, number][]} */ ([['36.5873,50.5956', 8, 12], ['0,-90\n0,90', 0, 4]])) {
    await with_file('p.csv', `lon,lat\n${rows}\n`, async (page) => {
      await done(page);
      const zoom = Number((await link_of(page, 'map')).get('map')?.split('/')[0]);
      assert.ok(zoom >= least && zoom <= most, `${zoom}`);
    });
  }
});

test('many rows are shown a page at a time', async () => {
  await with_file('p.csv', ['lon,lat', ...Array.from({ length: 120 }, (_, i) => `36.${100 + i},50.6`)].join('\n'), async (page) => {
    await done(page);
    assert.equal(await page.textContent('#rows-range'), '1–50 of 120');
    await page.click('#rows-after');
    await page.click('#rows-after');
    assert.equal(await page.textContent('#rows-range'), '101–120 of 120');
    assert.equal((await rows_of(page))[0][0], '102');
    assert.ok(await page.isDisabled('#rows-after'));
  });
});

test('from an error to its line in the file', async () => {
  await with_file('p.csv', csv, async (page) => {
    await done(page);
    await page.click('#rows-close');
    await page.locator('.errors').getByRole('button', { name: '8' }).click();
    const row = page.locator('#rows tr[aria-current]');
    await row.filter({ hasText: 'Nowhere,36,x,lost' }).waitFor();
  });
});

test('an unclosed quote is named with the line that it stands in', async () => {
  await with_file('p.csv', 'lon,lat,note\n36,50,\n36,50,"open\n36,50,\n36,50,\n', async (page) => {
    await done(page);
    assert.match(await page.textContent('.errors') ?? '', /3row.*quote/);
  });
});

test('the row under the hand is shown, and a click asks of its very place and marks it in the table', async () => {
  await with_file('p.csv', 'name,lon,lat\nBelgorod,36.5873,50.5956\nBeside,36.9,50.7\nFar,30,45\n', async (page) => {
    await done(page);
    await page.waitForFunction(() => !(/** @type {HTMLElement} */ (document.querySelector('#rows')).hidden));
    await page.locator('#rows').getByRole('button', { name: '2', exact: true }).click();
    const link = () => new URLSearchParams(new URL(page.url()).hash.slice(1));
    await page.waitForFunction(() => location.hash.includes('lon=36.5873'));
    const box = await page.locator('#map').boundingBox();
    assert.ok(box);
    // The place is in the middle now; the other one lies right of it and above.
    const zoom = Number(link().get('map')?.split('/')[0]);
    const x = box.x + box.width / 2 + ((36.9 - 36.5873) / 360) * 512 * 2 ** zoom;
    const y_of = (/** @type {number} */ lat) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 512 * 2 ** zoom;
    const y = box.y + box.height / 2 + y_of(50.7) - y_of(50.5956);
    await page.mouse.move(x + 30, y + 30);
    await page.mouse.move(x + 2, y + 2);
    await page.locator('#row-card').filter({ hasText: 'Beside' }).filter({ hasText: 'Eligible' }).filter({ hasText: 'Line 3' }).waitFor();
    await page.mouse.click(x + 2, y + 2);
    await page.locator('#rows tr[aria-current]').filter({ hasText: 'Beside' }).waitFor();
    await page.waitForFunction(() => location.hash.includes('lon=36.9&lat=50.7&'));
  });
});

test('which columns were taken is shown, and can be chosen', async () => {
  await with_file('p.csv', 'name;Long;Lat;from_x;from_y\nBelgorod;36.5873;50.5956;30.52;50.45\n', async (page) => {
    await done(page);
    assert.equal(await page.textContent('#file-columns summary'), 'Columns: longitude: Long, latitude: Lat');
    assert.equal(await page.textContent('[data-count="eligible"]'), '1');
    await page.click('#file-columns summary');
    await page.selectOption('#column-lon', 'from_x');
    await done(page);
    await page.selectOption('#column-lat', 'from_y');
    await page.waitForFunction(() => document.querySelector('[data-count="not_applicable"]')?.textContent === '1');
    assert.equal(await page.textContent('#file-columns summary'), 'Columns: longitude: from_x, latitude: from_y');
  });
});

test('coordinates of another reference system are read where it is stated, and drawn where they are', async () => {
  // 36.5873 E, 50.5956 N in SK-42, zone 7.
  await with_file('p.csv', 'name,x,y\nBelgorod,7329289.81,5609979\n', async (page) => {
    await page.waitForSelector('[data-done]');
    await page.click('#file-columns summary');
    await page.fill('#column-crs', 'EPSG:28407');
    await page.press('#column-crs', 'Enter');
    await page.waitForFunction(() => document.querySelector('[data-count="eligible"]')?.textContent === '1');
    await page.locator('#rows').getByRole('button', { name: '2', exact: true }).click();
    await page.waitForFunction(() => /lon=36\.58[67]\d*&lat=50\.59[56]\d*&/.test(location.hash));
  });
});

test('where no columns are found they are asked for', async () => {
  await with_file('p.csv', 'назва,де,коли\nБєлгород,"50.5956, 36.5873",15.06.2024 03:00\n', async (page) => {
    await page.getByText('The service refused the file').waitFor();
    await page.selectOption('#column-position', 'де');
    await done(page);
    assert.equal(await page.textContent('[data-count="eligible"]'), '1');
    await page.fill('#column-at_format', '%d.%m.%Y %H:%M');
    await page.fill('#column-at_zone', 'Europe/Kyiv');
    await page.selectOption('#column-at', 'коли');
    await page.waitForFunction(() => document.querySelector('#file-columns summary')?.textContent?.includes('time: коли'));
    await done(page);
    assert.equal(await page.textContent('[data-count="eligible"]'), '1');
    assert.equal(await page.textContent('#file-columns summary'), 'Columns: position as text: де, time: коли');
  });
});

test('a column that looks meant and is not used is named', async () => {
  await with_file('p.csv', 'lon,lat,hdop\n36.5873,50.5956,2\n', async (page) => {
    await done(page);
    await page.click('#file-columns summary');
    await page.locator('#file-columns .warnings').filter({ hasText: /hdop.*looks like an accuracy and is not used/ }).waitFor();
  });
});

for (const [what, rows] of Object.entries({ 'where they could be meant so': '50.5956,36.5873\n50.7,36.9\n50.4,36.2\n', 'where they could not': '60,131\n61,140\n' })) {
  test(`axes that are exchanged are said, ${what}, and exchanged back`, async () => {
    await with_file('p.csv', `lon,lat\n${rows}`, async (page) => {
      await done(page);
      await page.getByText('Longitude and latitude look exchanged').waitFor();
      await page.click('#file-exchange');
      await page.waitForFunction(() => document.querySelector('#file-columns summary')?.textContent === 'Columns: longitude: lat, latitude: lon');
      await done(page);
      assert.equal(await page.textContent('[data-count="error"]'), '0');
      assert.ok(await page.getByText('Longitude and latitude look exchanged').isHidden());
    });
  });
}

test('scored rows are given back as CSV and GeoJSON, too', async () => {
  const saved = async (/** @type {Page} */ page, /** @type {string} */ button) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };
  await with_file('p.csv', csv, async (page) => {
    await done(page);
    const { name, text } = await saved(page, '#file-save_geojson');
    assert.equal(name, 'p-scored.geojson');
    const { features } = JSON.parse(text);
    assert.deepEqual(features.map((/** @type {any} */ { properties }) => properties.verdict), ['eligible', 'not_applicable', 'ineligible', 'indeterminate', undefined]);
    assert.ok(await page.locator('#file-save_csv').isHidden());
  });
  await with_file('p.ndjson', '{"id":1,"lon":36.5873,"lat":50.5956}\n{"id":2,"lon":36,"lat":49}\n', async (page) => {
    await done(page);
    const { name, text } = await saved(page, '#file-save_csv');
    assert.equal(name, 'p-scored.csv');
    assert.match(text, /^id,.*verdict.*\n1,.*eligible.*\n2,.*not_applicable/);
  });
});

test('a file that is compressed is read, and one of another kind says what it is', async () => {
  await with_file('p.csv.gz', gzipSync(csv), async (page) => {
    await done(page);
    assert.equal(await page.textContent('[data-count="eligible"]'), '1');
    await give(page, 'p.kml', '<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"></kml>');
    await page.getByText('p.kml is KML, which the map does not read').waitFor();
    await give(page, 'p.xlsx', 'PK\x03\x04');
    await page.getByText('p.xlsx is XLSX/ODS').waitFor();
    await give(page, 'p.csv', csv);
    await done(page);
  });
});
