// What the service says of what it cannot read: each message that the map can show is in Ukrainian.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_service } from './service.js';

// A Ukrainian reader's browser, as far as the words ask for one.
Object.defineProperty(globalThis, 'navigator', { value: { languages: ['uk'] }, configurable: true });
const { translated } = await import('../../web/words/words.js');

/** @type {Awaited<ReturnType<typeof start_service>>} */
let service;
before(async () => { service = await start_service(); });
after(() => service.end());

/** Texts that are no position, one for each way of being none. */
const no_positions = [
  ' ', 'nowhere', '91, 10', '50.5956, 190', '95, 36', '50', '50N 36N', '36E 37E', '-50.5956 N 36.5873 E', '50.5956 N 36.5873 O', '1 2 3', '1, 2, 3, 4, 5', '1 2 3 4 5 6 7 8', '50:75N 5E',
  "50°35'60\"N 36°35'14\"E", "50.5°30'N 36°35'E", '1:2:3:4:5:6:7 8', 'N50E 36', 'N50S 36E', '50 -30N 36E', '°50, 36', "50, 36'", '123456789N 36E', '50,5,36,5', '50 35 36 35', '37S 312345 3900000', '37ucr16',
  '50n36e', '503544 0363514', '1,2,3,-4', 'N, E', '50 - - 36', '91 N 5 E', '5 N 191 E',
  '1e999', '1e999, 36', '1e5 3', '50 N 5 5, 36', '50,5,36,5,100', '37N 312345 99999999', '8CDE12', `37UCR${'1'.repeat(30)}`, 'ZZZ12',
  '37U CR 123 4567', '37UCR123', '37U', '99UCR12', '37UZZ12', '37U 9 9', '37T 329072 5607654', '61U 312345 5567890', '37n 1e9 5e6', '37 north 99999999 5567890', 'HHWP+6W', '9G2RHHWP+6', '871196234ffffff', '608295334258409472', '871196234fffffe', '1371196234ffffff', '2571196230ffffff', 'X2R00000+', 'geohash:a',
  'geo:50', 'geo:50.5,36.5;crs=nad27', 'geo:95,200', 'SRID=32637;POINT(312345 5567890)', 'LINESTRING (36 50, 37 51)', 'https://www.example.org/',
  'https://maps.google.com/?q=50.5956,36.5873&destination=49.99,36.23', '5'.repeat(201), `https://maps.google.com/?q=${'5'.repeat(2000)}`,
];
const no_times = [
  'yesterday', '2024-06-15', '2024-06-15T00:00:00', '06/07/2024 12:00', '1718409600', '2024-06-31T00:00:00Z', '2024-06-15T00:00:00 Moon', '2024-06-15T13:00 PM', '',
];
const queries = [
  ...no_positions.map((position) => ({ position })), ...no_times.map((at) => ({ lon: '36', lat: '50', at })),
  {}, { lon: '36' }, { lon: '36', lat: '' }, { lon: 'x', lat: '50' }, { lon: '1e999', lat: '-1e999' }, { lon: '36N', lat: '36E' }, { lon: "36°75'", lat: '50-' }, { lon: '190', lat: '50' }, { lon: '36', lat: '136' }, { lon: '-100', lat: '99' },
  { lon: '36', lat: '50', position: '1, 2' }, { lon: '36', lat: '50', accuracy_m: '-1' }, { lon: '36', lat: '50', accuracy_m: 'wide' }, { lon: '36', lat: '50', accuracy_m: '1e9' },
  { lon: '36', lat: '50', policy: 'none' }, { lon: '36', lat: '50', activity: 'fishing' }, { lon: '36', lat: '50', depth_km: '-3' }, { lon: '36', lat: '50', depth_km: 'deep' }, { lon: '36', lat: '50', depth: '3' },
  { lon: '36', lat: '50', near_km: '-1' }, { lon: '36', lat: '50', nearest: '1.5' }, { lon: '36', lat: '50', regions: 'XX' },
  ...['Moon/Base', 'Europe/Kyiv'].flatMap((at_zone) => ['2024-03-31T03:30:00', '2024-10-27T03:30:00', '2500-01-01T00:00:00'].map((at) => ({ lon: '36', lat: '50', at, at_zone }))),
  ...['%Q', '%Y', '%d.%m.%Y %H:%M', 'unix', '%I:%M %p %d.%m.%Y'].flatMap((at_format) => ['1e13', 'x', '25:00 AM 01.01.2024', '13:00 PM 01.01.2024'].map((at) => ({ lon: '36', lat: '50', at, at_format }))),
  { lon: '50.5956', lat: '36.5873' }, { lon: '36.5873', lat: '50.5956', at: '2030-01-01T00:00:00Z' },
];

