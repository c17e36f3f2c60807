#!/usr/bin/env python3
"""Asks PostGIS, Shapely and MovingPandas where tracks enter and leave a region, compares the places with Kordon's, and
prints what a segment costs each, in the same run. It ends where a crossing is missing, or farther off than a plane
makes it.

    scripts/python-environment extents-peers bench/extents/requirements.txt
    build/extents-peers/bin/python bench/extents/track_peers.py build/bench/bench_extents [--tracks N]

Costs are processor time of one thread, the least of three passes; PostgreSQL's as `log_statement_stats` gives it. What
a peer does once for all tracks (indexes, projections, preparing) is not counted.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import warnings

warnings.filterwarnings("ignore", message="Missing optional dependencies")
import geopandas
import movingpandas
import pandas
import pyproj
import shapely

sys.path.append(str(Path(__file__).parents[1]))
from peers import Server, cost_s, rows_of

SETUP = """
CREATE EXTENSION postgis;
CREATE TABLE track (id int, wkt text);
CREATE TABLE region (wkt text);
\\copy track from 'tracks.tsv'
\\copy region from 'region.tsv'
DELETE FROM track WHERE id >= {count};
ALTER TABLE track ADD geom geometry, ADD geog geography;
UPDATE track SET geom = ST_GeomFromText(wkt, 4326), geog = ST_GeomFromText(wkt, 4326);
ALTER TABLE region ADD geom geometry, ADD geog geography;
UPDATE region SET geom = ST_GeomFromText(wkt, 4326), geog = ST_GeomFromText(wkt, 4326);
CREATE TABLE piece AS SELECT ST_Subdivide(ST_Boundary(geom), 64) geom FROM region;
CREATE INDEX ON piece USING gist (geom);
VACUUM ANALYZE;
"""
# The ends of a line's parts; those of the line itself are left out when they are compared.
ENDS = """
\\copy (SELECT id, ST_X(p), ST_Y(p) FROM (SELECT id, ST_Boundary((ST_Dump(g::geometry)).geom) b FROM answer) a, \
LATERAL (SELECT (ST_DumpPoints(b)).geom p) q) to 'answer.tsv'
"""
PLACES = """
\\copy (SELECT id, ST_X(p), ST_Y(p) FROM (SELECT id, (ST_DumpPoints(g)).geom p FROM answer) a) to 'answer.tsv'
"""
QUERIES = {
    "PostGIS, `ST_Intersection` on the plane of degrees": (
        "SELECT t.id, ST_Intersection(t.geom, r.geom) g FROM track t, region r", ENDS, 0.02),
    "PostGIS, the same with the border alone in indexed pieces": (
        "SELECT t.id, ST_Intersection(t.geom, p.geom) g FROM track t JOIN piece p ON ST_Intersects(t.geom, p.geom)",
        PLACES, 0.02),
    "PostGIS, `ST_Intersection` on geography": (
        "SELECT t.id, ST_Intersection(t.geog, r.geog) g FROM track t, region r", ENDS, 20),
}  # fmt: skip
TIMED = """
SET max_parallel_workers_per_gather = 0; SET jit = off;
DROP TABLE IF EXISTS answer;
SET client_min_messages = log; SET log_statement_stats = on;
CREATE TABLE answer AS {query};
SET log_statement_stats = off;
"""

geod = pyproj.Geod(ellps="WGS84")
Places = dict[int, list[tuple[float, float]]]


def places_of(file: Path, count: int) -> Places:
    places: Places = defaultdict(list)
    for track, lon, lat in rows_of(file):
        if int(track) < count:
            places[int(track)].append((float(lon), float(lat)))
    return places


def farthest_m(some: Places, others: Places) -> float:
    """Of a place of some to the nearest of the others on the same track."""
    worst_m = 0.0
    for track, places in some.items():
        for lon, lat in places:
            near = [geod.inv(lon, lat, *other)[2] for other in others.get(track, [])]
            worst_m = max(worst_m, min(near, default=float("inf")))
    return worst_m


def without_ends(places: Places, tracks: list[shapely.LineString]) -> Places:
    kept: Places = defaultdict(list)
    for track, found in places.items():
        ends = (tracks[track].coords[0], tracks[track].coords[-1])
        for place in found:
            if all(geod.inv(*place, *end)[2] > 1 for end in ends):
                kept[track].append(place)
    return kept


def ends_of(parts) -> list[tuple[float, float]]:
    return [end for part in shapely.get_parts(parts) for end in (part.coords[0], part.coords[-1])]


def least_s(work) -> float:
    best_s = float("inf")
    for _ in range(3):
        begun_s = time.process_time()
        work()
        best_s = min(best_s, time.process_time() - begun_s)
    return best_s


def ask_postgis(folder: Path, count: int):
    """For each query its name, seconds, the places, and by how much they may be off."""
    server = Server(folder)
    with server.running():
        server.ask(SETUP.format(count=count))
        for name, (query, output, within_m) in QUERIES.items():
            seconds = min(cost_s(server, TIMED.format(query=query)) for _ in range(3))
            server.ask(output)
            yield name, seconds, places_of(folder / "answer.tsv", count), within_m


def ask_shapely(tracks: list[shapely.LineString], region: shapely.Geometry):
    """On a transverse Mercator projection of the region's middle, into which all is brought beforehand."""
    middle = region.envelope.centroid
    there = pyproj.Transformer.from_crs(
        "EPSG:4326", f"+proj=tmerc +lon_0={middle.x} +lat_0={middle.y} +ellps=WGS84", always_xy=True
    )

    def project(geometry, direction):
        return shapely.transform(
            geometry, lambda xy: list(zip(*there.transform(xy[:, 0], xy[:, 1], direction=direction), strict=True))
        )

    plane_region = project(region, "FORWARD")
    plane_tracks = [project(track, "FORWARD") for track in tracks]
    shapely.prepare(plane_region)
    seconds = least_s(lambda: shapely.intersection(plane_tracks, plane_region))
    parts = shapely.intersection(plane_tracks, plane_region)
    places = {i: ends_of(project(part, "INVERSE")) for i, part in enumerate(parts) if not part.is_empty}
    yield "Shapely, `intersection` on a transverse Mercator projection", seconds, places, 20


