// The search box takes every text of tests/evaluation/notations.tsv as all other doors do, and says how it was read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { link_of, open, start_browser } from './browser.js';
import { start_service } from './service.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ text: string, lon: number, lat: number, accuracy_m: number, says: string }} Notation `says`: how it is read, or a part of the reason why not */
/** @typedef {{ lon: number, lat: number, accuracy_m: number }} Place */

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { [service, browser] = await Promise.all([start_service(), start_browser()]); });
after(async () => { await browser.close(); await service.end(); });

/** @type {Notation[]} */
const notations = readFileSync(new URL('../evaluation/notations.tsv', import.meta.url), 'utf8').trimEnd().split('\n').slice(1).map((line) => {
  const [text, lon, lat, accuracy_m, says] = line.split('\t');
  return { text: text.replace('\\t', '\t'), lon: Number(lon), lat: Number(lat), accuracy_m: Number(accuracy_m) || 0, says };
});

/** What the box asks back by design: the place lies in no region, and lies in one with the numbers the other way round. */
const asked_back = ['37,50.6'];

/** What the page says of a text that is typed. @param {Page} page @param {string} text */
async function typed(page, text) {
  await page.fill('#position', text);
  await page.keyboard.press('Enter');
  const said = await page.waitForFunction(() => {
    const [readings, fault] = ['search-readings', 'search-fault'].map((id) => document.getElementById(id)?.textContent);
    return readings || fault ? { readings, fault } : null;
  });
  return /** @type {Promise<{ readings: string, fault: string }>} */ (said.jsonValue());
}

/** The message of the service, as it is asked without the page. @param {string} text */
async function refusal(text) {
  const { errors } = await (await fetch(`${service.url}v1/evaluate?${new URLSearchParams({ position: text })}`)).json();
  return errors.map((/** @type {{ message: string }} */ { message }) => message).join('; ').replace(/`([^`]*)`/g, '“$1”');
}

const near = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ by) => Math.abs(a - b) <= by;

test('every text of the table is read in the search box as it is by the service, or refused with the same words', async () => {
  assert.ok(notations.length > 240);
  // A small map, which is drawn soon.
  const { page, context, faults } = await open(browser, service.url, { viewport: { width: 640, height: 480 }, reducedMotion: 'reduce' });
  /** @type {Place} */
  let asked = { lon: NaN, lat: NaN, accuracy_m: NaN };
  page.on('request', (request) => {
    const query = new URL(request.url()).searchParams;
    if (!request.url().includes('v1/evaluate') || !query.has('at')) return;
    asked = { lon: Number(query.get('lon')), lat: Number(query.get('lat')), accuracy_m: Number(query.get('accuracy_m')) };
  });
  const is_there = (/** @type {Notation} */ { lon, lat, accuracy_m }) =>
    near(asked.lon, lon, 1e-6) && near(asked.lat, lat, 1e-6) && near(asked.accuracy_m, accuracy_m, 1e-3 + 1e-3 * accuracy_m);
  const goes_to = async (/** @type {Notation} */ notation) => {
    for (let i = 0; i < 100 && !is_there(notation); ++i) await page.waitForTimeout(20);
    return is_there(notation);
  };
  for (const notation of notations) {
    const { text, lon, says } = notation;
    const { readings, fault } = await typed(page, text);
    const where = `${text}: ${readings}${fault}`;
    if (Number.isNaN(lon)) {
      assert.equal(fault, await refusal(text), where);
      assert.equal(readings, '', where);
    } else if (asked_back.includes(text)) {
      assert.match(readings, /^Which of the two is meant\?latitude \S+, longitude \S+latitude \S+, longitude \S+$/, where);
    } else {
      assert.equal(fault, '', where);
      assert.ok(readings.startsWith(`Read as ${says}: latitude `), where);
      assert.ok(await goes_to(notation), `${where} goes to ${JSON.stringify(asked)}`);
    }
  }
  assert.deepEqual(faults.filter((text) => !text.includes('status of 400')), []);
  await context.close();
});

test('what was read is said of the place that was found alone, and a link to a very wide place can be opened again', async () => {
  const { page, context } = await open(browser, service.url);
  assert.match((await typed(page, '8011fffffffffff')).readings, /^Read as H3 cell of resolution 0, centre: latitude 60\.18/);
  const link = await link_of(page);
  assert.ok(Number(link.get('accuracy_m')) > 1e6);
  const again = await open(browser, page.url());
  await again.page.waitForSelector('#verdict .verdict');
  assert.equal(await again.page.inputValue('#accuracy'), await page.inputValue('#accuracy'));
  await again.context.close();
  const box = await page.locator('#map').boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 3, box.y + box.height / 3);
  await page.waitForFunction(() => document.getElementById('search-readings')?.textContent === '');
  await context.close();
});

test('in Ukrainian each way of reading is said in Ukrainian', async () => {
  const { page, context } = await open(browser, service.url, { locale: 'uk-UA', viewport: { width: 640, height: 480 }, reducedMotion: 'reduce' });
  const ways = new Map(notations.filter(({ lon, text }) => !Number.isNaN(lon) && !asked_back.includes(text)).map((notation) => [notation.says.replace(/\d+/g, '#'), notation]));
  for (const { text } of ways.values()) {
    const { readings } = await typed(page, text);
    assert.match(readings, /^Прочитано як .*: широта /, text);
    assert.equal(await page.locator('#search-readings [lang="en"]').count(), 0, readings);
  }
  await context.close();
});
