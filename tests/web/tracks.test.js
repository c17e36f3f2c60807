// Lines and areas on the map: dropped or drawn, they say what the service says of them at another door.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe_source_path, count_pixels, link_of, pixel_of, start_browser } from './browser.js';
import { start_service } from './service.js';
import { asked, drop, feature, gpx, metres_text, places, square, times, total_of, with_file } from './shapes.js';

/** @typedef {import('playwright-core').BrowserContextOptions} Options */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });
const ground = () => ({ browser, url: service.url });

test('a dropped GPX track has the totals, intervals and crossings that the service says of it at another door', async () => {
  const [line] = await asked(ground(), [feature('LineString', places, { coordTimes: times })]);
  assert.ok(line.intervals.length >= 8 && line.crossings.length === line.intervals.length - 1, JSON.stringify(line.intervals.length));
  await with_file(ground(), gpx, async (page, faults) => {
    for (const verdict of ['eligible', 'ineligible', 'indeterminate', 'not_applicable']) {
      const { length_m, dwell_s } = line.totals[0][verdict];
      const [length, dwell] = await total_of(page, verdict);
      assert.equal(length, `${metres_text(length_m)}${((100 * length_m) / line.length_m).toFixed(1)} %`);
      const [hours, minutes] = [Math.floor(Math.round(dwell_s) / 3600), Math.floor((Math.round(dwell_s) % 3600) / 60)];
      if (hours > 0) assert.ok(dwell.startsWith(`${hours} h`) && (minutes === 0 || dwell.endsWith(`${minutes} min`)), `${dwell}: ${dwell_s}`);
    }
    assert.deepEqual(await page.locator('#track-intervals tbody tr').evaluateAll((rows) => rows.map((row) => /** @type {HTMLElement} */ (row).dataset.verdict)), line.intervals.map((/** @type {any} */ { verdict }) => verdict));
    assert.equal(await page.locator('#track-crossings tbody tr').count(), line.crossings.length);
    assert.match(await page.textContent('#tracks-state') ?? '', /lines: 1, places: 1; positions: 6/);
    assert.match(await page.textContent('.track-list') ?? '', /Ride & back.*Belgorod/);
    assert.deepEqual(faults, []);
  });
});

test('an interval and a crossing say why: clause, margin, times with the interval that they certainly lie in, length', async () => {
  const [line] = await asked(ground(), [feature('LineString', places, { coordTimes: times })]);
  await with_file(ground(), gpx, async (page) => {
    const index = line.intervals.findIndex((/** @type {any} */ { verdict }) => verdict === 'eligible');
    await page.locator(`[data-interval="${index}"] button`).click();
    const card = page.locator('#track-card');
    await card.filter({ hasText: 'Eligible' }).waitFor();
    const said = await card.textContent() ?? '';
    const { length_m, least_margin, from_time, because } = line.intervals[index];
    assert.ok(said.includes(`Inside Russia: ${metres_text(because.value_m)} from its edge`) && said.includes(metres_text(length_m)) && said.includes(`+${metres_text(least_margin.margin_m)}`), said);
    assert.ok(said.includes(`${from_time.slice(11, 19)} UTC`) && said.includes('certainly in 15 Jun 2024, 00:00:00 – 01:00:00 UTC'), said);
    assert.equal(await page.getAttribute(`[data-interval="${index}"]`, 'aria-current'), 'true');
    await page.locator('[data-crossing="0"] button').click();
    await card.filter({ hasText: 'Not applicable → Cannot tell' }).waitFor();
    assert.match(await card.textContent() ?? '', /Inside Russia: 280 m from its edge.*37\.0 km along the line.*00:30:35 UTC.*certainly in 15 Jun 2024, 00:00:00 – 01:00:00 UTC/);
  });
});

