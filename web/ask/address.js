// The address of the page says what is asked and seen. Another question is another step back; another view is none.

const pause_ms = 250;

/** @param {string} hash */
const without_view = (hash) => hash.replace(/^#/, '').split('&').filter((part) => !part.startsWith('map=')).join('&');

/** Writes the link once hand and map rest. @param {() => string} link */
export function create_address(link) {
  let timer = 0;
  let is_left = false;
  function write() {
    const now = link();
    const is_step = location.hash.includes('=') && without_view(location.hash) !== without_view(now);
    if (is_step) history.pushState(null, '', now);
    else history.replaceState(null, '', now);
  }
  function follow() {
    clearTimeout(timer);
    if (!is_left) timer = window.setTimeout(write, pause_ms);
  }
  return {
    follow,
    asked() {
      is_left = false;
      follow();
    },
    /** A link that is refused stays in the address until something else is asked. */
    leave() {
      is_left = true;
      follow();
    },
  };
}
