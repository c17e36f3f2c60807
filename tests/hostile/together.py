#!/usr/bin/env python3
"""All attacks of this bench at the same time, by 500 connections from 50 addresses, with reloads of a layer that never ends,
beside good requests at a steady rate: memory is bounded, and every good request is answered, and rightly.

    tests/hostile/together.py --program build/release/kordon --load build/release/load --minutes 10 --judge-latency

Prints what each attack came to, and figures; exit 1 if a promise is broken. Latencies are judged only with --judge-latency,
for they are only as good as the machine is quiet."""

import argparse
import json
import resource
import signal
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from attacks import AT, ATTACKS, Attackers  # noqa: E402
from loader import Reloading, write_absurd  # noqa: E402
from service import Load, settle  # noqa: E402
from under_load import CONNECTIONS, exit_problem, problems  # noqa: E402
from wire import ask, get, post  # noqa: E402

MB = 1 << 20
MOST_BYTES = 512 * MB
MOST_LIVEZ_P99_S = 0.1
MOST_P99_RATIO = 3
RELOAD_EACH_S = 120
POSITIONS = [(33 + 8 * (i * 0.618 % 1), 48 + 4.5 * (i * 0.414 % 1)) for i in range(200)]


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0


class Watch(threading.Thread):
    """Looks at a service some times a second: its memory, its /livez, and whether small requests have
    the bytes that they have when it is quiet."""

    def __init__(self, service: Reloading):
        super().__init__(daemon=True)
        self.service, self.ended = service, False
        self.most_bytes, self.most_with_children, self.most_spooled, self.livez_s, self.faults = 0, 0, 0.0, [], []
        self.requests = [get(f"/v1/evaluate{AT}&lon={lon:.5f}&lat={lat:.5f}") for lon, lat in POSITIONS]
        self.requests += [post(json.dumps([{"lon": lon, "lat": lat}]).encode(), target="/v1/evaluate" + AT)
                          for lon, lat in POSITIONS]
        self.answers = [ask(service.port, request)[2] for request in self.requests]

    def run(self):
        looks = 0
        while not self.ended:
            begin = time.monotonic()
            self.look(looks)
            looks += 1
            time.sleep(max(0.0, 0.05 - (time.monotonic() - begin)))

    def look(self, number: int):
        try:
            begin = time.monotonic()
            if ask(self.service.port, get("/livez", "Connection: close\r\n"))[0] != 200:
                self.faults.append("/livez is not 200")
            self.livez_s.append(time.monotonic() - begin)
            which = number % len(self.requests)
            status, _, body = ask(self.service.port, self.requests[which])
            if (status, body) != (200, self.answers[which]):
                self.faults.append(f"status {status}, {body[:200]!r} instead of {self.answers[which][:200]!r}")
        except (OSError, IndexError) as fault:
            self.faults.append(f"a good request: {fault}")
        own = self.service.resident_bytes()
        self.most_bytes = max(self.most_bytes, own)
        self.most_with_children = max(self.most_with_children, own + self.service.resident_of_children())
        if number % 20 == 0:
            self.most_spooled = max(self.most_spooled, self.service.metric('kordon_held_bytes{kind="spooled"}'))

    def end(self) -> "Watch":
        self.ended = True
        self.join()
        return self


class Served(Reloading):
    def resident_of_children(self) -> int:
        """Of processes that read layers; what they share with the service is counted, too."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            try:
                children = task.read_text().split()
                total += sum(int(Path(f"/proc/{child}/statm").read_text().split()[1]) * 4096 for child in children)
            except OSError:
                continue  # it has ended
        return total

    def reload_now_and_then(self, seconds: float):
        """A layer that never ends, then the good ones."""
        absurd, end = write_absurd(self.folder), time.monotonic() + seconds
        while time.monotonic() + RELOAD_EACH_S / 2 < end or self.reloads("refused") == 0:
            self.write(self.with_layer(absurd, load_ms=3000))
            refused = self.reloads("refused")
            self.process.send_signal(signal.SIGHUP)
            if not self.wait("refused", refused, 60):
                raise SystemExit("a reload was not refused")
            self.write(self.good)
            served = self.reloads("served")
            self.process.send_signal(signal.SIGHUP)
            if not self.wait("served", served, 60):
                raise SystemExit("a reload was not served")
            time.sleep(max(0.0, min(RELOAD_EACH_S, end - time.monotonic())))


def attacked(service: Served, given, seconds: float) -> tuple[dict, Watch, dict]:
    watch = Watch(service)
    attackers = Attackers(service.port, seconds)
    time.sleep(min(5.0, seconds / 4))  # until all of them are there
    watch.start()
    load = Load(given.load, service.port, given.rate, seconds * 0.9, CONNECTIONS)
    service.reload_now_and_then(seconds * 0.8)
    busy = load.result()
    watch.end()
    return busy, watch, attackers.end()


def judged(given, quiet: dict, busy: dict, watch: Watch, outcomes: dict) -> list[str]:
    found = problems(quiet) + problems(busy) + watch.faults[:3]
    if watch.most_bytes > MOST_BYTES:
        found.append(f"{watch.most_bytes / MB:.0f} MB were resident")
    found += [f"{attack.__name__} was never tried" for attack, _ in ATTACKS if not outcomes.get(attack.__name__)]
    if not given.judge_latency:
        return found
    if percentile(watch.livez_s, 0.99) > MOST_LIVEZ_P99_S:
        found.append("the 99th percentile of /livez is over 100 ms")
    if busy["p99_ms"] > MOST_P99_RATIO * quiet["p99_ms"]:
        found.append("the 99th percentile is more than three times the quiet one")
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--load", required=True)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--rate", type=float, default=1000)
    options.add_argument("--judge-latency", action="store_true")
    given = options.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    seconds = given.minutes * 60
    with Served(given.program) as service:
        settle(service.process.pid)
        quiet = Load(given.load, service.port, given.rate, max(5.0, seconds / 20), CONNECTIONS).result()
        before = service.resident_bytes()
        busy, watch, outcomes = attacked(service, given, seconds)
        after, log = service.resident_bytes(), (service.folder / "log").read_text()
        found = exit_problem(service.stop()) + judged(given, quiet, busy, watch, outcomes)
    for name, counts in outcomes.items():
        print(f"{name:24} {dict(sorted(counts.items()))}")
    print(f"quiet: {quiet}\nattacked: {busy}")
    print(f"/livez p50 {percentile(watch.livez_s, 0.5) * 1000:.1f} ms, p99 {percentile(watch.livez_s, 0.99) * 1000:.1f} ms, "
          f"longest {max(watch.livez_s, default=0) * 1000:.0f} ms of {len(watch.livez_s)}; {len(watch.faults)} faults")
    print(f"resident {before / MB:.0f} MB before, {watch.most_bytes / MB:.0f} MB at most, {after / MB:.0f} MB after, with processes "
          f"that read layers {watch.most_with_children / MB:.0f} MB at most; "
          f"{watch.most_spooled / MB:.0f} MB on disk at most; {log.count('reload_refused')} lines of refused reloads")
    found += [line for line in log.splitlines() if '"level":"error"' in line and "reload_refused" not in line][:5]
    print("\n".join(found) or "good")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
