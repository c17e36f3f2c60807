// Prints what the map must show: node tests/web/measure.js. Figures hold for an idle machine; nothing fails here.
import { open, patience_ms, start_browser, verdict_is } from './browser.js';
import { start_service } from './service.js';

const belgorod = '#lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z&map=8/50.5956/36.5873';

/** @param {import('playwright-core').Browser} browser @param {string} url */
async function first_view(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  let requests = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; ++requests; });
  await page.waitForTimeout(1500); // until the browser's own process for the page has come to rest
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.ready, null, { timeout: patience_ms });
  const ready_ms = Number(await page.evaluate(() => document.documentElement.dataset.ready));
  await context.close();
  return { ready_ms, bytes, requests };
}

/** Verdicts a second while a hand drags the marker. @param {import('playwright-core').Browser} browser @param {string} url */
async function drag(browser, url) {
  const { page, context } = await open(browser, url + belgorod);
  await verdict_is(page, 'eligible');
  const box = await page.locator('.pin').boundingBox();
  if (!box) throw new Error('no marker');
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.updates = 0;
    seen.frames = 0;
    new MutationObserver(() => { ++seen.updates; }).observe(/** @type {Node} */ (document.querySelector('#facts')), { childList: true, characterData: true, subtree: true });
    const count = () => { ++seen.frames; requestAnimationFrame(count); };
    requestAnimationFrame(count);
  });
  const [x, y] = [box.x + 13, box.y + 13];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 5, y + 5);
  // A hand moves with every frame, faster than a driver outside of the page can.
  const seconds = await page.evaluate(async ([from_x, from_y]) => {
    const seen = /** @type {any} */ (window);
    seen.updates = seen.frames = 0;
    const begun = performance.now();
    for (let i = 0; performance.now() - begun < 4000; ++i) {
      const at = { clientX: from_x + 200 * Math.sin(i / 40), clientY: from_y + 150 * Math.sin(i / 25), bubbles: true, buttons: 1 };
      document.querySelector('.maplibregl-canvas-container')?.dispatchEvent(new MouseEvent('mousemove', at));
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - begun) / 1000;
  }, [x, y]);
  await page.mouse.up();
  const { updates, frames } = await page.evaluate(() => { const { updates: verdicts, frames: drawn } = /** @type {any} */ (window); return { updates: verdicts, frames: drawn }; });
  await context.close();
  return { updates: updates / seconds, frames: frames / seconds };
}

/** Milliseconds from another activity until its verdict is said and its zone is there and drawn. @param {import('playwright-core').Browser} browser @param {string} url */
async function switching(browser, url) {
  const { page, context } = await open(browser, url + belgorod);
  await verdict_is(page, 'eligible');
  await page.waitForTimeout(1500);
  const times_ms = [];
  for (const [i, wanted] of ['ineligible', 'eligible', 'ineligible', 'eligible', 'ineligible'].entries()) {
    times_ms.push(await page.evaluate(async ([nth, verdict]) => {
      const radio = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('#activities input'))[Number(nth)];
      performance.clearResourceTimings();
      const begun_ms = performance.now();
      radio.click();
      const frame = () => new Promise(requestAnimationFrame);
      const zone = () => /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource')).find(({ name, responseEnd }) => name.includes('/zones/items') && responseEnd > 0);
      while (!zone() || !document.querySelector(`#verdict .verdict[data-verdict="${verdict}"]`)) await frame();
      await frame();
      await frame();
      return performance.now() - begun_ms;
    }, [i % 2 === 0 ? 1 : 0, wanted]));
    await page.waitForTimeout(800);
  }
  await context.close();
  return times_ms.sort((a, b) => a - b);
}

/** Frames a second while a hand moves the map. @param {import('playwright-core').Page} page */
async function frames_of_a_moved_map(page) {
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.frames = 0;
    const { clear } = WebGL2RenderingContext.prototype;
    let frame = 0;
    WebGL2RenderingContext.prototype.clear = function count(mask) {
      const now = Number(document.timeline.currentTime);
      seen.frames += Number(now !== frame);
      frame = now;
      clear.call(this, mask);
    };
  });
  await page.mouse.move(800, 400);
  await page.mouse.down();
  const begun = performance.now();
  for (let i = 0; performance.now() - begun < 4000; ++i) await page.mouse.move(800 + 200 * Math.sin(i / 40), 400 + 100 * Math.sin(i / 25));
  const frames = await page.evaluate(() => /** @type {any} */ (window).frames);
  const seconds = (performance.now() - begun) / 1000;
  await page.mouse.up();
  return frames / seconds;
}

