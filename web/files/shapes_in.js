// Whether a file holds lines or areas, which are no rows of places.

export const most_bytes = 64 * 1024 * 1024;
const drawn_type = /"type"\s*:\s*"(Multi)?(LineString|Polygon)"|"disc_radius_m"/;
const gpx_begin = /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<(\w+:)?gpx[\s>]/i;
const head_bytes = 4096;

/** Whether it holds lines or areas: null if it is for rows of places. @param {Blob} file @returns {Promise<'gpx' | 'geojson' | null>} */
export async function shapes_in(file) {
  const head = await file.slice(0, head_bytes).text();
  if (gpx_begin.test(head.replace(/^\ufeff/, ''))) return 'gpx';
  if (!/^[\s\x1e\ufeff]*\{/.test(head)) return null;
  return drawn_type.test(await file.slice(0, most_bytes).text()) ? 'geojson' : null;
}
