// The buttons to zoom by and the scale, in the language of the page.
import * as maplibre from '../vendor/maplibre-gl.mjs';
import { on_language, t } from '../words/words.js';

/** @param {maplibre.Map} map */
export function add_controls(map) {
  const zoom = new maplibre.NavigationControl({ showCompass: false });
  const scale = new maplibre.ScaleControl({});
  const full_screen = new maplibre.FullscreenControl({ container: document.documentElement });
  function put() {
    Object.assign(map._locale, {
      'NavigationControl.ZoomIn': t('zoom.in'), 'NavigationControl.ZoomOut': t('zoom.out'), 'FullscreenControl.Enter': t('screen.full'), 'FullscreenControl.Exit': t('screen.part'), 'ScaleControl.Meters': t('m'), 'ScaleControl.Kilometers': t('km'),
    });
    map.getCanvas().setAttribute('aria-label', t('map'));
    map.addControl(zoom, 'top-right');
    if (document.fullscreenEnabled) map.addControl(full_screen, 'top-right');
    map.addControl(scale, 'top-left');
  }
  put();
  on_language(() => {
    map.removeControl(zoom);
    if (map.hasControl(full_screen)) map.removeControl(full_screen);
    map.removeControl(scale);
    put();
  });
}
