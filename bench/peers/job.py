"""The job that `kordon score` is held against, and what its peers need for it."""

import argparse
import csv
import json
import re
import subprocess
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
REGIONS = ["RU", "UA", "UA-63"]
BORDER = "RU|UA"


def arguments(description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--where", nargs="+", default=["theatre", "border"], help="as of make_points.py")
    parser.add_argument("--program", default="build/release/kordon")
    return parser.parse_args()


def make_points(rows: int, where: list[str], file: Path):
    with file.open("wb") as out:
        subprocess.run([HERE.parent / "make_points.py", str(rows), "--where", *where], stdout=out, check=True)


def score(program: str, points: Path, out: Path) -> float:
    """Kordon's answer, by one thread; the seconds it took, loading included."""
    begun = time.monotonic()
    subprocess.run([program, "score", points, "-o", out, "--threads", "1", "--quiet"], check=True)
    return time.monotonic() - begun


def shapes(program: str) -> dict[str, str]:
    """The shipped regions and the border, whole, as GeoJSON: what the service's own collections give."""
    server = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    port = next(match.group(1) for line in server.stdout if (match := re.search(r"127\.0\.0\.1:(\d+)", line)))

    def geometry(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/collections/{path}") as answer:
            return json.dumps(json.load(answer)["geometry"])

    try:
        found = {id: geometry(f"regions/items/{id}") for id in REGIONS}
        return found | {BORDER: geometry("borders/items/RU%7CUA")}
    finally:
        server.terminate()
        server.wait()


def compare(ours: Path, theirs: Path, metres: bool = True) -> str:
    """How many sides differ, and how far the distances do if theirs are metres."""
    sides = rows = 0
    largest_m = 0.0
    with ours.open() as a, theirs.open() as b:
        for mine, other in zip(csv.DictReader(a), csv.DictReader(b), strict=True):
            regions = set(mine["regions"].split(";")) - {""}
            they_say = {id for id, column in zip(REGIONS, ("ru", "ua", "ua63")) if other[column] in ("t", "true")}
            sides += regions != they_say
            if metres and float(mine["distance_m"]) < 400e3:
                largest_m = max(largest_m, abs(float(mine["distance_m"]) - float(other["distance"])))
            rows += 1
    distances = f"; distances within 400 km differ by up to {largest_m:.3f} m" if metres else ""
    return f"{rows} rows; other regions in {sides}{distances}"


def report(name: str, seconds: float, kordon_s: float, rows: int):
    print(f"{name:8} {seconds:8.1f} s  {rows / seconds:12,.0f} rows a second")
    print(f"Kordon   {kordon_s:8.1f} s  {rows / kordon_s:12,.0f} rows a second, loading included")
    print(f"ratio    {seconds / kordon_s:8.1f}")
