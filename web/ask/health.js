// Whether the service answers. While it does not, it is asked again and again.
import { get, Unreachable } from './service.js';

const pause_ms = 700;
const patience_ms = 4000;

/**
 * @param {(up: boolean) => void} on_change
 */
export function create_health(on_change) {
  let up = true;

  async function watch() {
    while (!up) {
      await new Promise((done) => setTimeout(done, pause_ms));
      try {
        await get('v1/limits', {}, AbortSignal.timeout(patience_ms));
        up = true;
      } catch (fault) {
        up = !(fault instanceof Unreachable) && /** @type {Error} */ (fault).name !== 'AbortError' &&
          /** @type {Error} */ (fault).name !== 'TimeoutError';
      }
    }
    on_change(true);
  }

  return {
    /** Tells of a fault; true if it means that the service is gone. @param {unknown} fault */
    noted(fault) {
      if (!(fault instanceof Unreachable)) return false;
      if (up) {
        up = false;
        on_change(false);
        watch();
      }
      return true;
    },
    is_up: () => up,
  };
}
