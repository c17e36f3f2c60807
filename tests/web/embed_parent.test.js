// Whom the small map tells its answers, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parent_origins } from '../../web/embed_parent.js';

const own = 'https://kordon.example';

test('answers are for pages of its own origin and of those that are named', () => {
  assert.deepEqual(parent_origins([], own, ''), [own]);
  assert.deepEqual(parent_origins(['https://a.example'], own, ''), [own, 'https://a.example']);
  assert.deepEqual(parent_origins(['https://a.example'], own, 'https://a.example/page?x'), ['https://a.example']);
});

test('a page of another origin is not posted to, whatever it says of itself', () => {
  assert.deepEqual(parent_origins([], own, 'https://evil.example/'), [own]);
  assert.deepEqual(parent_origins(['https://a.example'], own, 'https://a.example.evil/'), [own, 'https://a.example']);
  assert.ok(!parent_origins(['https://a.example'], own, 'nonsense').includes('*'));
});

test('with * any page is told, by its origin where it is known', () => {
  assert.deepEqual(parent_origins(['*'], own, 'https://b.example/x'), ['https://b.example']);
  assert.deepEqual(parent_origins(['*'], own, ''), ['*']);
});
