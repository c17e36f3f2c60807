// What is known of each row of a file, in columns: a million rows take little room, and are sorted in a moment.

/** Beside the numbers of verdicts: a row in error. */
export const in_error = 4;

/** @typedef {import('./worker.js').Points} Points */
/** @typedef {{ outcome: number, margin_m: number, line: number, offset: number, length: number, lon: number, lat: number }} Row in error without a place (NaN); line 0: not known */
/** @typedef {'line' | 'margin'} SortKey */

/** A column that grows. @template {Float64Array | Float32Array | Uint32Array | Uint8Array} T @param {new (length: number) => T} kind */
function create_column(kind) {
  let cells = new kind(1024);
  let length = 0;
  return {
    cells: () => /** @type {T} */ (cells.subarray(0, length)),
    clear() { length = 0; },
    /** @param {T} more */
    push(more) {
      if (length + more.length > cells.length) {
        const larger = new kind(Math.max(2 * cells.length, length + more.length));
        larger.set(/** @type {any} */ (cells.subarray(0, length)));
        cells = larger;
      }
      cells.set(/** @type {any} */ (more), length);
      length += more.length;
    },
  };
}

/** From Web Mercator in two parts each, as the points are drawn. @param {Float32Array} places @param {number} point */
function place_at(places, point) {
  const [x, y] = [places[4 * point] + places[4 * point + 2], places[4 * point + 1] + places[4 * point + 3]];
  return { lon: x * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI };
}

/** Numbers of rows by margin, else as they stand; rows without a margin stand last. @param {Uint8Array} outcomes @param {Float64Array | null} margins_m @param {boolean} falls @param {number | null} outcome */
function ordered(outcomes, margins_m, falls, outcome) {
  const rows = Uint32Array.from(outcomes.keys()).filter((row) => outcome === null || outcomes[row] === outcome);
  if (!margins_m) return falls ? rows.reverse() : rows;
  const weight = (/** @type {number} */ row) => (Number.isNaN(margins_m[row]) ? Infinity : falls ? -margins_m[row] : margins_m[row]);
  return rows.sort((a, b) => {
    const [x, y] = [weight(a), weight(b)];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
}

export function create_row_store() {
  const columns = {
    outcomes: create_column(Uint8Array), margins_m: create_column(Float64Array), in_region: create_column(Uint8Array), offsets: create_column(Float64Array),
    lengths: create_column(Uint32Array), lines: create_column(Uint32Array), points: create_column(Uint32Array), places: create_column(Float32Array), rows: create_column(Uint32Array),
  };
  const count = () => columns.outcomes.cells().length;

  return {
    count,
    clear() { for (const column of Object.values(columns)) column.clear(); },
    /** @param {Points} told */
    add({ facts, places }) {
      const first_row = count();
      const first_point = columns.rows.cells().length;
      const point_of = new Uint32Array(facts.outcomes.length);
      const row_of = new Uint32Array(places.length / 4);
      let points = 0;
      facts.outcomes.forEach((outcome, i) => {
        point_of[i] = first_point + points;
        if (outcome !== in_error) row_of[points++] = first_row + i;
      });
      for (const name of /** @type {const} */ (['outcomes', 'margins_m', 'in_region', 'offsets', 'lengths', 'lines'])) columns[name].push(/** @type {any} */ (facts[name]));
      columns.points.push(point_of);
      columns.places.push(/** @type {Float32Array<ArrayBuffer>} */ (places));
      columns.rows.push(row_of);
    },
    /** @param {number} row @returns {Row} */
    row(row) {
      const outcome = columns.outcomes.cells()[row];
      const place = outcome === in_error ? { lon: NaN, lat: NaN } : place_at(columns.places.cells(), columns.points.cells()[row]);
      return { outcome, margin_m: columns.margins_m.cells()[row], line: columns.lines.cells()[row], offset: columns.offsets.cells()[row], length: columns.lengths.cells()[row], ...place };
    },
    /** Those with this outcome, or all (null). @param {SortKey} key @param {boolean} falls @param {number | null} outcome */
    order: (key, falls, outcome) => ordered(columns.outcomes.cells(), key === 'margin' ? columns.margins_m.cells() : null, falls, outcome),
    /** The row that begins in this line, or -1. @param {number} line */
    of_line: (line) => columns.lines.cells().indexOf(line),
    /** Of all points, in the order in which they came. */
    places: () => columns.places.cells(),
    row_of_point: (/** @type {number} */ point) => columns.rows.cells()[point],
    outcome: (/** @type {number} */ row) => columns.outcomes.cells()[row],
    in_regions: () => columns.in_region.cells().reduce((sum, one) => sum + one, 0),
    points: () => columns.rows.cells().length,
  };
}

/** @typedef {ReturnType<typeof create_row_store>} RowStore */
