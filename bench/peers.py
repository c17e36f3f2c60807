#!/usr/bin/env python3
"""Asks PostGIS what Kordon answers, of the same positions in the same run, compares the answers and prints both costs.

    bench/peers.py BENCH_TABLES [--positions N]

The server is PostgreSQL's own, on a socket in a folder that is removed at the end; as root it runs as `postgres`. Costs
are processor time: PostgreSQL's as `log_statement_stats` gives it.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# A geography's edges are geodesics, Kordon's are straight in degrees: short ones are the same.
SETUP = """
CREATE EXTENSION postgis;
CREATE TABLE shape (id text, wkt text);
CREATE TABLE place (id int, lon float8, lat float8);
\\copy shape from 'shapes.tsv'
\\copy place from 'points.tsv'
ALTER TABLE place ADD geom geometry, ADD geog geography;
UPDATE place SET geom = ST_SetSRID(ST_Point(lon, lat), 4326), geog = ST_SetSRID(ST_Point(lon, lat), 4326);
CREATE TABLE region AS
  SELECT id, ST_BuildArea(ST_GeomFromText(wkt, 4326)) geom FROM shape WHERE id IN ('RU', 'UA');
CREATE TABLE border AS
  SELECT ST_Segmentize(ST_GeomFromText(wkt, 4326), 0.01)::geography geog FROM shape WHERE id = 'RU|UA';
CREATE TABLE piece AS SELECT id, ST_Subdivide(geom, 64) geom FROM region;
CREATE TABLE segment AS SELECT (ST_DumpSegments(geog::geometry)).geom::geography geog FROM border;
CREATE INDEX ON piece USING gist (geom);
CREATE INDEX ON segment USING gist (geog);
VACUUM ANALYZE;
"""

# The first as one would write it; the second with whatever makes PostGIS faster.
WHOLE = """
SELECT p.id, ST_Covers(ru.geom, p.geom) ru, ST_Covers(ua.geom, p.geom) ua, ST_Distance(border.geog, p.geog) m
FROM place p, region ru, region ua, border WHERE ru.id = 'RU' AND ua.id = 'UA'
"""
PIECES = """
SELECT p.id, EXISTS (SELECT 1 FROM piece WHERE id = 'RU' AND ST_Covers(geom, p.geom)) ru,
  EXISTS (SELECT 1 FROM piece WHERE id = 'UA' AND ST_Covers(geom, p.geom)) ua,
  (SELECT ST_Distance(s.geog, p.geog) FROM segment s ORDER BY s.geog <-> p.geog LIMIT 1) m
FROM place p
"""
TIMED = """
SET max_parallel_workers_per_gather = 0; SET jit = off;
SET client_min_messages = log; SET log_statement_stats = on;
CREATE TABLE answer AS {query};
SET log_statement_stats = off;
\\copy (SELECT * FROM answer ORDER BY id) to 'answer.tsv'
DROP TABLE answer;
"""


class Server:
    """PostgreSQL in a folder of its own, without a port."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name))
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def run(self, program: str, *arguments: str, **options):
        command = [*self.user, str(self.bin / program), *arguments]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True, **options)

    @contextlib.contextmanager
    def running(self):
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        # The server keeps what it is given as output: no pipe of ours.
        subprocess.run(
            [*self.user, str(self.bin / "pg_ctl"), "-D", data, "-o", options, "-l", f"{data}/log", "-w", "start"],
            cwd=self.folder, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield
        finally:
            self.run("pg_ctl", "-D", data, "-m", "fast", "stop")

    def ask(self, sql: str) -> str:
        """What the server said beside the answer."""
        options = ["-h", str(self.folder), "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
        return self.run("psql", *options, input=sql).stderr


def rows_of(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text().splitlines()]


def largest_difference_m(kordon: list[list[str]], peer: list[list[str]]) -> float:
    """Of distances. Sides must agree but within 1 m of the line, and distances to 0.5 %: PostGIS looks for the nearest
    point on a sphere and measures to it on the ellipsoid."""
    largest_m = 0.0
    for mine, theirs in zip(kordon, peer, strict=True):
        russia_m, ukraine_m, border_m = map(float, mine[1:])
        for side_m, inside in ((russia_m, theirs[1]), (ukraine_m, theirs[2])):
            if abs(side_m) > 1 and (side_m > 0) != (inside == "t"):
                sys.exit(f"Kordon and PostGIS differ: {mine} {theirs}")
        difference_m = abs(-border_m - float(theirs[3]))
        if difference_m > 0.005 * -border_m + 1:
            sys.exit(f"Kordon and PostGIS differ: {mine} {theirs}")
        largest_m = max(largest_m, difference_m)
    return largest_m


def cost_s(server: Server, sql: str) -> float:
    """Processor time of the longest statement that the server logs."""
    costs = re.findall(r"([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed\n", server.ask(sql))
    return max(float(user) + float(system) for user, system in costs)


def measure(server: Server, query: str, answers: list[list[str]]) -> tuple[float, float]:
    """ns for each position, and the largest difference in metres."""
    best_s = min(cost_s(server, TIMED.format(query=query)) for _ in range(3))
    return best_s * 1e9 / len(answers), largest_difference_m(answers, rows_of(server.folder / "answer.tsv"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_tables", type=Path)
    parser.add_argument("--positions", type=int, default=4096)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kordon-bench-"))
    try:
        tables = [arguments.bench_tables.resolve(), folder, str(arguments.positions)]
        kordon = json.loads(subprocess.run(tables, check=True, stdout=subprocess.PIPE).stdout)
        if os.geteuid() == 0:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres")
        answers = rows_of(folder / "answers.tsv")
        server = Server(folder)
        with server.running():
            server.ask(SETUP)
            queries = {"whole shapes": WHOLE, "pieces, indexed": PIECES}
            peers = {name: measure(server, query, answers) for name, query in queries.items()}
    finally:
        shutil.rmtree(folder)
    batch, single = kordon["full_ns"], kordon["single_ns"]
    print(f"theatre, {len(answers)} positions; Kordon: {batch:.0f} ns in a batch of a million, {single:.0f} one by one")
    print("| | us | to Kordon's batch | to Kordon one by one | largest difference, m |")
    print("|---|---|---|---|---|")
    for name, (ns, difference_m) in peers.items():
        print(f"| PostGIS, {name} | {ns / 1000:,.1f} | {ns / batch:,.0f} | {ns / single:,.1f} | {difference_m:.1f} |")


if __name__ == "__main__":
    main()
