// To whom the small map tells its answers: the page around it, if its origin may frame it (`web.embed.origins` of kordon.json).

/** The origins that a message is to be posted for: the browser delivers it to the one that the page around has, if that is
 * among them. Where the page around says who it is (`referrer`), that one alone.
 * @param {string[]} allowed of the configuration, `*` for any @param {string} own @param {string} referrer
 * @returns {string[]} */
export function parent_origins(allowed, own, referrer) {
  const around = URL.canParse(referrer) ? new URL(referrer).origin : '';
  if (allowed.includes('*')) return [around || '*'];
  const origins = [own, ...allowed];
  return origins.includes(around) ? [around] : origins;
}

/** @param {object} message @param {string[]} allowed */
export function tell_parent(message, allowed) {
  if (window.parent === window) return;
  for (const origin of parent_origins(allowed, window.location.origin, document.referrer)) {
    window.parent.postMessage(message, origin);
  }
}
