#!/usr/bin/env python3
"""The image as an operator runs it: read-only, without capabilities, as its own user, it answers the README's requests,
reads an old encoding, and on SIGTERM under load it ends with status 0 and has lost no request. Prints what the image holds; exit 1 if a promise is
broken.

image.py --image localhost/kordon:latest --load build/release/load [--rate R] [--most-mb N]"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/e2e"))
from osgeo import ogr, osr  # noqa: E402

from container import Container, container  # noqa: E402
from service import Load  # noqa: E402

CONNECTIONS = 32
CYRILLIC = "Харків"
FORBIDDEN = ["bin/sh", "bin/bash", "usr/bin/apt-get", "usr/bin/dpkg", "usr/bin/gcc", "usr/bin/ld", "usr/bin/perl"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def files(root: Path) -> list[tuple[int, Path]]:
    """Size and path of what the image holds, largest first."""
    found = []
    for folder, _, names in os.walk(root):
        found += [(path.lstat().st_size, path.relative_to(root)) for path in map(Path(folder).joinpath, names)]
    return sorted(found, reverse=True)


def lockdown_problems(running: Container) -> list[str]:
    status = running.status()
    user = status["Uid"].split()[0]
    found = [f"the image holds {path}" for path in FORBIDDEN if (running.root() / path).exists()]
    found += [f"it may write {path}" for size, path in files(running.root())
              if not (running.root() / path).is_symlink() and (running.root() / path).stat().st_mode & 0o022]
    if user == "0":
        found.append("it runs as root")
    if int(status["CapEff"], 16) or int(status["CapBnd"], 16):
        found.append(f"it has capabilities: {status['CapEff']}, {status['CapBnd']}")
    if status["NSpid"].split()[-1] != "1":
        found.append("it is not process 1")
    if not running.root_is_read_only():
        found.append("its root file system can be written to")
    return found


def readme_problems(running: Container) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "kordon"
        program.write_text(f'#!/bin/sh\nexec {" ".join(running.inside)} /usr/bin/kordon "$@"\n')
        program.chmod(0o755)
        done = subprocess.run([sys.executable, ROOT / "tests/repo/readme.py", "--at", f"127.0.0.1:{running.port}",
                               "--program", program], capture_output=True, text=True)
    print(f"README: {done.stdout.strip()}")
    return [] if done.returncode == 0 else [f"the README is not true of it: {done.stderr}"]


def write_old_shapefile(file: Path):
    """Its attribute is text in the Cyrillic of Windows."""
    place = osr.SpatialReference()
    place.ImportFromEPSG(4326)
    source = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(file))
    layer = source.CreateLayer(file.stem, place, ogr.wkbPoint, ["ENCODING=CP1251"])
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["name"] = CYRILLIC
    feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT(36.23 49.99)"))
    layer.CreateFeature(feature)


def encoding_problems(running: Container) -> list[str]:
    """What the program loads only when it needs it: the tables of encodings, and data of PROJ and GDAL."""
    done = running.run_inside("/usr/bin/kordon", "score", "/data/old.shp", "-o", "-", "--to", "csv")
    return [] if f",{CYRILLIC}," in done.stdout else [f"an old Shapefile is misread: {done.stdout}{done.stderr}"]


def stop_problems(running: Container, load_program: str, rate: float) -> list[str]:
    load = Load(load_program, running.port, rate, 60, CONNECTIONS, "until-refused")
    time.sleep(3)
    status = running.stop()
    result = load.result()
    print(f"stopped under load: exit status {status}, {result}")
    found = [f"{result[fate]} requests were {fate}" for fate in ("wrong", "lost") if result[fate]]
    if not result["answered"]:
        found.append("nothing was answered")
    return found + ([] if status == 0 else [f"it ended with status {status}"])


def size_problems(running: Container, most_mb: float) -> list[str]:
    held = files(running.root())
    total_mb = sum(size for size, _ in held) / 1e6
    print(f"image: {total_mb:.1f} MB in {len(held)} files")
    for size, path in held[:12]:
        print(f"  {size / 1e6:6.1f} MB  {path}")
    return [f"larger than {most_mb} MB"] if total_mb > most_mb else []


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--image", default="localhost/kordon:latest")
    options.add_argument("--load", default=str(ROOT / "build/release/load"))
    options.add_argument("--rate", type=float, default=2000)
    options.add_argument("--most-mb", type=float, default=120)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        data.chmod(0o755)
        write_old_shapefile(data / "old.shp")
        with container(given.image, free_port(), data) as running:
            found = size_problems(running, given.most_mb) + lockdown_problems(running) + readme_problems(running)
            found += encoding_problems(running)
            found += stop_problems(running, given.load, given.rate)
    print("\n".join(found) or "good")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
