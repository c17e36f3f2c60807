#!/usr/bin/env python3
"""What tzfpy and timezonefinder say of the positions that bench_world wrote, and what they take.

    bench/world/names.py ANSWERS.csv [COUNT]

Prints nanoseconds of processor time a name, and how many names differ, by how far the position is from a border."""

import csv
import sys
import time

import timezonefinder
import tzfpy


def read(file: str, count: int) -> list[tuple[float, float, float, set[str]]]:
    with open(file, newline="", encoding="utf-8") as rows:
        found = []
        for row in csv.DictReader(rows):
            regions = set(row["regions"].rstrip(";").split(";"))
            found.append((float(row["lon"]), float(row["lat"]), float(row["stable_m"]), regions))
            if len(found) == count:
                break
    return found


def time_names(name: str, rows, ask) -> list[str]:
    start = time.process_time()
    names = [ask(lon, lat) for lon, lat, _, _ in rows]
    print(f"{name}: {(time.process_time() - start) / len(rows) * 1e9:.0f} ns a name")
    return names


def compare(name: str, rows, names: list[str]) -> None:
    wrong = [stable_m for (_, _, stable_m, regions), said in zip(rows, names) if said not in regions]
    far = [stable_m for stable_m in wrong if stable_m > 500]
    print(f"{name}: {len(wrong)} of {len(rows)} names differ, {len(far)} of them farther than 500 m from a border")


if __name__ == "__main__":
    positions = read(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000)
    compare("tzfpy", positions, time_names("tzfpy", positions, tzfpy.get_tz))
    finder = timezonefinder.TimezoneFinder(in_memory=True)
    names = time_names("timezonefinder", positions, lambda lon, lat: finder.timezone_at(lng=lon, lat=lat))
    compare("timezonefinder", positions, names)
