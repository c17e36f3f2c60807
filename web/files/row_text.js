// The text of a row as the file has it, and its cells by name.

const head_bytes = 65_536;
const delimiters = [',', ';', '\t', '|'];

/** The cells of one row of CSV. @param {string} text @param {string} delimiter @returns {string[]} */
export function cells_of(text, delimiter) {
  const cells = [''];
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') cells[cells.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === delimiter) cells.push('');
    else if (!quoted && (c === '\n' || c === '\r')) break;
    else cells[cells.length - 1] += c;
  }
  return cells;
}

/** How the columns of a file are called: of CSV by its header, else by the members of the first row. @param {Blob} file @param {import('./format.js').Kind} kind
 * @returns {Promise<{ names: string[], delimiter: string }>} */
export async function columns_of(file, kind) {
  const head = (await file.slice(0, head_bytes).text()).replace(/^\uFEFF/, '');
  if (kind === 'csv') {
    const [delimiter] = delimiters.map((one) => ({ one, count: cells_of(head, one).length })).sort((a, b) => b.count - a.count).map(({ one }) => one);
    return { names: cells_of(head, delimiter).map((name) => name.trim()), delimiter };
  }
  return { names: kind === 'ndjson' ? Object.keys(members_of(head.split('\n').find((line) => line.trim()) ?? '')) : [], delimiter: '' };
}

/** @param {string} text @returns {Record<string, unknown>} */
function members_of(text) {
  try {
    const row = JSON.parse(text.replace(/^[\x1e,\s]+|[,\s]+$/g, ''));
    return row.type === 'Feature' ? { ...(row.id === undefined ? {} : { id: row.id }), ...row.properties } : row;
  } catch {
    return {};
  }
}

/** @param {{ file: Blob, kind: import('./format.js').Kind, names: string[], delimiter: string }} of @param {{ offset: number, length: number }} row */
export async function row_text({ file, kind, names, delimiter }, { offset, length }) {
  const text = await file.slice(offset, offset + length).text();
  const cells = kind === 'csv' ? cells_of(text, delimiter).map((cell, i) => [names[i] ?? '', cell]) : Object.entries(members_of(text)).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return { text: text.trim(), cells };
}
