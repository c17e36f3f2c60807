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

/** Other files that people have, by how they begin or how their names end. @type {[RegExp, RegExp | null, string][]} */
const others = [
  [/^$/, /\.(xlsx|xlsm|xls|ods)$/, 'XLSX/ODS'],
  [/^$/, /\.(kmz|zip|shp|dbf|gpkg|fgb|parquet)$/, 'GIS'],
  [/^PK\x03\x04/, null, 'ZIP (XLSX, ODS, KMZ)'],
  [/^SQLite format 3/, null, 'GeoPackage'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<kml/i, null, 'KML'],
  [/^\s*<(\?xml(?![^]*<(\w+:)?gpx[\s>])|!doctype|html)/i, null, 'XML/HTML'],
];

/** What it is, where it is none that the map reads. @param {File} file */
export async function what_else(file) {
  const head = new TextDecoder('latin1').decode(await file.slice(0, head_bytes).arrayBuffer());
  const found = others.find(([begins, ends]) => (ends ? ends.test(file.name.toLowerCase()) : begins.test(head)));
  return found?.[2] ?? null;
}

/** Of a compressed file (gzip) what it holds. @param {File} file @returns {Promise<{ name: string, file: Blob }>} */
export async function text_of_file(file) {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return { name: file.name, file };
  const whole = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
  return { name: file.name.replace(/\.gz$/i, ''), file: whole };
}

/** By its name, else by how it begins. @param {string} name @param {Blob} file @returns {Promise<Kind>} */
export async function kind_of(name, file) {
  const ending = name.toLowerCase().split('.').pop() ?? '';
  if (['csv', 'tsv', 'txt'].includes(ending)) return 'csv';
  if (['ndjson', 'jsonl'].includes(ending)) return 'ndjson';
  if (['geojsonl', 'geojsons', 'geojsonseq'].includes(ending)) return 'geojsonseq';
  const head = (await file.slice(0, head_bytes).text()).trimStart();
  if (!head.startsWith('{') && !head.startsWith('\x1e')) return 'csv';
  if (/^\{[^{}]*"features"|"FeatureCollection"/.test(head)) return 'geojson';
  return /"Feature"/.test(head.split('\n')[0]) ? 'geojsonseq' : 'ndjson';
}
