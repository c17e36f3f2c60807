#!/usr/bin/env python3
"""Runs the benchmarks and makes a table, bench/results.json and bench/results.png of them.

    bench/report.py BENCH_EVALUATE KORDON [--repetitions N]

Costs are processor time, the least of the repetitions: others' load makes a run slower, never faster.
"""

import argparse
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from plot import plot

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests/e2e"))
from service import settle  # noqa: E402

WORKLOADS = ["theatre", "near border", "whole world"]
COLUMNS = {
    "full": "full evaluation",
    "two_threads": "the same, two threads",
    "single": "full, one by one",
    "geos": "GEOS prepared",
    "s2": "S2",
    "limit": "only read and write",
}


def run(program: Path, repetitions: int) -> dict:
    """Google Benchmark's own report."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        options = [f"--benchmark_out={out.name}", "--benchmark_out_format=json", "--benchmark_min_time=0.2"]
        repeat = f"--benchmark_repetitions={repetitions}"
        subprocess.run([program, *options, repeat], check=True, stdout=subprocess.DEVNULL)
        return json.loads(Path(out.name).read_text())


def least_ns(report: dict) -> dict[str, dict]:
    """By benchmark: ns for each position, and what else it counted."""
    found: dict[str, dict] = {}
    for entry in report["benchmarks"]:
        if entry["run_type"] != "iteration":
            continue
        parts = entry["name"].split("/")
        manual = "manual_time" in parts
        ns = entry["real_time" if manual else "cpu_time"] * 1e6 / entry["rows"]
        name = "/".join(parts[:2])
        if name not in found or ns < found[name]["ns"]:
            counted = {key: entry[key] for key in ("edges", "index_bytes") if key in entry}
            found[name] = {"ns": ns, "positions": entry["rows"], **counted}
    return found


def resident_mb(kordon: Path) -> float:
    """Of `kordon serve` with the shipped data, once it is at rest."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = "127.0.0.1:%d" % free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([kordon, "serve", "--listen", address], cwd=HERE.parent, **quiet)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not is_ready(address):
            time.sleep(0.1)
        settle(server.pid)
        status = Path(f"/proc/{server.pid}/status").read_text()
        return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmRSS"))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def is_ready(address: str) -> bool:
    try:
        return urllib.request.urlopen(f"http://{address}/readyz", timeout=5).status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def cost(ns: float) -> str:
    return f"{ns:,.0f} ns" if ns < 10_000 else f"{ns / 1000:,.0f} us"


def cost_table(found: dict[str, dict]) -> list[str]:
    lines = ["| | " + " | ".join(WORKLOADS) + " |", "|---" * 4 + "|"]
    for key, title in COLUMNS.items():
        ns = [found[f"{key}/{workload}"]["ns"] for workload in WORKLOADS]
        lines.append(f"| {title} | " + " | ".join(cost(x) for x in ns) + " |")
    ratios = {
        "million full evaluations a second": lambda of: 1000 / of("full"),
        "GEOS to full": lambda of: of("geos") / of("full"),
        "S2 to full": lambda of: of("s2") / of("full"),
        "GEOS to one by one": lambda of: of("geos") / of("single"),
        "full to two threads": lambda of: of("full") / of("two_threads"),
        "full to only read and write": lambda of: of("full") / of("limit"),
    }
    for title, ratio in ratios.items():
        values = [ratio(lambda key, workload=workload: found[f"{key}/{workload}"]["ns"]) for workload in WORKLOADS]
        lines.append(f"| {title} | " + " | ".join(f"{value:,.3g}" for value in values) + " |")
    return lines


def growth_table(results: dict) -> list[str]:
    lines = ["| edges | full evaluation, theatre | one by one | index, bytes for each edge |", "|---|---|---|---|"]
    for row in results["growth"]:
        costs = f"{cost(row['ns'])} | {cost(row['single_ns'])}"
        lines.append(f"| {row['edges']:,.0f} | {costs} | {row['index_bytes'] / row['edges']:.0f} |")
    shipped = results["shipped"]
    bytes_per_edge = shipped["index_bytes"] / shipped["edges"]
    costs = " | ".join(cost(results["costs"][f"{key}/theatre"]["ns"]) for key in ("full", "single"))
    lines.append(f"| {shipped['edges']:,.0f}, shipped | {costs} | {bytes_per_edge:.0f} |")
    lines += ["", f"`kordon serve` with the shipped data: {shipped['resident_mb']:.0f} MB resident"]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_evaluate", type=Path)
    parser.add_argument("kordon", type=Path)
    parser.add_argument("--repetitions", type=int, default=3)
    arguments = parser.parse_args()
    report = run(arguments.bench_evaluate.resolve(), arguments.repetitions)
    found = least_ns(report)
    context = report["context"]
    results = {
        "load_average": context["load_avg"],
        "shipped": {
            "edges": int(context["edges"]),
            "index_bytes": int(context["index_bytes"]),
            "resident_mb": resident_mb(arguments.kordon.resolve()),
        },
        "costs": {name: entry for name, entry in found.items() if not name.startswith("growth")},
        "growth": [
            {**entry, "single_ns": found[name.replace("growth/", "growth_single/")]["ns"]}
            for name, entry in found.items()
            if name.startswith("growth/")
        ],
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    plot(results, HERE / "results.png")
    print("\n".join([*cost_table(found), "", *growth_table(results)]))


if __name__ == "__main__":
    main()