/** Seconds until a file of so many rows is on the map. @param {import('playwright-core').Browser} browser @param {string} url @param {number} rows */
async function score(browser, url, rows) {
  const { page, context } = await open(browser, `${url}#at=2024-06-15T00:00:00Z`);
  let seed = 1;
  const random = () => { seed = (seed * 48271) % 2147483647; return seed / 2147483647; };
  const lines = Array.from({ length: rows }, (_, i) => `${i},${(30 + 12 * random()).toFixed(6)},${(47 + 8 * random()).toFixed(6)}`);
  await page.setInputFiles('#file-chooser', { name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from(['id,lon,lat', ...lines].join('\n')) });
  await page.waitForSelector('#file[data-done]', { timeout: 10 * patience_ms });
  const seconds = Number(await page.getAttribute('#file', 'data-done'));
  await page.waitForTimeout(1500);
  const frames = await frames_of_a_moved_map(page);
  await context.close();
  return { seconds, frames };
}

/** Seconds from the drop of a GPX of so many fixes until its totals are there, and until its intervals are drawn. @param {import('playwright-core').Browser} browser @param {string} url @param {number} fixes */
async function track(browser, url, fixes) {
  const begun_ms = Date.parse('2024-06-15T00:00:00Z');
  const points = Array.from({ length: fixes }, (_, i) => {
    const [lon, lat] = [36.4 + 0.5 * Math.sin(i / 900), 50.35 + 0.3 * Math.cos(i / 700)];
    return `<trkpt lat="${lat.toFixed(6)}" lon="${lon.toFixed(6)}"><ele>150</ele><time>${new Date(begun_ms + 1000 * i).toISOString()}</time></trkpt>`;
  });
  const gpx = `<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Rounds</name><trkseg>${points.join('\n')}</trkseg></trk></gpx>`;
  /** @type {{ scored: number, drawn: number }[]} */
  const times = [];
  for (let i = 0; i < 5; ++i) {
    const { page, context } = await open(browser, `${url}#at=2024-06-15T00:00:00Z`);
    await page.waitForTimeout(1500);
    times.push(await page.evaluate(async (body) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([body], 'rounds.gpx'));
      const frame = () => new Promise(requestAnimationFrame);
      const at = performance.now();
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      while (!document.querySelector('#tracks[data-scored]')) await frame();
      const scored = performance.now() - at;
      while (!document.querySelector('#tracks[data-drawn]')) await frame();
      return { scored, drawn: performance.now() - at };
    }, gpx));
    await context.close();
  }
  const middle = (/** @type {'scored' | 'drawn'} */ what) => times.map((all) => all[what]).sort((a, b) => a - b)[2] / 1000;
  return { scored_s: middle('scored'), drawn_s: middle('drawn') };
}

const [service, browser] = await Promise.all([start_service(), start_browser()]);
const views = [];
for (let i = 0; i < 10; ++i) views.push(await first_view(browser, service.url));
const [{ ready_ms: cold_ms, bytes, requests }, ...warm] = views;
const times_ms = warm.map(({ ready_ms }) => ready_ms).sort((a, b) => a - b);
console.log(`first view: ${cold_ms} ms in a browser just started, then ${times_ms[0]} to ${times_ms.at(-1)}, median ${times_ms[4]} ms; ${(bytes / 1e6).toFixed(2)} MB in ${requests} answers`);
const switched_ms = await switching(browser, service.url);
console.log(`another activity: ${switched_ms[0].toFixed(0)} to ${switched_ms.at(-1)?.toFixed(0)}, median ${switched_ms[2].toFixed(0)} ms until its verdict and zone are there`);
const { updates, frames } = await drag(browser, service.url);
console.log(`dragging the marker: ${updates.toFixed(0)} verdicts a second, ${frames.toFixed(0)} frames a second`);
const { scored_s, drawn_s } = await track(browser, service.url, 50_000);
console.log(`a GPX of 50000 fixes, median of 5: ${scored_s.toFixed(2)} s until its totals are there, ${drawn_s.toFixed(2)} s until its intervals are drawn`);
for (const rows of process.argv.includes('--million') ? [100_000, 1_000_000] : [100_000]) {
  const { seconds, frames } = await score(browser, service.url, rows);
  console.log(`a file of ${rows} rows: ${seconds.toFixed(1)} s until all are on the map, then ${frames.toFixed(0)} frames a second while the map is moved`);
}
await browser.close();
await service.end();
