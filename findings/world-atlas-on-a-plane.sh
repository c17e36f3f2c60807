#!/bin/sh
# world-atlas 2.0.2 (Natural Earth 4.1 as TopoJSON) has no cuts at 180 degrees and no edges to the poles: it is made for d3-geo's
# sphere. Read on a plane, as GeoJSON is meant (RFC 7946, section 3.1.9), its Russia holds Greenland, and its Antarctica not
# the South Pole. d3-geo 3.1.1 and @turf/boolean-point-in-polygon 7.4.0 answer the same file differently. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-fund --no-audit --loglevel=error \
  world-atlas@2.0.2 topojson-client@3.1.0 d3-geo@3.1.1 @turf/boolean-point-in-polygon@7.4.0 >/dev/null
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { geoContains } from 'd3-geo';
import { feature } from 'topojson-client';

for (const scale of ['10m', '50m', '110m']) {
  const atlas = JSON.parse(readFileSync(`node_modules/world-atlas/countries-${scale}.json`, 'utf8'));
  const { features } = feature(atlas, atlas.objects.countries);
  for (const [name, place, truth] of [['Russia', [100, 60], true], ['Russia', [-50, 68], false], ['Antarctica', [0, -89], true]]) {
    const country = features.find(({ properties }) => properties.name === name);
    const [sphere, plane] = [geoContains(country, place), booleanPointInPolygon(place, country)];
    console.log(`countries-${scale}: ${place.join(' ')} in ${name}? d3-geo: ${sphere}; Turf: ${plane}`);
    if (sphere !== truth || (plane === truth) !== (place[0] === 100)) throw new Error('it changed');
  }
}
JS
node ask.mjs
