// Files cut into pieces, wherever the reader's own cuts fall: the rows stay whole, in order, and none is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create_cutter } from '../../web/files/cut.js';

const seed_of_tests = 20240530;

/** Park and Miller's generator. @param {number} seed */
function create_random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}
const random = create_random(seed_of_tests);

/** @param {import('../../web/files/format.js').Kind} kind @param {string} text @param {number} piece_bytes */
function cut(kind, text, piece_bytes) {
  const bytes = new TextEncoder().encode(text);
  const cutter = create_cutter(kind, piece_bytes);
  const pieces = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random(40);
    pieces.push(...cutter.push(bytes.subarray(at, end)));
    at = end;
  }
  pieces.push(...cutter.end());
  places = pieces.flatMap(({ rows }) => Array.from(rows.offsets, (offset, i) => ({ text: new TextDecoder().decode(bytes.subarray(offset, offset + rows.lengths[i])), line: rows.lines[i] })));
  return pieces.map((piece) => new TextDecoder().decode(piece.bytes));
}
/** The rows of the file that was cut last, by the offsets that came with its pieces, and the lines that they begin in. @type {{ text: string, line: number }[]} */
let places = [];

/** In which line a part of a text begins. @param {string} text @param {string} part */
const line_of = (text, part) => text.slice(0, text.indexOf(part)).split('\n').length;

/** @template T @param {number} count @param {(i: number) => T} make */
const many = (count, make) => Array.from({ length: count }, (_, i) => make(i));

test('CSV: quoted newlines stay in their row, and each piece has the header', () => {
  const header = '"a\nb",lon,lat\r\n';
  const rows = many(300, (i) => (random(3) ? `"${'x\n'.repeat(random(4))}""${i}"" ї",${i},1\r\n` : `${i},2,3\n`));
  rows.push('last,without,newline');
  for (const piece_bytes of [1, 50, 1000, 1e6]) {
    const pieces = cut('csv', header + rows.join(''), piece_bytes);
    for (const piece of pieces) assert.ok(piece.startsWith(header));
    assert.equal(pieces.map((piece) => piece.slice(header.length)).join(''), rows.join(''));
    for (const piece of pieces) assert.equal((piece.match(/"/g) ?? []).length % 2, 0);
    assert.deepEqual(places.map(({ text }) => text), rows);
    let line = 3;
    for (const [i, { line: told }] of places.entries()) {
      assert.equal(told, line, `row ${i}`);
      line += rows[i].split('\n').length - 1;
    }
    if (piece_bytes === 50) assert.ok(pieces.length > 20);
  }
});

test('CSV: a file without a newline, or without rows, is one piece or none', () => {
  assert.deepEqual(cut('csv', 'lon,lat\n', 10), []);
  assert.deepEqual(cut('csv', 'lon,lat\r1,2\r', 10), ['lon,lat\r1,2\r']);
  assert.deepEqual(cut('csv', '', 10), []);
});

test('JSON lines: cut at newlines alone', () => {
  const text = many(200, (i) => `{"id":${i},"t":"\\"a"}`).join('\n');
  for (const piece_bytes of [1, 100, 1e6]) {
    const pieces = cut('ndjson', text, piece_bytes);
    assert.equal(pieces.join(''), text);
    for (const piece of pieces.slice(0, -1)) assert.ok(piece.endsWith('\n'));
    assert.deepEqual(places.map(({ text: row }) => row.trim()), text.split('\n'));
  }
});

test('lines without anything are no rows, and count as lines', () => {
  cut('csv', 'lon,lat\n\n1,2\r\n\r\n3,4', 1);
  assert.deepEqual(places, [{ text: '1,2\r\n', line: 3 }, { text: '3,4', line: 5 }]);
  cut('ndjson', '{}\n  \n{}\n', 1);
  assert.deepEqual(places.map(({ line }) => line), [1, 3]);
});

test('JSON lines of one file: each with its line', () => {
  for (const piece_bytes of [1, 1e6]) {
    cut('ndjson', '{"a":1}\n{"a":2}\n', piece_bytes);
    assert.deepEqual(places.map(({ line }) => line), [1, 2]);
  }
});

test('GeoJSON: each feature on a line of its own, whatever its text holds, and nothing else', () => {
  const features = many(120, (i) => ({
    type: 'Feature', id: i, geometry: { type: 'Point', coordinates: [i, i + 1] },
    properties: { text: '}]{[ "\\" ї \n'.repeat(random(3)), deep: { features: [{ a: [{}] }] } },
  }));
  for (const indent of [0, 2]) {
    const text = JSON.stringify({ type: 'FeatureCollection', links: [{ features: 1 }], 'a"features': [{}], features, bbox: [1, 2], after: [{ x: 1 }] }, null, indent);
    for (const piece_bytes of [1, 500, 1e6]) {
      const lines = cut('geojson', text, piece_bytes).join('').trimEnd().split('\n');
      assert.deepEqual(lines.map((line) => JSON.parse(line)), features);
      assert.deepEqual(places.map(({ text: feature }) => JSON.parse(feature)), features);
      for (const { text: feature, line } of places) assert.equal(line, line_of(text, feature));
    }
  }
});