def ask_movingpandas(tracks: list[shapely.LineString], region: shapely.Geometry):
    start = pandas.Timestamp("2024-06-01")
    frames = []
    for i, track in enumerate(tracks):
        at = pandas.date_range(start, periods=len(track.coords), freq="1min", name="at")
        frames.append(geopandas.GeoDataFrame({"track": i}, geometry=shapely.points(track.coords), index=at, crs=4326))
    collection = movingpandas.TrajectoryCollection(pandas.concat(frames), "track")
    seconds = least_s(lambda: collection.clip(region))
    places: Places = defaultdict(list)
    for trajectory in collection.clip(region).trajectories:
        line = trajectory.to_linestring()
        places[int(trajectory.parent.id)] += [line.coords[0], line.coords[-1]]
    yield f"MovingPandas, `clip` on the plane of degrees, {len(tracks)} tracks", seconds, places, 0.02


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench_extents", type=Path)
    parser.add_argument("--tracks", type=int, default=200, help="of 999 segments, 200 at most")
    arguments = parser.parse_args()
    count = arguments.tracks
    folder = Path(tempfile.mkdtemp(prefix="kordon-bench-"))
    try:
        extents = [arguments.bench_extents.resolve(), folder]
        written = subprocess.run(extents, check=True, capture_output=True, text=True)
        kordon_ns = float(written.stdout)
        if os.geteuid() == 0:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres")
        tracks = [shapely.from_wkt(wkt) for _, wkt in rows_of(folder / "tracks.tsv")][:count]
        region = shapely.from_wkt((folder / "region.tsv").read_text())
        kordon = without_ends(places_of(folder / "crossings.tsv", count), tracks)
        crossings = sum(map(len, kordon.values()))
        vertices = shapely.get_num_coordinates(region)
        print(f"{count} tracks of {len(tracks[0].coords)} fixes, a region of {vertices} vertices; Kordon: "
              f"{crossings} crossings, {kordon_ns:.0f} ns a segment")  # fmt: skip
        print("| | ns a segment | to Kordon | crossings | farthest from Kordon's, m |")
        print("|---|---|---|---|---|")
        few = min(count, 5)
        for asked, ask in (
            (count, lambda: ask_shapely(tracks, region)),
            (few, lambda: ask_movingpandas(tracks[:few], region)),
            (count, lambda: ask_postgis(folder, count)),
        ):
            mine = {track: places for track, places in kordon.items() if track < asked}
            segments = sum(len(track.coords) - 1 for track in tracks[:asked])
            for name, seconds, found, within_m in ask():
                theirs = without_ends(found, tracks)
                off_m = max(farthest_m(theirs, mine), farthest_m(mine, theirs))
                if off_m > within_m:
                    sys.exit(f"{name}: a crossing is {off_m} m off")
                cost_ns = 1e9 * seconds / segments
                crossings = sum(map(len, theirs.values()))
                times = cost_ns / kordon_ns
                print(f"| {name} | {cost_ns:,.0f} | {times:,.0f} | {crossings} | {off_m:.2g} |", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
