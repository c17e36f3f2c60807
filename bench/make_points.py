#!/usr/bin/env python3
"""Writes seeded positions as CSV or NDJSON, by turns over the whole world, over 33..41 E 48..52.5 N, and within about
5 km of the border that Kharkiv oblast shares with Russia.

    bench/make_points.py ROWS [--where world theatre border] [--format csv|ndjson] [--seed N] > FILE
"""

import argparse
import math
import random
import sys

# A coarse trace of RU|UA-63, longitude and latitude.
TRACE = [(35.66, 50.35), (35.80, 50.42), (36.20, 50.41), (36.55, 50.24), (36.92, 50.34), (37.33, 50.44), (37.46, 50.36),
         (37.60, 50.29), (37.85, 50.10), (38.03, 49.90)]  # fmt: skip


def near_border(rng: random.Random) -> tuple[float, float]:
    a, b = rng.choice(list(zip(TRACE, TRACE[1:])))
    share = rng.random()
    lon, lat = (a[i] + share * (b[i] - a[i]) for i in (0, 1))
    angle, degrees = rng.random() * 2 * math.pi, rng.random() * 0.045
    return lon + math.cos(angle) * degrees * 1.56, lat + math.sin(angle) * degrees


PLACES = {
    "world": lambda rng: (rng.uniform(-180, 180), math.degrees(math.asin(rng.uniform(-1, 1)))),
    "theatre": lambda rng: (rng.uniform(33, 41), rng.uniform(48, 52.5)),
    "border": near_border,
}


def positions(rows: int, seed: int, where: list[str]):
    rng = random.Random(seed)
    for row in range(rows):
        yield PLACES[where[row % len(where)]](rng)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("--where", nargs="+", choices=PLACES, default=list(PLACES))
    parser.add_argument("--format", choices=["csv", "ndjson"], default="csv")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    out = sys.stdout
    if arguments.format == "csv":
        out.write("id,lon,lat,note\n")
    line = "%d,%.6f,%.6f,row %d\n" if arguments.format == "csv" else '{"id":%d,"lon":%.6f,"lat":%.6f,"note":"row %d"}\n'
    for row, (lon, lat) in enumerate(positions(arguments.rows, arguments.seed, arguments.where)):
        out.write(line % (row, lon, lat, row))


if __name__ == "__main__":
    main()
