// The styles of lines and areas, which the first view does not need.
import { el } from '../panel/dom.js';

export const style_loaded = new Promise((done) => {
  const link = el('link', { rel: 'stylesheet', href: 'web/style/tracks.css' });
  link.addEventListener('load', done);
  link.addEventListener('error', done);
  document.head.append(link);
});
