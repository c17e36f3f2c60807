// A client of Kordon's API. Its types are those of openapi.json.

/** @typedef {import('./openapi.d.ts').components['schemas']} Schemas */
/** @typedef {Schemas['Evaluation']} Evaluation */
/** @typedef {import('./openapi.d.ts').operations} Operations */
/** @typedef {NonNullable<Operations['evaluate']['parameters']['query']>} Question */
/** @typedef {NonNullable<Operations['getZones']['parameters']['query']>} ZoneQuestion */
/** @typedef {'regions' | 'borders' | 'zones'} Collection */

/** What the service says is wrong (RFC 9457): `errors` names each field. */
export class KordonError extends Error {
  /** @param {number} status @param {{ detail?: string, title?: string, errors?: { where: string, code: string, message: string }[] }} problem */
  constructor(status, problem) {
    super(problem.errors?.map(({ where, message }) => `${where}: ${message}`).join('; ') || problem.detail || problem.title || `status ${status}`);
    this.name = 'KordonError';
    this.status = status;
    this.errors = problem.errors ?? [];
  }
}

/** @param {string} service where it is: `https://kordon.example/` @param {typeof fetch} [fetcher] */
export function createClient(service, fetcher = fetch) {
  const base = service.endsWith('/') ? service : `${service}/`;

  /** @param {string} path @param {object} [query] */
  function url(path, query = {}) {
    const made = new URL(path, base);
    for (const [key, value] of Object.entries(query)) if (value !== undefined) made.searchParams.set(key, String(value));
    return made.href;
  }
  /** @param {string} where @param {RequestInit} [options] @returns {Promise<any>} */
  async function ask(where, options) {
    const response = await fetcher(where, options);
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new KordonError(response.status, body);
    return body;
  }

  return {
    /** @param {Question} question @returns {Promise<Evaluation>} */
    evaluate: (question) => ask(url('v1/evaluate', question)),
    /** Many positions at once; answers keep order and id. @param {Schemas['Batch']} batch */
    evaluateBatch: (batch) => ask(url('v1/evaluate'), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(batch) }),
    /** @returns {Promise<any>} */
    policies: () => ask(url('v1/policies')),
    /** @param {string} id @returns {Promise<any>} */
    policy: (id) => ask(url(`v1/policies/${encodeURIComponent(id)}`)),
    /** GeoJSON. @param {Collection} collection @param {ZoneQuestion} [query] `clip-box` and `max-allowable-offset` keep it small */
    features: (collection, query) => ask(url(`collections/${collection}/items`, query)),
    /** For MapLibre, OpenLayers and others: vector tiles with one layer, named as the collection.
     * @param {Collection} collection @param {object} [query] of zones: policy, activity, datetime and parameters */
    tiles: (collection, query) => `${base}collections/${collection}/tiles/WebMercatorQuad/{z}/{y}/{x}${new URL(url('', query)).search}`,
  };
}