/** @param {Record<string, string | undefined>} query @returns {Promise<string[]>} */
async function said_of(query) {
  const answer = await (await fetch(`${service.url}v1/evaluate?${new URLSearchParams(/** @type {any} */ (query))}`)).json();
  return answer.errors?.map((/** @type {{ message: string }} */ { message }) => message) ?? [...answer.warnings, ...answer.metadata.notices];
}

const header = (/** @type {string} */ names, row = '1,2,3,4') => ({ type: 'text/csv', body: `${names}\n${row}\n` });
const files = [
  header('lon,lat', '36,x'), header('lon,lat', '36'), header('lon,lat', '"36,50'), header('lon,lat', ','), header('lon,lat,at', '36,50,'), header('lon,lat,at', '36,50,never'), header('a,b,c'), header('1,2,3'), header('lon,lon,lat'),
  header('lon,a,b'), header('from_lon,from_lat,to_lon,to_lat'), header('lon,lat,precision'), header('lon,lat,accuracy,gps_accuracy'), header('lon,lat,date,time'), header('lon,lat,longitude,latitude'), header('lon,lat,acq_date,acq_time', '36,50,2024-06-01,0100'),
  header('lon,lat,position'), header('lon,lat,end_lon,end_lat'), header('h3_7,h3_9'), header('cell_id,a'), header('lon_dd,lat_dd,lon_deg,lat_deg'), header('lon,lat,depth_km', '36,50,deep'), header('lon,lat,activity', '36,50,fishing'), { type: 'text/csv', body: '\xff\xfea' }, { type: 'text/csv', body: 'PK\x03\x04' }, { type: 'text/csv', body: '\x1f\x8b' }, { type: 'text/csv', body: 'lon,lat' },
  { type: 'text/csv', body: `a${'b'.repeat(200_000)}` },
  header(`lon,lat${',c'.repeat(16_400)}`),
  ...['{}', '[]', '{', '7', '{"lon":"x","lat":[]}', '{"lon":36,"lat":true}', '{"lon":36,"lat":50,"lat":50}', '{"lon":36,"lat":50,"id":{}}', '{"x":1,"lat":2}', '{"lon":36,"lat":50,"at":7}', '{"lon":36,"lat":50,"parameters":3}',
    '{"lon":36,"lat":50,"parameters":{"depth_km":1},"depth_km":2}', '{"lon":36,"lat":50,"parameters":{"width":1}}', '{"lon":36,"lat":50,"policy":3}', `${'['.repeat(2000)}`, '{"position":3}', '{"lon":null,"lat":50}'].map((body) => ({ type: 'application/x-ndjson', body })),
  ...['{"type":"Feature"}', '{"type":"Feature","geometry":null}', '{"type":"Feature","geometry":3}', '{"type":"Feature","geometry":{}}', '{"type":"Feature","geometry":{"type":"MultiPoint","coordinates":[]}}', '{"type":"Feature","geometry":{"type":"Point","coordinates":["a"]}}', '{"type":"X"}',
    '{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"geometry":{"type":"Point","coordinates":[1,2]}}', '{"type":"Feature","geometry":{"type":"Point","coordinates":[190,2]}}',
  ].map((body) => ({ type: 'application/geo+json-seq', body })),
];

