// What kind of file it is, and how the service calls it.

/** @typedef {'csv' | 'ndjson' | 'geojsonseq' | 'geojson'} Kind */

/** @type {Record<Kind, { sent_as: string, ending: string }>} */
export const formats = {
  csv: { sent_as: 'text/csv', ending: 'csv' },
  ndjson: { sent_as: 'application/x-ndjson', ending: 'ndjson' },
  geojsonseq: { sent_as: 'application/geo+json-seq', ending: 'geojsonl' },
  // A FeatureCollection is sent feature by feature, so that it, too, is answered while it is read.
  geojson: { sent_as: 'application/geo+json-seq', ending: 'geojson' },
};

const head_bytes = 4096;

/** By its name, else by how it begins. @param {File} file @returns {Promise<Kind>} */
export async function kind_of(file) {
  const ending = file.name.toLowerCase().split('.').pop() ?? '';
  if (['csv', 'tsv', 'txt'].includes(ending)) return 'csv';
  if (['ndjson', 'jsonl'].includes(ending)) return 'ndjson';
  if (['geojsonl', 'geojsons', 'geojsonseq'].includes(ending)) return 'geojsonseq';
  const head = (await file.slice(0, head_bytes).text()).trimStart();
  if (!head.startsWith('{') && !head.startsWith('\x1e')) return 'csv';
  if (/^\{[^{}]*"features"|"FeatureCollection"/.test(head)) return 'geojson';
  return /"Feature"/.test(head.split('\n')[0]) ? 'geojsonseq' : 'ndjson';
}
