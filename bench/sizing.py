#!/usr/bin/env python3
"""What a copy of the service costs: requests and rows for each second of processor time, which a busy machine does not change
as it does a rate, and resident memory with the index in its file, as in the image: its own, and what copies share. wrk asks for random positions over 64 connections that are kept alive.

sizing.py [--program build/release/kordon] [--seconds N]"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests/e2e"))
from service import Service, settle  # noqa: E402

ROWS = 1_000_000


def processor_seconds(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process_id: int) -> str:
    text = Path(f"/proc/{process_id}/status").read_text()
    own, shared = (int(re.search(rf"{name}:\s+(\d+) kB", text)[1]) * 1.024e-3 for name in ("RssAnon", "RssFile"))
    return f"{own:.0f} MB of its own, {shared:.0f} MB of files"


def keep_index(service: Service, program: str):
    config = json.loads(service.config.read_text()) | {"index_file": "kordon.index"}
    service.config.write_text(json.dumps(config))
    subprocess.run([program, "check", "--config", service.config], check=True, capture_output=True)


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
    service = Service(given.program, {"threads": 1})
    keep_index(service, given.program)
    with service:
        settle(service.process.pid)
        print(f"at rest: {memory(service.process.pid)}")
        for what, ask in (("GET /v1/evaluate", lambda: asked_by_wrk(service, given.seconds)),
                          ("rows of a CSV stream", lambda: asked_by_batch(service))):
            before = processor_seconds(service.process.pid)
            count = ask()
            spent = processor_seconds(service.process.pid) - before
            print(f"{what}: {count:,} in {spent:.1f} s of one core, {count / spent:,.0f} a second; "
                  f"{memory(service.process.pid)}")
        service.reload(True)
        print(f"just after a reload: {memory(service.process.pid)}")
        settle(service.process.pid)
        print(f"at rest again: {memory(service.process.pid)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
