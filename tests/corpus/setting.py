"""What the corpus is asked of: the shipped borders and policy, and a small layer and policy of its own that use what the
shipped ones do not (`any`, `not`, nautical miles, ends of intervals, holes, exclaves, the antimeridian, a pole)."""

import json
import os
import shutil
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED_POLICY = "us-kharkiv-2024.json"
START_TIMEOUT_S = 300

SQUARES = {
    "AA": [[[[-30, 0], [-20, 0], [-20, 10], [-30, 10], [-30, 0]], [[-28, 2], [-28, 8], [-22, 8], [-22, 2], [-28, 2]]]],
    "BB": [[[[-20, 0], [-10, 0], [-10, 10], [-20, 10], [-20, 0]]], [[[-26, 4], [-24, 4], [-24, 6], [-26, 6], [-26, 4]]]],
    "AM": [[[[170, -50], [180, -50], [180, -40], [170, -40], [170, -50]]],
           [[[-180, -50], [-170, -50], [-170, -40], [-180, -40], [-180, -50]]]],
    "SP": [[[[-180, -90], [180, -90], [180, -80], [0, -82], [-180, -80], [-180, -90]]]],
}


def within(target: str, **radius) -> dict:
    return {"within": {"of": target, **radius}}


def rule(name: str, effect: str, area: dict, **more) -> dict:
    return {"id": name, "title": name, "activity": "pass", "effect": effect, "area": area, "sources": ["made"], **more}


def small_policy() -> dict:
    return {
        "id": "corpus", "title": "Made up for tests", "description": "Uses what the shipped policy does not.",
        "disclaimer": "This is made up.", "dates_note": "UTC.", "known_through": "2025-01-01T00:00:00Z",
        "sources": [{"id": "made", "title": "None", "publisher": "none", "date": "2024-01-01", "summary": "Made up."}],
        "parameters": [{"id": "zone_nmi", "title": "Zone", "unit": "nmi", "value": 12, "min": 0, "max": 500,
                        "assumed": False, "note": "as at sea"}],
        "activities": [{"id": "pass", "title": "Passage", "scope": {"any": [{"inside": "UA"}, {"not": {"inside": "RU"}}]}},
                       {"id": "stay", "title": "Without rules", "scope": {"everywhere": True}}],
        "rules": [
            rule("near", "permit", {"any": [within("RU|UA", radius_parameter="zone_nmi"), within("AA|BB", radius_km=200),
                                            {"inside": "AM"}, {"not": within("SP", radius_m=500000)}]}),
            rule("hole", "prohibit", {"all": [{"inside": "AA"}, {"not": {"inside": "BB"}}]}, until="2024-06-01T00:00:00Z"),
            rule("later", "prohibit", within("UA-63", radius_nmi=5), **{"from": "2024-06-01T00:00:00Z"}),
        ],
    }


def write_setting(folder: Path) -> Path:
    """Writes a configuration and all that it names, except the shipped layers; returns its path."""
    features = [{"type": "Feature", "properties": {"id": name, "name": f"Square {name}"},
                 "geometry": {"type": "MultiPolygon", "coordinates": parts}} for name, parts in SQUARES.items()]
    (folder / "squares.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    shutil.copy(ROOT / "config/policies" / SHIPPED_POLICY, folder)
    (folder / "corpus.json").write_text(json.dumps(small_policy()))
    layers = [{"id": name, "file": str(ROOT / f"shapefiles/{name}.shp"), "id_field": "id", "name_field": "name",
               "accuracy_m": accuracy_m, "attribution": name, "licence": "as shipped", "source": "shipped"}
              for name, accuracy_m in (("countries", 280), ("oblasts", 4000))]
    layers.append({"id": "squares", "file": "squares.geojson", "id_field": "id", "name_field": "name", "accuracy_m": 10,
                   "attribution": "nobody", "licence": "none", "source": "made up"})
    config = {"layers": layers, "borders": {"note": "n", "accuracy_m": {"RU|UA": 280, "RU|UA-63": 280}},
              "index_file": "kordon.index", "policies": [SHIPPED_POLICY, "corpus.json"],
              "server": {"threads": 1, "public_url": "http://corpus.test"}}
    path = folder / "kordon.json"
    path.write_text(json.dumps(config))
    return path


@contextmanager
def service(command: list[str], config: Path):
    """The port of a ready service that runs as long as this context."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (config.parent / "log").open("w+")
    started = [*command, "serve", "--config", str(config), "--listen", f"127.0.0.1:{port}", "--no-access-log"]
    process = subprocess.Popen(started, stdout=log, stderr=log, env=environment())
    try:
        wait_until_ready(process, port, config.parent / "log")
        yield port
    finally:
        process.kill()  # its thread of low priority would hold it for long on a busy machine
        process.wait()
        log.close()


def environment() -> dict:
    return {key: value for key, value in os.environ.items() if not key.startswith("KORDON_")} | {"LC_ALL": "C.UTF-8"}


def wait_until_ready(process: subprocess.Popen, port: int, log: Path):
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"the service was not ready: {log.read_text()[-4000:]}")


def border_vertices(count: int) -> list[tuple[float, float]]:
    """So many vertices of the shipped oblasts' lines, evenly over the file."""
    data = (ROOT / "shapefiles/oblasts.shp").read_bytes()
    found = []
    at = 100
    while at < len(data):
        words = struct.unpack(">i", data[at + 4 : at + 8])[0]
        parts, points = struct.unpack("<2i", data[at + 44 : at + 52])
        first = at + 52 + 4 * parts
        found += struct.iter_unpack("<2d", data[first : first + 16 * points])
        at += 8 + 2 * words
    return found[:: max(1, len(found) // count)][:count]
