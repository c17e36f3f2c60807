#!/usr/bin/env python3
"""`Evaluator.evaluate` on NumPy arrays beside the C++ batch, and beside shapely and GeoPandas in a projected plane.

    build/python-test/bin/python bench/python_batch.py build/bench/bench_evaluate

One thread each; processor time, the least of the repetitions. The C++ batch is `full/theatre` of `make bench`:
1,000,000 positions over 33..41 E, 48..52.5 N. Shapely does less: which regions hold a position (prepared, STRtree of the positions) and how far the
nearest border edge is (STRtree of edges), in UTM zone 37, of what lies within 25..50 E, 43..58 N. Answers are compared first.
"""

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely

import kordon

AT = "2024-06-15T00:00:00Z"
PLANE = "EPSG:32637"
ROWS = 1_000_000
PEER_ROWS = 10_000


def cpu_ns(work: Callable[[], object], rows: int, repetitions: int = 1) -> float:
    """For each row."""
    least = float("inf")
    for _ in range(repetitions):
        begun = time.process_time_ns()
        work()
        least = min(least, time.process_time_ns() - begun)
    return least / rows


def batch_ns(program: Path, repetitions: int) -> float:
    options = ["--benchmark_filter=full/theatre", "--benchmark_format=json", "--benchmark_min_time=0.2"]
    command = [program, *options, f"--benchmark_repetitions={repetitions}"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    runs = [entry for entry in report["benchmarks"] if entry["run_type"] == "iteration"]
    return min(float(entry["cpu_time"] * 1e6 / entry["rows"]) for entry in runs)


def both_ns(program: Path, work: Callable[[], object], repetitions: int) -> tuple[float, float]:
    """In turns, so that what else the machine does is the same for both."""
    turns = [(batch_ns(program, repetitions), cpu_ns(work, ROWS, repetitions)) for _ in range(3)]
    batch, python = zip(*turns, strict=True)
    return min(batch), min(python)


class Shapely:
    """The same questions in a plane."""

    def __init__(self, evaluator: kordon.Evaluator) -> None:
        around = shapely.box(25, 43, 50, 58)
        self.regions = gpd.clip(evaluator.regions(frame=True), around).to_crs(PLANE).loc[["RU", "UA", "UA-63"]]
        lines = evaluator.borders(frame=True).to_crs(PLANE).explode().geometry
        ends = [(line.coords[i], line.coords[i + 1]) for line in lines for i in range(len(line.coords) - 1)]
        self.edges = gpd.GeoSeries(shapely.linestrings(np.array(ends)), crs=PLANE)
        self.edge_tree = shapely.STRtree(self.edges.array)
        self.to_plane = pyproj.Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
        shapely.prepare(self.regions.geometry.array)

    def places(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        return shapely.points(*self.to_plane.transform(lon, lat))

    def evaluate(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of region and place; distances. Shapely prepares what is asked with, so the tree is of the places."""
        held = shapely.STRtree(places).query(self.regions.geometry.array, predicate="contains")
        _, distance_m = self.edge_tree.query_nearest(places, return_distance=True, all_matches=False)
        return held, distance_m

    def geopandas(self, places: np.ndarray) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        frame = gpd.GeoDataFrame(geometry=places, crs=PLANE)
        edges = self.edges.to_frame("geometry")
        return gpd.sjoin(frame, self.regions, predicate="within"), gpd.sjoin_nearest(frame, edges, distance_col="distance_m")


def check(peer: Shapely, places: np.ndarray, scores: kordon.Scores) -> None:
    held, distance_m = peer.evaluate(places)
    names = [[] for _ in places]
    for region, place in held.T:
        names[place].append(peer.regions.index[region])
    clear = scores.distance_m > 5  # edges are straight in degrees there, and in the plane here
    same = np.array([";".join(sorted(found)) == said for found, said in zip(names, scores.regions, strict=True)])
    # UTM's scale is within 0.2 % of 1 between 33 and 41 E, and of a long way it is a mean.
    wrong = np.abs(distance_m / scores.distance_m - 1)[scores.distance_m > 1000] > 0.002
    if not same[clear].all() or wrong.any():
        raise SystemExit(f"answers differ: {np.sum(~same & clear)} sides, {wrong.sum()} distances")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench_evaluate", type=Path)
    parser.add_argument("--repetitions", type=int, default=5)
    arguments = parser.parse_args()
    evaluator = kordon.Evaluator()
    random = np.random.default_rng(9)
    lon, lat = random.uniform(33, 41, ROWS), random.uniform(48, 52.5, ROWS)
    peer = Shapely(evaluator)
    places = peer.places(lon[:PEER_ROWS], lat[:PEER_ROWS])
    check(peer, places, evaluator.evaluate(lon[:PEER_ROWS], lat[:PEER_ROWS], at=AT))

    batch, python = both_ns(arguments.bench_evaluate, lambda: evaluator.evaluate(lon, lat, at=AT), arguments.repetitions)
    with_names = cpu_ns(lambda: evaluator.evaluate(lon, lat, at=AT).to_pandas()["verdict"].astype(object), ROWS, arguments.repetitions)
    rows = {
        "C++ batch, full evaluation": batch,
        "evaluate on NumPy arrays": python,
        "the same, as a DataFrame with names": with_names,
        "shapely, STRtree": cpu_ns(lambda: peer.evaluate(places), PEER_ROWS, 2),
        "the same, with points made and projected": cpu_ns(lambda: peer.evaluate(peer.places(lon[:PEER_ROWS], lat[:PEER_ROWS])), PEER_ROWS),
        "GeoPandas, sjoin and sjoin_nearest": cpu_ns(lambda: peer.geopandas(places), PEER_ROWS),
    }
    print("| | ns a position | to evaluate on NumPy arrays |\n|---|---|---|")
    for name, ns in rows.items():
        print(f"| {name} | {ns:,.0f} | {ns / python:.2f} |")


if __name__ == "__main__":
    main()
