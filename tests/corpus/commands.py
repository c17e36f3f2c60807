"""What the command line is asked, in a folder with a file of the same rows in every format. A case is (arguments, input, files that it writes)."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from places import BAD_NUMBERS, TEXTS, TIMES, as_csv, bodies, positions

Command = tuple[list[str], str | None, list[str]]
ENDINGS = {"application/json": "json", "application/geo+json": "geojson", "application/x-ndjson": "ndjson",
           "application/geo+json-seq": "geojsonseq", "text/csv": "csv"}
AT = ["--at", TIMES[0]]


def write_inputs(folder: Path):
    for media_type, text in bodies(3, 400).items():
        (folder / f"in.{ENDINGS[media_type]}").write_text(text)
    plain = [{"id": index, "lon": lon, "lat": lat} for index, (lon, lat) in enumerate(positions(4, 20000, far=0.02))]
    (folder / "many.csv").write_text(as_csv(plain, names=("id", "lon", "lat")))
    (folder / "few.csv").write_text(as_csv(plain[:1500], delimiter=";", end="\r\n", names=("id", "lat", "lon")))
    (folder / "fewest.csv").write_text(as_csv(plain[:200], names=("id", "lon", "lat")))
    (folder / "bad.json").write_text("{")
    (folder / "bad-config.json").write_text(json.dumps({"layers": [{"id": "a", "file": "none.shp"}], "policies": ["none.json"], "x": 1}))
    (folder / "bytes.csv").write_bytes(b"lon,lat,note\n36.5,50.5,\xff\xfe\n36.5,50.5,\x00\n")


def evaluate() -> Iterator[Command]:
    for text in TEXTS:
        yield (["evaluate", "--position", text, *AT], None, [])
    for bad in BAD_NUMBERS[:8]:
        yield (["evaluate", f"--lon={bad}", "--lat=50", *AT], None, [])
    good = ["evaluate", "--lon", "36.5873", "--lat", "50.5956"]
    for more in (AT, ["--at", "2024-06-15"], [*AT, "--activity", "long-range"], [*AT, "--activity", "none"], [*AT, "--policy", "corpus"], [*AT, "--set", "depth_km=60"],
                 [*AT, "--set", "zone_nmi=3", "--policy", "corpus"], [*AT, "--set", "depth_km"], [*AT, "--set", "none=1"], [*AT, "--accuracy-m", "500"], [*AT, "--accuracy-m", "-5"],
                 [*AT, "--unknown"], ["--config", "none.json"], ["--config", "bad.json"], ["--config", "bad-config.json"]):
        yield (good + more, None, [])


def score() -> Iterator[Command]:
    formats = ["csv", "ndjson", "geojsonseq", "json", "geojson"]
    for sent in formats:
        for wanted in formats:
            yield (["score", f"in.{sent}", "-o", f"out-{sent}.{wanted}", *AT], None, [f"out-{sent}.{wanted}"])
        yield (["score", f"in.{sent}", "--to", "ndjson", "--full", *AT], None, [])
        yield (["score", f"in.{sent}", "--strict", *AT], None, [])
        yield (["score", f"in.{sent}", "-o", f"{sent}.gpkg", *AT], None, [f"{sent}.gpkg"])
    for name in ("shp", "fgb", "gml", "kml", "gpkg"):
        yield (["score", "fewest.csv", "-o", f"few.{name}", *AT], None, [f"few.{name}"])
        yield (["score", f"few.{name}", "--to", "csv", *AT], None, [])
    for threads in ("1", "3"):
        yield (["score", "many.csv", "--threads", threads, *AT], None, [])
        yield (["score", "many.csv", "--threads", threads, "--policy", "corpus", *AT], None, [])
    for more in (["--from", "none"], ["--to", "xyz"], ["--lon-column", "none"], ["--delimiter", ";;"], ["--at", "bad"], ["--set", "depth_km=60"], ["--no-evaluate"], ["--policy", "none"]):
        yield (["score", "few.csv", *AT[: 0 if "--at" in more else 2], *more], None, [])
    yield (["score", *AT], "lon,lat\n36.5,50.5\nx,1\n", [])
    yield (["score", "--from", "ndjson", *AT], '{"lon": 36.5, "lat": 50.5}\n', [])
    for name in ("none.csv", "none.gpkg", "bytes.csv", "bad.json", "."):
        yield (["score", name, *AT], None, [])
    yield (["score", "few.csv", "-o", "nowhere/out.csv", *AT], None, [])


def others() -> Iterator[Command]:
    for command in ([], ["--help"], ["--version"], ["none"], *([name, "--help"] for name in ("serve", "health", "evaluate", "check", "score", "diff"))):
        yield (command, None, [])
    for config in ([], ["--config", "none.json"], ["--config", "bad.json"], ["--config", "bad-config.json"]):
        yield (["check", *config], None, [])
    for more in (["--before-set", "depth_km=100", "--after-set", "depth_km=60", *AT], ["--before-at", "2024-05-29T00:00:00Z", "--after-at", TIMES[0]], ["--before-policy", "none", *AT],
                 ["--before-activity", "counter-fire", "--after-activity", "long-range", *AT], ["--before-config", "bad.json", *AT]):
        yield (["diff", "few.csv", *more], None, [])
        yield (["diff", "in.ndjson", *more, "-o", "flips.ndjson"], None, ["flips.ndjson"])


def commands() -> Iterator[Command]:
    yield from others()
    yield from evaluate()
    yield from score()


def written(path: Path) -> bytes:
    """What a command wrote, without what GDAL dates: the rows of a GeoPackage, the table behind a Shapefile's name."""
    if not path.exists():
        return b"(not written)"
    if path.suffix == ".gpkg":
        with sqlite3.connect(path) as base:
            table = base.execute("select table_name from gpkg_contents").fetchone()[0]
            return "\n".join(repr(row) for row in base.execute(f'select * from "{table}"')).encode()
    if path.suffix == ".shp":
        return path.read_bytes() + path.with_suffix(".dbf").read_bytes()[4:]
    return path.read_bytes()
