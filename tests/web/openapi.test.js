// /openapi.json before a strict linter.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { start_service } from './service.js';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
/** @type {typeof import('@redocly/openapi-core')} */
const { createConfig, lintFromString } = require('@redocly/openapi-core');

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
before(async () => { service = await start_service(); });
after(() => service.end());

/** What the linter says of a document. @param {string} source */
async function faults(source) {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`);
}

test('the OpenAPI document has no fault by the strict rules', async () => {
  const source = await (await fetch(`${service.url}openapi.json`)).text();
  assert.deepEqual(await faults(source), []);
});

test('a summary that is left out is such a fault', async () => {
  const document = await (await fetch(`${service.url}openapi.json`)).json();
  delete document.paths['/v1/limits'].get.summary;
  assert.match((await faults(JSON.stringify(document))).join('\n'), /^operation-summary at /);
});
