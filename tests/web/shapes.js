// What tests of lines and areas have in common: a track, an area, and a page on which they are dropped.
import { open } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} Options */
/** @typedef {{ browser: import('playwright-core').Browser, url: string }} Ground */

export const time = '#at=2024-06-15T00:00:00Z';
/** From Kharkiv over the border, back, over it once more in one hop between two fixes, and, after a night, home. @type {[number, number][]} */
export const places = [[36.2, 50.0], [36.6, 50.6], [36.9, 50.2], [37.6, 50.45], [36.3, 50.05]];
export const times = ['2024-06-15T00:00:00Z', '2024-06-15T01:00:00Z', '2024-06-15T02:00:00Z', '2024-06-15T03:00:00Z', '2024-06-15T13:00:00Z'];
export const square = [[36.4, 50.1], [36.8, 50.1], [36.8, 50.6], [36.4, 50.6], [36.4, 50.1]];
/** @param {string} type @param {unknown} coordinates @param {Record<string, unknown>} [properties] */
export const feature = (type, coordinates, properties = {}) => ({ type: 'Feature', properties, geometry: { type, coordinates } });
export const points = places.map(([lon, lat], i) => `<trkpt lat="${lat}" lon="${lon}"><ele>1</ele><time>${times[i]}</time></trkpt>`);
export const gpx = `<?xml version="1.0"?><!-- a > comment --><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Ride &amp; back</name><trkseg>${points.join('\n')}</trkseg></trk>
<wpt lat="50.5956" lon="36.5873"><name>Belgorod</name></wpt></gpx>`;

/** What the service says of features, as JSON. @param {Ground} ground @param {object[]} features @param {string} [query] @returns {Promise<any[]>} */
export async function asked({ url }, features, query = 'activity=counter-fire&at=2024-06-15T00:00:00Z') {
  const response = await fetch(`${url}v1/evaluate?${query}`, { method: 'POST', headers: { 'Content-Type': 'application/geo+json', Accept: 'application/json' }, body: JSON.stringify({ type: 'FeatureCollection', features }) });
  return (await response.json()).items;
}

/** @param {Page} page @param {string} name @param {string | object[]} content */
export async function drop(page, name, content) {
  const text = typeof content === 'string' ? content : JSON.stringify({ type: 'FeatureCollection', features: content });
  await page.evaluate(([file_name, body]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([body], file_name));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, [name, text]);
  await page.waitForSelector('#tracks[data-scored]');
}

/** @param {Ground} ground @param {string | object[] | null} content @param {(page: Page, faults: string[]) => Promise<void>} look @param {Options} [options] */
export async function with_file({ browser, url }, content, look, options = {}) {
  const { page, context, faults } = await open(browser, url + time, { acceptDownloads: true, ...options });
  if (content) await drop(page, typeof content === 'string' ? 'ride.gpx' : 'shapes.geojson', content);
  await look(page, faults);
  await context.close();
}

/** As the page writes metres in English. @param {number} metres */
export function metres_text(metres) {
  if (metres < 1000) return `${metres.toFixed(metres < 10 && metres > 0 ? 1 : 0)} m`;
  return `${(metres / 1000).toFixed(metres < 10_000 ? 2 : 1)} km`;
}

/** @param {Page} page @param {string} verdict */
export const total_of = (page, verdict) => page.locator(`[data-total="${verdict}"] td`).allTextContents();
