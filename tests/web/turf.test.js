// Our side of docs/from-turf.md: the walk across a long edge.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { start_service } from './service.js';

test('margins are continuous across an edge that is long, as docs/from-turf.md has them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kordon-turf-'));
  const file = join(folder, 'square.geojson');
  const square = { type: 'Polygon', coordinates: [[[20, 40], [40, 40], [40, 50], [20, 50], [20, 40]]] };
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { id: 'SQ', name: 'Square' }, geometry: square }] }));
  const layer = { id: 'square', file, id_field: 'id', name_field: 'name', accuracy_m: 1, attribution: 'none', licence: 'none', source: 'drawn by hand' };
  const service = await start_service({ layers: [layer], borders: undefined, policies: [], index_file: undefined });
  const rows = readFileSync(new URL('../../docs/from-turf.md', import.meta.url), 'utf8').matchAll(/^\| (\d\d\.\d+) \| .* km \w+ \| (\d+\.\d+) km (inside|outside) \|$/gm);
  /** @type {number[]} */
  const margins = [];
  for (const [, lat, km, side] of rows) {
    const { regions: [{ state, margin_m }] } = await (await fetch(`${service.url}v1/evaluate?lon=30&lat=${lat}`)).json();
    assert.equal(state, side);
    assert.equal((Math.abs(margin_m) / 1000).toFixed(3), km);
    margins.push(margin_m);
  }
  assert.equal(margins.length, 6);
  assert.ok(margins.every((margin, i) => i === 0 || margin < margins[i - 1]));
  await service.end();
  rmSync(folder, { recursive: true });
});
