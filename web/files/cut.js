// Cuts a file, as it is read, into pieces of whole rows that the service can answer one by one.

/** @typedef {import('./format.js').Kind} Kind */
/** Where the rows of a piece stand in the file: their first bytes, their lengths, and the lines that they begin in, from 1.
 * @typedef {{ offsets: Float64Array, lengths: Uint32Array, lines: Uint32Array }} Rows */
/** @typedef {{ bytes: Uint8Array, rows: Rows }} Piece */
/** @typedef {{ push: (bytes: Uint8Array) => Piece[], end: () => Piece[] }} Cutter */

const newline = 10;
const carriage_return = 13;
const space = 32;
const quote = 34;
const [backslash, colon, open_list, close_list, open_object, close_object] = [...'\\:[]{}'].map((c) => c.charCodeAt(0));

/** @param {Uint8Array[]} parts */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Notes rows as they are found. */
function create_rows() {
  /** @type {number[]} */
  let offsets = [];
  /** @type {number[]} */
  let lengths = [];
  /** @type {number[]} */
  let lines = [];
  return {
    /** @param {number} offset @param {number} length @param {number} line */
    add(offset, length, line) {
      offsets.push(offset);
      lengths.push(length);
      lines.push(line);
    },
    /** @returns {Rows} */
    take() {
      const rows = { offsets: Float64Array.from(offsets), lengths: Uint32Array.from(lengths), lines: Uint32Array.from(lines) };
      [offsets, lengths, lines] = [[], [], []];
      return rows;
    },
  };
}

/** The header of a CSV file: it ends at the first newline outside quotes. */
function create_header() {
  /** @type {Uint8Array[]} */
  const parts = [];
  let quoted = false;
  let whole = false;
  return {
    text: () => joined(parts),
    is_whole: () => whole,
    /** Takes what belongs to it, and gives what follows. @param {Uint8Array} bytes */
    take(bytes) {
      for (let i = 0; i < bytes.length && !whole; ++i) {
        if (bytes[i] === quote) quoted = !quoted;
        if (bytes[i] !== newline || quoted) continue;
        whole = true;
        parts.push(bytes.subarray(0, i + 1));
        return bytes.subarray(i + 1);
      }
      parts.push(bytes);
      return new Uint8Array();
    },
  };
}

/** Follows lines byte by byte: where rows begin and end. A line without anything is no row, nor is one of blanks in JSON. @param {boolean} is_csv */
function create_line_follower(is_csv) {
  const rows = create_rows();
  let at = 0;
  let line = 1;
  let begin = 0;
  let begin_line = 1;
  let is_blank = true;
  let quoted = false;
  function end_row() {
    if (!is_blank) rows.add(begin, at - begin, begin_line);
    begin = at;
    begin_line = line;
    is_blank = true;
  }
  return {
    rows, end_row,
    /** Nothing before this is a row. */
    skip() {
      is_blank = true;
      end_row();
    },
    /** True at the end of a row. @param {number} byte */
    push(byte) {
      ++at;
      if (byte === quote) quoted = is_csv && !quoted;
      is_blank &&= byte === newline || byte === carriage_return || (!is_csv && byte === space);
      if (byte !== newline) return false;
      ++line;
      if (quoted) return false;
      end_row();
      return true;
    },
  };
}

