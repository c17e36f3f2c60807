// Whether the longitudes and latitudes of a file look exchanged: of some of its places more lie in a region the other way round.
import { url_of } from '../ask/service.js';

const most_sampled = 60;

/** @typedef {{ sampled: number, as_they_are: number, exchanged: number }} Finding */

/** @param {import('./row_store.js').RowStore} store @param {number} swapped_errors rows that the service refused as exchanged for certain @returns {Promise<Finding | null>} */
export async function look_exchanged(store, swapped_errors) {
  const count = store.points();
  if (swapped_errors > count) return { sampled: swapped_errors + count, as_they_are: store.in_regions(), exchanged: swapped_errors };
  if (count === 0 || store.in_regions() * 2 > count) return null;
  const step = Math.max(1, Math.floor(count / most_sampled));
  const rows = Array.from({ length: Math.min(count, most_sampled) }, (_, i) => store.row_of_point(i * step)).map((row) => store.row(row)).filter(({ lon }) => Math.abs(lon) <= 90);
  if (rows.length === 0) return null;
  const ask = async (/** @type {(row: { lon: number, lat: number }) => object} */ item) => {
    const body = rows.map((row) => JSON.stringify(item(row))).join('\n');
    const answer = await fetch(url_of('v1/evaluate'), { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson' }, body });
    const lines = (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
    return lines.filter(({ regions }) => regions?.length > 0).length;
  };
  const [as_they_are, exchanged] = await Promise.all([ask(({ lon, lat }) => ({ lon, lat })), ask(({ lon, lat }) => ({ lon: lat, lat: lon }))]);
  return exchanged > as_they_are && exchanged * 2 > rows.length ? { sampled: rows.length, as_they_are, exchanged } : null;
}
