// Vector tiles, read by the decoder that MapLibre has, beside what the service says of positions.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { start_service } from './service.js';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { VectorTile } = await import(require.resolve('@mapbox/vector-tile'));
const { PbfReader, default: Pbf } = await import(require.resolve('pbf'));
const Reader = PbfReader ?? Pbf;

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
before(async () => { service = await start_service(); });
after(() => service.end());

const asked = 'activity=counter-fire&datetime=2024-06-15T00:00:00Z';
const answered = 'activity=counter-fire&at=2024-06-15T00:00:00Z';

/** @param {string} collection @param {number[]} tile zoom, row, column @param {string} [query] */
async function tile_of(collection, [zoom, row, column], query = '') {
  const response = await fetch(`${service.url}collections/${collection}/tiles/WebMercatorQuad/${zoom}/${row}/${column}?${query}`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('Content-Type'), 'application/vnd.mapbox-vector-tile');
  const bytes = Buffer.from(await response.arrayBuffer());
  return { bytes, layer: new VectorTile(new Reader(bytes)).layers[collection], etag: response.headers.get('ETag') };
}

/** Numbers from 0 to 1, the same each time. @param {number} seed */
const random_of = (seed) => () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};

/** By the even-odd rule. @param {{ x: number, y: number }[][]} rings @param {number} x @param {number} y */
function is_inside(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, k = ring.length - 1; i < ring.length; k = i++) {
      const [a, b] = [ring[i], ring[k]];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

/** @param {number[]} tile zoom, row, column @param {number} x @param {number} y from 0 to 1 in the tile */
function place_in([zoom, row, column], x, y) {
  const lon = ((column + x) / 2 ** zoom) * 360 - 180;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (row + y)) / 2 ** zoom))) * 180) / Math.PI;
  return { lon, lat };
}

const tiles = [[5, 10, 19], [6, 21, 38], [7, 42, 77], [7, 42, 76], [8, 85, 153], [8, 86, 155], [9, 172, 307], [10, 345, 616], [11, 690, 1233], [13, 2762, 4928]];

test('on 10,000 positions beyond a pixel from the line, tiles and verdicts agree', async () => {
  const random = random_of(20240530);
  let [compared, inside] = [0, 0];
  /** @type {string[]} */
  const differing = [];
  for (const tile of tiles) {
    const { layer } = await tile_of('zones', tile, asked);
    const rings = layer ? layer.feature(0).loadGeometry() : [];
    const places = Array.from({ length: 1200 }, () => {
      const [x, y] = [random(), random()];
      return { x, y, ...place_in(tile, x, y) };
    });
    const csv = `lon,lat\n${places.map(({ lon, lat }) => `${lon},${lat}`).join('\n')}\n`;
    const response = await fetch(`${service.url}v1/evaluate?${answered}`, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: csv });
    const [head, ...rows] = (await response.text()).trim().split('\n').map((row) => row.split(','));
    const [verdict, margin] = ['verdict', 'margin_m'].map((name) => head.indexOf(name));
    const pixel_m = (40_075_017 * Math.cos((50 * Math.PI) / 180)) / (256 * 2 ** tile[0]);
    rows.forEach((row, i) => {
      // What is not permitted has its margin to another verdict; to the zone it is at least as far.
      if (Math.abs(Number(row[margin])) < pixel_m + 10 || row[verdict] === 'indeterminate') return;
      ++compared;
      const drawn = is_inside(rings, places[i].x * 4096, places[i].y * 4096);
      inside += Number(drawn);
      if (drawn !== (row[verdict] === 'eligible')) differing.push(`${tile} ${places[i].lon},${places[i].lat}: ${row[verdict]} by ${row[margin]} m`);
    });
  }
  assert.deepEqual(differing, []);
  assert.ok(compared >= 10_000 && inside > 2000 && inside < compared - 2000, `${compared}, ${inside} inside`);
});

test('a view of a zone takes less than 100 kB, and is not sent twice', async () => {
  let bytes = 0;
  for (const column of [37, 38, 39]) {
    for (const row of [20, 21, 22]) bytes += gzipSync((await tile_of('zones', [6, row, column], asked)).bytes).length;
  }
  assert.ok(bytes < 100_000, `${bytes}`);
  const path = `${service.url}collections/zones/tiles/WebMercatorQuad/6/21/38?${asked}`;
  const { etag } = await tile_of('zones', [6, 21, 38], asked);
  assert.ok(etag);
  assert.equal((await fetch(path, { headers: { 'If-None-Match': etag } })).status, 304);
});

test('features have what a map tells them apart by, and polygons turn as the specification asks', async () => {
  const zones = (await tile_of('zones', [6, 21, 38], asked)).layer;
  assert.equal(zones.length, 1);
  assert.deepEqual({ ...zones.feature(0).properties }, { id: 'us-kharkiv-2024:counter-fire-kharkiv', policy: 'us-kharkiv-2024', activity: 'counter-fire', effect: 'permit' });
  const regions = (await tile_of('regions', [6, 21, 38])).layer;
  const ids = Array.from({ length: regions.length }, (_, i) => regions.feature(i).properties.id);
  assert.deepEqual(ids.sort(), ['RU', 'UA', 'UA-63']);
  assert.match(regions.feature(0).toGeoJSON(38, 21, 6).geometry.type, /Polygon/);
  const borders = (await tile_of('borders', [6, 21, 38])).layer;
  assert.equal(borders.feature(0).type, 2);
  assert.ok((await tile_of('borders', [6, 0, 0])).bytes.length === 0);
});

test('a tile that is none, and a key that is none, are refused', async () => {
  const status = async (/** @type {string} */ path) => (await fetch(`${service.url}collections/zones/tiles/WebMercatorQuad/${path}`)).status;
  assert.equal(await status('6/64/0'), 404);
  assert.equal(await status('23/0/0'), 404);
  assert.equal(await status('6/x/0'), 404);
  assert.equal(await status('6/21'), 404);
  assert.equal(await status('6/21/38?bbox=1,2,3,4'), 400);
});