test('intervals have the colour of their verdict on the map, and answer to a hand there', async () => {
  const [line] = await asked(ground(), [feature('LineString', places, { coordTimes: times })]);
  const crossing = line.crossings[1];
  await with_file(ground(), [feature('LineString', places, { coordTimes: times })], async (page) => {
    await page.waitForSelector('#tracks[data-drawn]');
    await link_of(page, 'map');
    const near = async (/** @type {[number, number]} */ at, /** @type {(red: number, green: number, blue: number) => boolean} */ so) => {
      const { x, y } = await pixel_of(page, ...at);
      return count_pixels(page, { x: x - 12, y: y - 12, width: 24, height: 24 }, so);
    };
    const is_blue = (/** @type {number} */ red, /** @type {number} */ green, /** @type {number} */ blue) => red < 30 && Math.abs(green - 114) < 25 && Math.abs(blue - 178) < 25;
    const is_grey = (/** @type {number} */ red, /** @type {number} */ green, /** @type {number} */ blue) => Math.abs(red - 125) < 12 && Math.abs(green - 133) < 12 && Math.abs(blue - 140) < 12;
    const [inside, outside] = /** @type {[number, number][]} */ ([[36.55, 50.525], [36.3, 50.15]]);
    assert.ok(await near(inside, is_blue) > 25, `${await near(inside, is_blue)}`);
    assert.ok(await near(outside, is_grey) > 8 && await near(outside, is_blue) === 0, `${await near(outside, is_grey)}`);
    const at = await pixel_of(page, ...inside);
    await page.mouse.move(at.x - 3, at.y);
    await page.mouse.move(at.x, at.y);
    await page.locator('#track-hint').filter({ hasText: 'Eligible' }).waitFor();
    const cross = await pixel_of(page, crossing.lon, crossing.lat);
    await page.mouse.click(cross.x, cross.y);
    await page.locator('#track-card').filter({ hasText: 'Cannot tell' }).filter({ hasText: 'along the line' }).waitFor();
    assert.ok(!new URL(page.url()).hash.includes('lon='), 'the place under the crossing is not asked for');
  });
});

test('a gap is said, and nothing is said of what lies in it', async () => {
  await with_file(ground(), [feature('LineString', places, { coordTimes: times, max_gap_s: 7200 })], async (page) => {
    assert.match(await page.textContent('#track-notices .gap') ?? '', /Gap at .*longer than max_gap_s: nothing is said of the 10 h from 15 Jun 2024, 03:00:00 UTC to 15 Jun 2024, 13:00:00 UTC/);
    await page.focus('#track-time');
    await page.keyboard.press('End');
    await page.locator('#track-moment').filter({ hasText: '13:00:00 UTC: Not applicable' }).waitFor();
    for (let i = 0; i < 4; ++i) await page.keyboard.press('PageDown');
    await page.locator('#track-moment').filter({ hasText: /: a gap between positions; nothing is said of it/ }).waitFor();
    assert.equal(await page.locator('.track-marker').count(), 0);
  });
});

test('the slider runs along the track by keys: verdict, margin and time are those that the service says of that place', async () => {
  await with_file(ground(), [feature('LineString', places, { coordTimes: times })], async (page) => {
    await page.focus('#track-time');
    await page.keyboard.press('Home');
    for (let i = 0; i < 35; ++i) await page.keyboard.press('ArrowRight');
    // 35 of 500 steps of 13 hours: 54 min 36 s, 0.91 of the first hop.
    const part = (35 / 500) * 13;
    const query = new URLSearchParams({ lon: String(36.2 + part * 0.4), lat: String(50 + part * 0.6), at: '2024-06-15T00:54:36Z', activity: 'counter-fire' });
    const { verdicts: [verdict] } = await (await fetch(`${service.url}v1/evaluate?${query}`)).json();
    await page.waitForSelector('#track-moment[data-known="true"]');
    const words = `15 Jun 2024, 00:54:36 UTC: Eligible. Margin: ${metres_text(verdict.margin_m)} inside the zone.`;
    assert.equal((await page.textContent('#track-moment'))?.replace('at least ', ''), words);
    assert.equal((await page.getAttribute('#track-time', 'aria-valuetext'))?.replace('at least ', ''), words);
    assert.equal(await page.getAttribute('.track-marker', 'data-verdict'), 'eligible');
    await page.click('#track-play');
    await page.waitForFunction((before) => document.querySelector('#track-moment')?.textContent?.slice(0, 22) !== before, words.slice(0, 22));
    await page.click('#track-play');
  });
});

