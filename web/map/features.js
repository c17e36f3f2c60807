// What a zone or a border under the hand is: its name beside the cursor, and on a click what is known of it.
import { url_of } from '../ask/service.js';
import { line_name } from '../panel/because.js';
import { el } from '../panel/dom.js';
import { said } from '../panel/said.js';
import { day, distance } from '../words/format.js';
import { t } from '../words/words.js';
import { own } from './layers.js';

/** @typedef {import('../vendor/maplibre-gl.mjs').Map} Map */
/** @typedef {import('../ask/types.js').Policy} Policy */
/** @typedef {{ kind: 'border' | 'zone', id: string, properties: Record<string, any> }} Found */

const within_px = 4;
const border_layers = ['borders-0', 'borders-1'].map(own);
const zone_layers = ['zones-permit', 'zones-prohibit'].map(own);

/** A border goes before the zone that it bounds. @param {Map} map @param {{ x: number, y: number }} at @returns {Found | null} */
function found_at(map, { x, y }) {
  const box = /** @type {[[number, number], [number, number]]} */ ([[x - within_px, y - within_px], [x + within_px, y + within_px]]);
  const [border] = map.queryRenderedFeatures(box, { layers: border_layers });
  if (border) return { kind: 'border', id: String(border.properties.id), properties: border.properties };
  const [zone] = map.queryRenderedFeatures([x, y], { layers: zone_layers });
  return zone ? { kind: 'zone', id: `${zone.properties.policy}:${zone.properties.rule}`, properties: zone.properties } : null;
}

/** @param {Found} found @param {Policy} policy */
const rule_of = ({ properties }, policy) => policy.rules.find(({ id }) => id === properties.rule);

/** @param {Found} found @param {Policy} policy */
function title_of(found, policy) {
  if (found.kind === 'border') return line_name(found.id);
  return rule_of(found, policy)?.title ?? found.id;
}

/** @param {Found} found @param {Policy} policy */
function content(found, policy) {
  const rule = rule_of(found, policy);
  const dates = [rule?.from && t('time.from', { date: day(rule.from) }), rule?.until && t('time.until', { date: day(rule.until) })].filter(Boolean).join(', ');
  const path = found.kind === 'border' ? `collections/borders/items/${encodeURIComponent(found.id)}` : '';
  return [
    el('strong', {}, found.kind === 'border' ? line_name(found.id) : said(title_of(found, policy))),
    el('p', {}, found.kind === 'border' ? t('feature.border', { accuracy: distance(Number(found.properties.accuracy_m)) }) : `${t(found.properties.effect === 'permit' ? 'legend.permit' : 'legend.prohibit')}${dates ? ` · ${dates}` : ''}`),
    rule?.assumed.length ? el('ul', { class: 'warnings' }, ...rule.assumed.map((text) => el('li', {}, said(text)))) : '',
    path && el('a', { href: url_of(path).href, download: `${found.id}.geojson` }, t('feature.download')),
  ];
}

/** @param {Map} map @param {() => Policy} policy @param {(taker: import('../page.js').ClickTaker) => void} take_click */
export function create_features(map, policy, take_click) {
  const hint = el('div', { class: 'map-card', id: 'feature-hint', hidden: true });
  const close = el('button', { type: 'button', class: 'quiet close' }, '×');
  const body = el('div', {});
  const card = el('section', { class: 'map-card pinned', id: 'feature-card', hidden: true }, close, body);
  map.getContainer().append(hint, card);
  let asked = 0;
  const hide = () => { hint.hidden = true; };
  close.addEventListener('click', () => { card.hidden = true; });

  map.on('mousemove', ({ point, originalEvent }) => {
    cancelAnimationFrame(asked);
    if (map.isMoving() || originalEvent.buttons || document.querySelector('#row-card:not([hidden]), #track-hint:not([hidden]), #draw-card:not([hidden])')) return hide();
    asked = requestAnimationFrame(() => {
      const found = found_at(map, point);
      if (!found) return hide();
      hint.replaceChildren(found.kind === 'border' ? title_of(found, policy()) : said(title_of(found, policy())));
      const is_left = point.x > map.getContainer().clientWidth / 2;
      hint.dataset.side = is_left ? 'left' : 'right';
      hint.style.translate = `${is_left ? point.x - 12 : point.x + 12}px ${point.y + 14}px`;
      hint.hidden = false;
    });
  });
  map.on('mouseout', hide);
  map.on('movestart', hide);
  take_click(({ point }) => {
    const found = found_at(map, point);
    card.hidden = found === null;
    close.setAttribute('aria-label', t('file.close'));
    if (found) body.replaceChildren(...content(found, policy()));
    return false; // the place is asked for, too
  });
}
