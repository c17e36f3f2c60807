// Where the device is, with the accuracy that it states: 95 %, as the service takes it.
import { t } from '../words/words.js';
import { by_id } from './dom.js';

const patience_ms = 20_000;

/** @param {(found: { lon: number, lat: number, accuracy_m: number }) => void} on_found @param {(message: string) => void} complain */
export function create_locate(on_found, complain) {
  const button = /** @type {HTMLButtonElement} */ (by_id('locate'));
  button.hidden = !isSecureContext || !('geolocation' in navigator);
  button.addEventListener('click', () => {
    button.disabled = true;
    const done = () => { button.disabled = false; };
    navigator.geolocation.getCurrentPosition(({ coords: { longitude, latitude, accuracy } }) => {
      done();
      on_found({ lon: Number(longitude.toFixed(6)), lat: Number(latitude.toFixed(6)), accuracy_m: Math.ceil(accuracy) });
    }, () => {
      done();
      complain(t('locate.failed'));
    }, { enableHighAccuracy: true, timeout: patience_ms });
  });
}