test('an area has the shares and margins that the service says, and those that geometry says', async () => {
  const features = [feature('Polygon', [square], { name: 'Square' }), feature('Point', [36.6, 50.9], { disc_radius_m: 5000, name: 'Disc' })];
  const [area] = await asked(ground(), features);
  await with_file(ground(), features, async (page, faults) => {
    for (const verdict of ['eligible', 'indeterminate', 'not_applicable']) {
      const { share, area_m2 } = area.shares[verdict];
      assert.deepEqual(await total_of(page, verdict), [`${(100 * share).toFixed(1)} %`, `${Math.round(area_m2).toLocaleString('en-GB')} m²`]);
    }
    assert.deepEqual(await total_of(page, 'ineligible'), ['0 %', '0 m²']);
    const { margin_m } = area.verdicts[0].greatest_margin;
    assert.match(await page.textContent('.margins') ?? '', new RegExp(`Greatest margin: \\+${metres_text(margin_m)}`));
    await page.click('[data-margin="least"]');
    await page.locator('#track-card').filter({ hasText: 'Least margin −' }).waitFor();
    await page.getByRole('button', { name: 'Disc' }).click();
    const [share, square_metres] = await total_of(page, 'eligible');
    assert.equal(share, '100 %');
    assert.ok(Math.abs(Number(square_metres.replace(/\D/g, '')) / (Math.PI * 5000 ** 2) - 1) < 1e-6, square_metres);
    assert.deepEqual(faults, []);
  });
});

test('what is wrong is said with its row and its place in it, and the others are answered', async () => {
  const features = [
    feature('LineString', places, { coordTimes: times }), feature('LineString', places.slice(0, 1), { name: 'short' }), feature('LineString', places, { coordTimes: [...times.slice(0, 2), times[0], ...times.slice(3)], name: 'back' }),
    feature('Polygon', [[[36, 50], [37, 51], [37, 50], [36, 51], [36, 50]]], { name: 'bow' }),
  ];
  await with_file(ground(), features, async (page, faults) => {
    const rows = await page.locator('#track-errors tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.deepEqual(rows, [
      ['2short', 'position 1', 'a line has at least two positions'],
      ['3back', 'position 3', 'its time lies before that of the position before it; put them in order'],
      ['4bow', 'geometry.coordinates', 'not a valid polygon: Self-intersection[36.5 50.5]; mend it, for there is more than one way to read it'],
    ]);
    assert.match(await page.textContent('#tracks-state') ?? '', /lines: 1, in error: 3/);
    assert.ok(await page.locator('#track-intervals tbody tr').count() > 5);
    assert.deepEqual(faults, []);
  });
});

for (const [name, text, said] of /** @type {[string, string, RegExp][]} */ ([
  ['cut.gpx', gpx.slice(0, 400), /not whole XML: line \d+, at /],
  ['empty.gpx', '<gpx></gpx>', /no line, area or place/],
  ['cut.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":[[36,50],', /not whole JSON/],
])) {
  test(`${name} is refused in words`, async () => {
    await with_file(ground(), null, async (page, faults) => {
      await page.setInputFiles('#file-chooser', { name, mimeType: '', buffer: Buffer.from(text) });
      await page.locator('#tracks-state').filter({ hasText: said }).waitFor();
      await page.click('#tracks-close');
      await page.locator('#tracks').waitFor({ state: 'hidden' });
      assert.deepEqual(faults, []);
    });
  });
}

