// el('p', {class: 'x'}, 'text', child): text is never read as HTML.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | number | undefined | null> | null} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map((child) => /** @type {Node | string} */ (child)));
  return node;
}

/** Makes a node like a fresh one. What is alike stays: while a hand drags the marker little else than figures changes.
 * @param {Node} old @param {Node} fresh */
function renew(old, fresh) {
  if (old.nodeName !== fresh.nodeName) return /** @type {ChildNode} */ (old).replaceWith(fresh);
  if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
  if (!(old instanceof Element) || !(fresh instanceof Element)) return;
  for (const name of old.getAttributeNames()) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  renew_children(old, ...fresh.childNodes);
}

/** For what has no listeners: a node that stays keeps its own. @param {Element} parent @param {...(Node | string)} fresh */
export function renew_children(parent, ...fresh) {
  if (parent.childNodes.length !== fresh.length) return parent.replaceChildren(...fresh);
  const nodes = fresh.map((child) => (typeof child === 'string' ? document.createTextNode(child) : child));
  [...parent.childNodes].forEach((old, i) => renew(old, nodes[i]));
}

/** @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
export function by_id(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return /** @type {T} */ (found);
}

/** A drawing from the sheet in the page. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}