/** @param {string} type @param {unknown} coordinates @param {object} [properties] */
const shape = (type, coordinates, properties = {}) => ({ type: 'application/geo+json-seq', body: JSON.stringify({ type: 'Feature', properties, geometry: { type, coordinates } }) });
const times = ['2024-06-15T01:00:00Z', '2024-06-15T01:00:00Z', '2024-06-15T00:00:00Z'];
const way = [[36, 50], [36.1, 50.6], [36.2, 50.5]];
const square = [[36, 50], [37, 50], [37, 51], [36, 51], [36, 50]];
const shapes = [
  shape('LineString', [[36, 50]]), shape('LineString', way, { coordTimes: times }), shape('LineString', way, { coordTimes: [...times.slice(0, 2), null] }), shape('LineString', way, { coordTimes: times.slice(1) }), shape('MultiLineString', [way], { coordTimes: times }),
  shape('LineString', [[0, 0], [180, 0]]), shape('LineString', [[0, 95], [10, 0]]), shape('LineString', [[0], [1, 2]]), shape('LineString', way, { edges: 'curved' }), shape('LineString', way, { max_gap_s: 0 }), shape('LineString', way, { accuracies_m: [1, 2, -3] }),
  shape('LineString', Array.from({ length: 100_001 }, (_, i) => [36, 50 + i / 1e6])), shape('LineString', way.slice(0, 2), { coordTimes: times.slice(0, 2) }), shape('LineString', [[179, 0], [-179, 1]]), shape('LineString', way, { coordTimes: ['2024-06-15T01:00:00Z', '2024-06-15T01:00:01Z', '2024-06-15T01:00:02Z'] }),
  shape('Polygon', []), shape('Polygon', [square.slice(0, 3)]), shape('Polygon', [square.slice(0, 4)]), shape('Polygon', [[[36, 50], [37, 51], [37, 50], [36, 51], [36, 50]]]), shape('Polygon', [square, [[38, 50], [39, 50], [39, 51], [38, 50]]]), shape('Polygon', [[[36, 50], [37, 50], [36.5, 50], [36, 50]]]),
  shape('Polygon', [[[0, 80], [120, 80], [-120, 80], [0, 80]]]), shape('Point', [36, 50], { disc_radius_m: 5e6 }), shape('Point', [36, 89.99], { disc_radius_m: 5000 }), shape('Polygon', [[[179, 0], [-179, 0], [-179, 1], [179, 0]]]),
];

/** @param {{ type: string, body: string }} file @returns {Promise<string[]>} */
async function said_of_file({ type, body }, accept = 'application/geo+json-seq', query = '') {
  const bytes = /^[\xff\x1f]/.test(body) ? Buffer.from(body, 'latin1') : body;
  const response = await fetch(`${service.url}v1/evaluate${query}`, { method: 'POST', headers: { 'Content-Type': type, Accept: accept }, body: bytes });
  const notices = (response.headers.get('Kordon-Notice') ?? '').split(' | ').filter(Boolean);
  const parts = (await response.text()).split('\n').map((line) => line.replace('\x1e', '')).filter(Boolean).map((line) => JSON.parse(line));
  return [...notices, ...parts.flatMap((part) => (part.properties?.error ?? part.error ?? part).errors?.map((/** @type {{ message: string }} */ { message }) => message) ?? part.warnings ?? [])];
}

/** What stands in it of English: names of the service's own and what was typed are marked as such. @param {string} text */
const english_in = (text) => text.replace(/`[^`]*(`|$)/g, '').match(/[A-Za-z]{3,}/g)?.filter((word) => !['MGRS', 'UTM', 'UTC', 'UTF', 'GeoJSON', 'JSON', 'WGS', 'gzip', 'ZIP', 'XLSX', 'ODS', 'lat', 'lon', 'plus', 'code'].includes(word)) ?? [];

test('what the service says of a question, a time or a file that it cannot read is in Ukrainian', async () => {
  const said = new Set([...(await Promise.all(queries.map(said_of))).flat(), ...(await Promise.all(files.map((file) => said_of_file(file)))).flat(),
    ...(await Promise.all(shapes.map((file) => said_of_file(file, 'application/x-ndjson', '?detail=full&activity=counter-fire')))).flat()]);
  assert.ok(said.size > 100, `${said.size} messages`);
  const left = [...said].filter((text) => {
    const words = translated(text);
    return words === null || !/[а-яіїєґ]/i.test(words) || english_in(words.replace(/us-kharkiv-2024|(counter-fire|air-defence|long-range)\S*|depth_km|wgs84|nad27/g, '')).length > 0;
  });
  assert.deepEqual(left.map((text) => `${text} → ${translated(text)}`), []);
});

test('a message whose reason is not known stays in English as a whole', () => {
  assert.match(translated('expected degrees, got `x`: `x` means nothing in a position') ?? '', /`x` не схоже на координати$/);
  assert.equal(translated('expected degrees, got `x`: for a reason of tomorrow'), null);
});