test('another activity and another depth are asked about again', async () => {
  const line = [feature('LineString', places)];
  await with_file(ground(), line, async (page) => {
    const eligible = async () => (await total_of(page, 'eligible'))[0];
    const first = await eligible();
    const [near] = await asked(ground(), line, 'activity=counter-fire&at=2024-06-15T00:00:00Z&depth_km=10');
    await page.locator('#parameters input[type="number"]').fill('10');
    await page.keyboard.press('Tab');
    const wanted = metres_text(near.totals[0].eligible.length_m);
    await page.waitForFunction((text) => document.querySelector('[data-total="eligible"] td')?.textContent?.startsWith(text), wanted);
    assert.ok(!first.startsWith(wanted));
    await page.getByLabel('Long-range strikes (ATACMS)').check();
    await page.waitForFunction(() => document.querySelector('[data-total="eligible"] td')?.textContent?.startsWith('0 m'));
    assert.ok(!(await total_of(page, 'ineligible'))[0].startsWith('0 m'));
  });
});

test('intervals and crossings are given back as GeoJSON', async () => {
  await with_file(ground(), [feature('LineString', places, { coordTimes: times })], async (page) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#tracks-save')]);
    assert.equal(download.suggestedFilename(), 'shapes-scored.geojson');
    const { features } = JSON.parse(readFileSync(await download.path(), 'utf8'));
    const [line] = await asked(ground(), [feature('LineString', places, { coordTimes: times })]);
    assert.equal(features.length, line.intervals.length + line.crossings.length);
  });
});

test('a track outlives a service that is gone', async () => {
  await with_file(ground(), null, async (page) => {
    await drop(page, 'ride.gpx', gpx);
    await service.stop();
    await page.getByLabel('Long-range strikes (ATACMS)').check();
    await page.locator('#tracks-state').filter({ hasText: 'Waiting for the service' }).waitFor();
    await service.start();
    await page.waitForFunction(() => document.querySelector('[data-total="eligible"] td')?.textContent?.startsWith('0 m'));
  });
});

test('in Ukrainian nothing is left in English', async () => {
  const features = [
    feature('LineString', places, { coordTimes: times, max_gap_s: 7200 }), feature('Polygon', [square]), feature('LineString', places.slice(0, 1)),
    feature('LineString', places, { coordTimes: [times[0], times[0], ...times.slice(2)] }),
  ];
  await with_file(ground(), features, async (page) => {
    for (const item of await page.locator('.track-item').all()) {
      await item.click();
      const text = await page.locator('#tracks').innerText();
      const english = text.replace(/kordon score|depth_km|counter-fire(-kharkiv)?|us-kharkiv-2024|max_gap_s|shapes\.geojson|RU\|UA-63|UTC|GeoJSON|\bRU\b/g, '').match(/[A-Za-z]{3,}/g);
      assert.equal(english, null, text);
    }
    await page.click('#draw-area');
    assert.match(await page.innerText('#draw-card'), /Клацайте.*Кутів: 0\./);
  }, { locale: 'uk-UA' });
});

for (const options of /** @type {Options[]} */ ([{}, { locale: 'uk-UA', colorScheme: 'dark' }])) {
  test(`axe finds no serious fault ${JSON.stringify(options)}`, async () => {
    await with_file(ground(), [feature('LineString', places, { coordTimes: times, max_gap_s: 7200 }), feature('Polygon', [square]), feature('LineString', places.slice(0, 1))], async (page) => {
      await page.locator('[data-interval="1"] button').click();
      await page.locator('#track-card').waitFor();
      await page.click('#draw-line');
      await page.addScriptTag({ path: axe_source_path });
      const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run());
      assert.deepEqual(violations.filter((/** @type {any} */ { impact }) => impact === 'serious' || impact === 'critical').map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html)}`), []);
    }, { ...options, bypassCSP: true });
  });
}

test('on a telephone nothing is wider than the screen, and a tap on an interval says why', async () => {
  await with_file(ground(), gpx, async (page) => {
    await page.waitForSelector('#tracks[data-drawn]');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const overflowing = await page.locator('#tracks *').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(overflowing, []);
    await link_of(page, 'map');
    const at = await pixel_of(page, 36.55, 50.525);
    await page.touchscreen.tap(at.x, at.y);
    await page.locator('#track-card').filter({ hasText: 'Eligible' }).waitFor();
  }, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
});
