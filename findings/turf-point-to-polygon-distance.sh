#!/bin/sh
# @turf/point-to-polygon-distance 7.4.0: the sign comes from edges straight in longitude and latitude, the size from great circles,
# so that a step of 222 m across a long edge turns 48 km inside into 48 km outside. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-fund --no-audit --loglevel=error @turf/point-to-polygon-distance@7.4.0 >/dev/null
cat > walk.mjs <<'JS'
import { pointToPolygonDistance } from '@turf/point-to-polygon-distance';
const square = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[20, 40], [40, 40], [40, 50], [20, 50], [20, 40]]] } };
const at = (lat) => pointToPolygonDistance([30, lat], square, { units: 'kilometers' });
console.log(`49.999 N: ${at(49.999).toFixed(3)} km, 50.001 N: ${at(50.001).toFixed(3)} km; the edge, the parallel of 50 N, is 0.111 km from both`);
if (!(at(49.999) < -47 && at(50.001) > 47)) throw new Error('it changed');
JS
node walk.mjs
