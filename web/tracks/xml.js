// Reads XML in one pass, tag by tag: a hundredth of the time that a browser takes to make a document of a long track.

const markup = /<(?:!--[^]*?-->|!\[CDATA\[([^]*?)\]\]>|\?[^]*?\?>|!DOCTYPE[^>]*>|(\/?)([^\s/>!?]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>)/g;
/** @type {Record<string, string>} */
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What is wrong, and in which line. @typedef {{ line: number, tag: string }} XmlFault */
/** `path` has local names, the last being that of the element. @typedef {{ open: (path: string[], attributes: string) => void, close: (path: string[], text: string) => void }} Reader */

/** @param {string} text */
const decoded = (text) => (text.includes('&') ? text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, digits, name) => {
  const code = hex ? parseInt(hex, 16) : Number(digits);
  return name ? entities[name] ?? whole : code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}) : text);

const one_attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** @param {string} attributes @param {string} name */
export function attribute(attributes, name) {
  one_attribute.lastIndex = 0;
  for (let found = one_attribute.exec(attributes); found; found = one_attribute.exec(attributes)) {
    if (found[1] === name) return decoded(found[2] ?? found[3]).trim();
  }
  return null;
}

/** @param {string} name */
const local = (name) => name.slice(name.indexOf(':') + 1);

/** The first thing that is wrong, or null. @param {string} xml @param {Reader} reader @returns {XmlFault | null} */
export function read_xml(xml, { open, close }) {
  /** @type {string[]} */
  const path = [];
  let text = '';
  let read = 0;
  const fault = (/** @type {number} */ at) => ({ line: xml.slice(0, at).split('\n').length, tag: xml.slice(at, at + 40).split('\n')[0] });
  markup.lastIndex = 0;
  for (let found = markup.exec(xml); found; found = markup.exec(xml)) {
    const [whole, cdata, ends, name, attributes, is_empty] = found;
    const next = xml.indexOf('<', read);
    if (next !== found.index) return fault(next);
    text += decoded(xml.slice(read, next));
    read = next + whole.length;
    if (cdata !== undefined) text += cdata;
    if (!name) continue;
    if (ends) {
      if (path[path.length - 1] !== local(name)) return fault(next);
      close(path, text.trim());
      path.pop();
    } else {
      path.push(local(name));
      open(path, attributes);
      if (is_empty) {
        close(path, '');
        path.pop();
      }
    }
    text = '';
  }
  if (xml.indexOf('<', read) >= 0) return fault(xml.indexOf('<', read));
  return path.length > 0 ? { line: xml.split('\n').length, tag: `</${path[path.length - 1]}>` } : null;
}
