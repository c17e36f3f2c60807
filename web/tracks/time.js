// Times and lengths of time, as people read them.
import { locale, t } from '../words/words.js';
import { number } from '../words/format.js';

/** To the second, UTC. @param {string | number} at */
export function moment_s(at) {
  const text = new Date(at).toLocaleString(locale(), { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return `${text} UTC`;
}

/** Without its day. @param {string} at */
const clock = (at) => new Date(at).toLocaleTimeString(locale(), { timeZone: 'UTC', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** A day that both share is said once. @param {string} from @param {string} to RFC 3339, UTC */
export const from_to = (from, to) => (from.slice(0, 10) === to.slice(0, 10) ? `${moment_s(from).replace(/ UTC$/, '')} – ${clock(to)} UTC` : `${moment_s(from)} – ${moment_s(to)}`);

const units = /** @type {const} */ ([[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']]);

/** The two largest units; below a minute, tenths of a second. @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return `${number(seconds, seconds === 0 || seconds >= 10 ? 0 : 1)} ${t('track.s')}`;
  let left = Math.round(seconds);
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${number(count, 0)} ${t(`track.${unit}`)}`] : [];
  });
  return parts.slice(0, 2).join(' ');
}
