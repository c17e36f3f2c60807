#!/usr/bin/env python3
"""What a copy of the service costs: requests and rows for each second of processor time, which a busy machine does not change
as it does a rate, and resident memory. wrk asks for random positions over 64 connections that are kept alive.

sizing.py [--program build/release/kordon] [--seconds N]"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests/e2e"))
from service import Service  # noqa: E402

ROWS = 1_000_000


def processor_seconds(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asked_by_wrk(service: Service, seconds: int) -> int:
    done = subprocess.run(["wrk", "-t1", "-c64", f"-d{seconds}s", "-s", ROOT / "bench/http_positions.lua",
                           f"http://127.0.0.1:{service.port}"], check=True, capture_output=True, text=True)
    if "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    return int(re.search(r"(\d+) requests in", done.stdout)[1])


def asked_by_batch(service: Service) -> int:
    place = random.Random(1)
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as rows, tempfile.NamedTemporaryFile() as answers:
        rows.write("lon,lat\n")
        rows.writelines(f"{place.uniform(33, 41):.5f},{place.uniform(48, 52.5):.5f}\n" for _ in range(ROWS))
        rows.flush()
        url = f"http://127.0.0.1:{service.port}/v1/evaluate?at=2024-06-15T00:00:00Z&activity=counter-fire"
        subprocess.run(["curl", "-sf", "-T", rows.name, "-X", "POST", "-H", "Content-Type: text/csv", "-o", answers.name, url],
                       check=True)
    return ROWS


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", default=str(ROOT / "build/release/kordon"))
    options.add_argument("--seconds", type=int, default=20)
    given = options.parse_args()
    with Service(given.program, {"threads": 1}) as service:
        urllib.request.urlopen(f"http://127.0.0.1:{service.port}/livez").close()
        print(f"at rest: {service.resident_bytes() / 1e6:.0f} MB resident")
        for what, ask in (("GET /v1/evaluate", lambda: asked_by_wrk(service, given.seconds)),
                          ("rows of a CSV stream", lambda: asked_by_batch(service))):
            before = processor_seconds(service.process.pid)
            count = ask()
            spent = processor_seconds(service.process.pid) - before
            print(f"{what}: {count:,} in {spent:.1f} s of one core, {count / spent:,.0f} a second; "
                  f"{service.resident_bytes() / 1e6:.0f} MB resident")
    return 0


if __name__ == "__main__":
    sys.exit(main())