/** Rows end at a newline; in CSV not within quotes, and each piece gets the header. @param {boolean} is_csv @param {number} piece_bytes @returns {Cutter} */
export function cut_lines(is_csv, piece_bytes) {
  /** @type {Uint8Array[]} */
  let kept = [];
  let kept_bytes = 0;
  const header = create_header();
  const follower = create_line_follower(is_csv);

  /** @returns {Piece} */
  function take() {
    const bytes = joined([...(is_csv ? [header.text()] : []), ...kept]);
    kept = [];
    kept_bytes = 0;
    return { bytes, rows: follower.rows.take() };
  }
  /** @param {Uint8Array} bytes */
  function after_header(bytes) {
    const rest = is_csv && !header.is_whole() ? header.take(bytes) : bytes;
    for (const byte of bytes.subarray(0, bytes.length - rest.length)) follower.push(byte);
    if (rest !== bytes) {
      follower.skip();
      follower.rows.take();
    }
    return rest;
  }

  return {
    push(bytes) {
      const rest = after_header(bytes);
      const pieces = [];
      let start = 0;
      for (let i = 0; i < rest.length; ++i) {
        if (!follower.push(rest[i]) || kept_bytes + i + 1 - start < piece_bytes) continue;
        kept.push(rest.subarray(start, i + 1));
        pieces.push(take());
        start = i + 1;
      }
      if (start < rest.length) {
        kept.push(rest.subarray(start));
        kept_bytes += rest.length - start;
      }
      return pieces;
    },
    end() {
      follower.end_row();
      // Without an end of its line the header may be all rows, in lines that end otherwise: the service tells.
      const only_header = is_csv && !header.is_whole() && header.text().length > 0;
      return kept_bytes > 0 || only_header ? [take()] : [];
    },
  };
}

/** Bytes one by one, in memory that grows. @param {number} least_bytes */
function create_buffer(least_bytes) {
  let out = new Uint8Array(least_bytes);
  let length = 0;
  return {
    length: () => length,
    /** @param {number} byte */
    put(byte) {
      if (length === out.length) {
        const larger = new Uint8Array(2 * out.length);
        larger.set(out);
        out = larger;
      }
      out[length++] = byte;
    },
    take() {
      const taken = out.slice(0, length);
      length = 0;
      return taken;
    },
  };
}

/** Follows a FeatureCollection byte by byte: how deep in brackets it is, and whether in its list of features. */
function create_nesting() {
  let depth = 0;
  let in_text = false;
  let escaped = false;
  let key = '';
  let last_key = '';
  let in_features = false;

  /** @param {number} byte */
  function text(byte) {
    if (escaped) escaped = false;
    else if (byte === backslash) escaped = true;
    else if (byte === quote) in_text = false;
    if (depth === 1 && in_text) key += String.fromCharCode(byte);
  }
  /** @param {number} byte */
  function structure(byte) {
    if (byte === quote) {
      in_text = true;
      key = '';
    } else if (byte === colon && depth === 1) last_key = key;
    else if (byte === open_list || byte === open_object) {
      ++depth;
      if (depth === 2) in_features = byte === open_list && last_key === 'features';
    } else if (byte === close_list || byte === close_object) --depth;
  }
  return {
    in_features: () => in_features,
    depth: () => depth,
    /** @param {number} byte */
    push: (byte) => (in_text ? text(byte) : structure(byte)),
  };
}

/** The features of a FeatureCollection, each on a line of its own. @param {number} piece_bytes @returns {Cutter} */
export function cut_features(piece_bytes) {
  const out = create_buffer(2 * piece_bytes);
  const nesting = create_nesting();
  const rows = create_rows();
  let [at, line, begin, begin_line] = [0, 1, 0, 1];
  const take = () => ({ bytes: out.take(), rows: rows.take() });
  return {
    push(bytes) {
      const pieces = [];
      for (const byte of bytes) {
        const was_inside = nesting.depth() > 2;
        nesting.push(byte);
        const is_inside = nesting.depth() > 2;
        if (!was_inside) [begin, begin_line] = [at, line];
        ++at;
        if (byte === newline) ++line;
        if (!nesting.in_features() || (!was_inside && !is_inside)) continue;
        out.put(byte === newline ? space : byte);
        if (is_inside) continue;
        out.put(newline);
        rows.add(begin, at - begin, begin_line);
        if (out.length() >= piece_bytes) pieces.push(take());
      }
      return pieces;
    },
    end: () => (out.length() > 0 ? [take()] : []),
  };
}

/** @param {Kind} kind @param {number} piece_bytes */
export const create_cutter = (kind, piece_bytes) => (kind === 'geojson' ? cut_features(piece_bytes) : cut_lines(kind === 'csv', piece_bytes));
