// What the three examples share: the service, the question, and how an answer is said. `?service=` names another service.
import { createClient } from 'kordon-map';

export const kordon = createClient(new URLSearchParams(location.search).get('service') ?? 'http://127.0.0.1:8080/');
export const question = { activity: 'counter-fire', depth_km: 60 };
export const at = '2024-06-15T00:00:00Z';
export const home = { lon: 36.6, lat: 50.6, zoom: 7 };
export const zone_colour = '#0072b2';
export const border_colour = '#3d3a35';

/** Whose data the map shows, as its licence asks. */
export async function attribution() {
  const { metadata } = await kordon.policy('us-kharkiv-2024');
  return metadata.layers.map((layer) => `${layer.attribution} (${layer.licence})`).join('; ');
}

/** Asks where a place stands, and says it. @param {number} lon @param {number} lat */
export async function ask(lon, lat) {
  const said = document.querySelector('#said');
  try {
    const { verdicts: [{ verdict, because }] } = await kordon.evaluate({ lon, lat, at, ...question });
    said.textContent = `${verdict}: ${because.text}`;
  } catch (fault) {
    said.textContent = String(fault); // a KordonError names what is wrong with the question
  }
}
