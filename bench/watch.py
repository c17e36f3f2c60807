#!/usr/bin/env python3
"""Fixes of many objects through `kordon watch`: rate, memory with a tenth of them and with all, and whether the events are
the crossings that `kordon score --lines` finds in the same fixes held at once. Ends with a fault where two differ.

    bench/watch.py [--fixes 10000000] [--objects 10000] [--program build/release/kordon]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ASKED = ["--activity", "counter-fire", "--quiet"]
START = np.datetime64("2024-06-15T00:00:00")
STEP_S = 60

Crossing = tuple[str, str, str, float, float]


def write(file: Path, fixes: int, objects: int):
    """Ways through the theatre with bearings that sway, 1 km a minute, the objects' fixes between each other."""
    random = np.random.default_rng(20240530)
    lon, lat = random.uniform(33, 41, objects), random.uniform(48, 52.5, objects)
    bearing = random.uniform(0, 2 * np.pi, objects)
    with file.open("w") as out:
        out.write("id,lon,lat,at\n")
        for step in range(fixes // objects):
            at = f"{START + step * STEP_S}Z"
            out.writelines(f"ship-{i},{x:.6f},{y:.6f},{at}\n" for i, (x, y) in enumerate(zip(lon.tolist(), lat.tolist())))
            bearing += random.normal(0, 0.3, objects)
            bearing = np.where((lat < 47) | (lat > 53.5) | (lon < 31) | (lon > 43), np.arctan2(37 - lon, 50.5 - lat), bearing)
            lon, lat = lon + np.sin(bearing) / 71, lat + np.cos(bearing) / 111


def run(command: list[str], out: Path) -> tuple[float, int]:
    """Seconds, and the peak of resident memory in MB."""
    begin = time.monotonic()
    with out.open("wb") as file:
        process = subprocess.Popen(command, stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command}: status {status}")
    return time.monotonic() - begin, usage.ru_maxrss // 1024


def of_events(file: Path) -> dict[str, list[Crossing]]:
    """By object, in the order in which they were told."""
    found: dict[str, list[Crossing]] = {}
    for line in file.open():
        event = json.loads(line)
        data = event["data"]
        if event["type"] == "org.kordon.verdict" and data["from"] is not None:
            found.setdefault(event["subject"], []).append((event["time"], data["from"], data["to"], data["lon"], data["lat"]))
    return found


def same(events: list[Crossing], crossings: list[Crossing]) -> bool:
    """To a millimetre and a millisecond, since a stream and a line are cut at different places."""
    close = (
        a[1:3] == b[1:3] and abs(np.datetime64(a[0][:-1]) - np.datetime64(b[0][:-1])) <= np.timedelta64(1, "ms")
        and max(abs(a[3] - b[3]), abs(a[4] - b[4])) < 1.5e-8
        for a, b in zip(events, crossings)
    )  # fmt: skip
    return len(events) == len(crossings) and all(close)


def of_lines(file: Path) -> Iterator[tuple[str, list[Crossing]]]:
    for line in file.open():
        answer = json.loads(line)
        yield answer["id"], [(c["time"], c["from"], c["to"], c["lon"], c["lat"]) for c in answer["crossings"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fixes", type=int, default=10_000_000)
    parser.add_argument("--objects", type=int, default=10_000)
    parser.add_argument("--program", default="build/release/kordon")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for fixes in (asked.fixes // 10, asked.fixes):
            write(folder / "fixes.csv", fixes, asked.objects)
            seconds, memory = run([asked.program, "watch", str(folder / "fixes.csv"), *ASKED], folder / "events.jsonl")
            print(f"{fixes:,} fixes of {asked.objects:,} objects: {seconds:.1f} s, {fixes / seconds:,.0f} a second, {memory} MB")
        run([asked.program, "watch", str(folder / "fixes.csv"), *ASKED], folder / "again.jsonl")
        if (folder / "again.jsonl").read_bytes() != (folder / "events.jsonl").read_bytes():
            sys.exit("a second run tells other events")
        command = [asked.program, "score", str(folder / "fixes.csv"), "--lines", "--full", "--to", "ndjson", *ASKED]
        seconds, memory = run(command, folder / "lines.jsonl")
        events, crossings, objects = of_events(folder / "events.jsonl"), 0, 0
        for name, expected in of_lines(folder / "lines.jsonl"):
            if not same(events.get(name, []), expected):
                sys.exit(f"{name}: events {events.get(name, [])[:3]} ... are not the crossings {expected[:3]} ...")
            crossings, objects = crossings + len(expected), objects + 1
        print(f"as lines: {seconds:.1f} s, {memory} MB; the same {crossings:,} crossings of {objects:,} objects")


if __name__ == "__main__":
    main()
