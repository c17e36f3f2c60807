#!/usr/bin/env python3
"""Processor time that the service uses for a request, by its bytes: keys of one object, rows, small chunks and one long row, from
10^3 to 10^7 bytes. Prints a table, draws docs/images/cost-of-bytes.png with --plot; exit 1 where ten times the bytes cost more than
fifteen times the time.

    bench/bytes.py [--program build/release/kordon] [--plot]"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "tests/e2e"), str(ROOT / "tests/hostile")]

from service import Service, settle  # noqa: E402
from wire import ask, chunk, chunked, post  # noqa: E402

AT = "/v1/evaluate?at=2024-06-15T00:00:00Z"
SIZES = [10**3, 10**4, 10**5, 10**6, 10**7]
MOST_GROWTH = 15  # of the time, where the bytes grow tenfold; looked at from where a request costs more than its head
LEAST_NS = 2e6
ROW = b'{"id":%d,"lon":37.%04d,"lat":50.6}\n'


def filled(size: int, part) -> list[bytes]:
    parts, total = [], 0
    while total < size:
        parts.append(part(len(parts)))
        total += len(parts[-1])
    return parts


def rows_of(size: int) -> list[bytes]:
    return filled(size, lambda i: ROW % (i, i % 10_000))


def keys(size: int) -> bytes:
    return post(b'{"lon":37,"lat":50.6' + b"".join(filled(size, lambda i: b',"k%d":%d' % (i, i))) + b"}", target=AT)


def rows(size: int) -> bytes:
    return post(b"".join(rows_of(size)), "application/x-ndjson", AT)


def chunks(size: int) -> bytes:
    return chunked(target=AT) + b"".join(map(chunk, rows_of(size))) + b"0\r\n\r\n"


def long_row(size: int) -> bytes:
    """At most as long as a row may be."""
    return post(b'lon,lat,x\n37,50.6,"' + b"x" * min(size, 4_000_000) + b'"\n', "text/csv", AT)


SERIES = {"keys of one object": keys, "rows": rows, "rows, a chunk each": chunks, "one long row": long_row}


def processor_ns(service: Service) -> int:
    """Of all threads: none ends between two looks."""
    return sum(int(task.read_text().split()[0]) for task in Path(f"/proc/{service.process.pid}/task").glob("*/schedstat"))


def cost_ns(service: Service, request: bytes) -> float:
    """The least of some requests, each repeated until it can be measured."""
    times = max(1, min(200, 300_000 // len(request)))
    found = []
    for _ in range(3):
        begin = processor_ns(service)
        for _ in range(times):
            ask(service.port, request, 120)
        found.append((processor_ns(service) - begin) / times)
    return min(found)


def measure(program: str) -> dict[str, list[tuple[int, float]]]:
    with Service(program, {"hosts": ["*"]}) as service:
        settle(service.process.pid)
        time.sleep(1)
        return {name: [(len(request), cost_ns(service, request)) for request in map(make, SIZES)]
                for name, make in SERIES.items()}


def plot(costs: dict, file: Path):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 5))
    for name, points in costs.items():
        axes.loglog([size for size, _ in points], [ns / 1e6 for _, ns in points], "o-", label=name)
    axes.loglog([1e3, 1e7], [0.01, 100], "--", color="#888888", label="10 ns a byte")
    axes.set_xlabel("bytes of the request")
    axes.set_ylabel("processor time, ms")
    axes.set_title("What a request costs")
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(file, dpi=110)


def faults_of(name: str, points: list[tuple[int, float]]) -> list[str]:
    return [f"{name}: {size} bytes took {before / 1e6:.1f} ms, {more} took {after / 1e6:.1f}"
            for (size, before), (more, after) in zip(points, points[1:])
            if after > LEAST_NS and after > MOST_GROWTH / 10 * max(before, LEAST_NS) * more / size]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", default=str(ROOT / "build/release/kordon"))
    options.add_argument("--plot", action="store_true")
    given = options.parse_args()
    costs = measure(given.program)
    print("| processor time, ms (ns a byte) | " + " | ".join(f"{size:.0e} bytes" for size in SIZES) + " |")
    print("|---|" + "---|" * len(SIZES))
    for name, points in costs.items():
        print(f"| {name} | " + " | ".join(f"{ns / 1e6:.2f} ({ns / size:.0f})" for size, ns in points) + " |")
    if given.plot:
        plot(costs, ROOT / "docs/images/cost-of-bytes.png")
    faults = [fault for name, points in costs.items() for fault in faults_of(name, points)]
    print("\n".join(faults) or "good")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
