#!/usr/bin/env python3
"""Mixed load, bad input and reloads for as long as asked: no request may fail, and resident memory must be flat (the
mean of the last third within 5 % of the first's). Prints a table of memory over time; exit 1 if a promise is broken."""

import argparse
import random
import socket
import sys
import threading
import time
import urllib.error
import urllib.request

from service import Load, Service
from under_load import exit_problem, problems

ROW = '{"lon":36.5,"lat":50.5}\n'
GOOD = [
    ("/v1/policies", None, None),
    ("/collections/borders/items?limit=2&max-allowable-offset=0.1", None, None),
    ("/metrics", None, None),
    ("/v1/evaluate", "application/json", '{"items":[{"lon":36.5,"lat":50.5},{"lon":1}]}'),
    ("/v1/evaluate?at=2024-06-15T00:00:00Z", "text/csv", "lon,lat\n" + "36.5,50.5\n" * 5000),
    ("/v1/evaluate", "application/x-ndjson", ROW * 3000),
]
BAD = [
    b"GET / HTTP/1.1\n\n",
    b"\x16\x03\x01\x02\x00\x01\x00",
    b"POST /v1/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /" + b"x" * 20000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /v1/evaluate?lon=%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"POST /v1/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nlon,l",
]


def ask_well(service: Service, done: threading.Event, failures: list[str]):
    while not done.wait(0.2):
        path, content_type, body = random.choice(GOOD)
        headers = {"Content-Type": content_type} if content_type else {}
        request = urllib.request.Request(f"http://127.0.0.1:{service.port}{path}", body and body.encode(), headers)
        try:
            urllib.request.urlopen(request, timeout=30).read()
        except (urllib.error.URLError, OSError) as fault:
            failures.append(f"{path}: {fault}")


def ask_badly(service: Service, done: threading.Event):
    """Half of them hang up without waiting for an answer."""
    while not done.wait(0.1):
        with socket.create_connection(("127.0.0.1", service.port), timeout=5) as wire:
            try:
                wire.sendall(random.choice(BAD))
                if random.random() < 0.5:
                    wire.recv(65536)
            except OSError:
                pass


def watch(service: Service, minutes: float) -> list[tuple[float, float, float, float]]:
    """Minutes, resident MB, requests answered, reloads; a reload each 20 seconds, every fifth one faulty."""
    rows = []
    start = time.monotonic()
    reloads = 0
    while (passed := time.monotonic() - start) < minutes * 60:
        if passed > 20 * reloads:
            service.reload(good=reloads % 5 != 4)
            reloads += 1
        answered = service.metric('kordon_http_requests_total{route="/v1/evaluate",status="200"}')
        rows.append((passed / 60, service.resident_bytes() / 1e6, answered, reloads))
        time.sleep(5)
    return rows


def report(rows: list[tuple[float, float, float, float]]) -> list[str]:
    print("| minute | resident MB | evaluations answered | reloads |\n|---|---|---|---|")
    for row in rows[:: max(1, len(rows) // 15)]:
        print(f"| {row[0]:.1f} | {row[1]:.1f} | {row[2]:.0f} | {row[3]} |")
    third = max(1, len(rows) // 3)
    first, last = (sum(row[1] for row in part) / len(part) for part in (rows[:third], rows[-third:]))
    print(f"\nmean of the first third {first:.1f} MB, of the last {last:.1f} MB: {100 * (last / first - 1):+.1f} %")
    return [] if last <= 1.05 * first else ["memory grows"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--load", required=True)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--rate", type=float, default=200)
    given = options.parse_args()
    failures: list[str] = []
    done = threading.Event()
    with Service(given.program) as service:
        load = Load(given.load, service.port, given.rate, 10**6, 16, "until-refused")
        threads = [threading.Thread(target=ask_well, args=(service, done, failures)),
                   threading.Thread(target=ask_badly, args=(service, done))]
        for thread in threads:
            thread.start()
        for _ in range(3):  # memory has its peak while two worlds are there
            service.reload(good=True)
            time.sleep(3)
        rows = watch(service, given.minutes)
        done.set()
        for thread in threads:
            thread.join()
        failures += exit_problem(service.stop()) + problems(load.result())
        failures += [line for line in (service.folder / "log").read_text().splitlines()
                     if '"level":"error"' in line and "reload_refused" not in line]
    failures += report(rows)
    print("\n".join(failures) or "good")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
