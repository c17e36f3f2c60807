#!/usr/bin/env python3
"""What must not cost a request while clients ask: reloads, stops, and thousands of connections that do nothing.

under_load.py reloads|stops|idle|backlog --program build/release/kordon --load build/release/load [--count N] [--rate R]
Prints a line of figures; exit 1 if a promise is broken. Latencies are judged only with --judge-latency, for they are
only as good as the machine is quiet."""

import argparse
import random
import resource
import select
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from service import Load, Service, settle

CONNECTIONS = 32
KEPT_BYTES = 1500  # of each connection of a crowd, for the next one: Asio keeps a record, and that a page of the allocator


def reloads(given) -> list[str]:
    """Every fifth reload is faulty."""
    with Service(given.program) as service:
        load = Load(given.load, service.port, given.rate, 3600, CONNECTIONS, "until-refused")
        began = time.monotonic()
        faulty = 0
        for number in range(given.count):
            good = number % 5 != 4
            faulty += not good
            service.reload(good)
        seconds = time.monotonic() - began
        running = not load.ended()
        status = service.stop()
        result = load.result()
    print(f"{given.count} reloads, {faulty} faulty, in {seconds:.1f} s at {result['answered'] / seconds:.0f}/s: {result}")
    return problems(result) + ([] if running else ["the load ended early"]) + exit_problem(status)


def stops(given) -> list[str]:
    found = []
    total = {"answered": 0, "wrong": 0, "lost": 0}
    for number in range(given.count):
        with Service(given.program) as service:
            load = Load(given.load, service.port, given.rate, 60, CONNECTIONS, "until-refused")
            time.sleep(0.5 + random.Random(number).random() / 2)
            found += exit_problem(service.stop())
            result = load.result()
        total = {key: total[key] + result[key] for key in total}
    print(f"{given.count} stops: {total}")
    return found + problems(total)


def idle(given) -> list[str]:
    limits = {"connections": given.count + 1000, "connections_per_address": given.count + 1000}
    with Service(given.program, {"limits": limits, "timeouts": {"header_ms": 600000, "idle_ms": 600000}}) as service:
        def measured():
            return Load(given.load, service.port, given.rate, given.seconds, CONNECTIONS).result()
        settle(service.process.pid)
        measured()
        quiet, quiet_bytes = measured(), service.resident_bytes()
        most_bytes = quiet_bytes + 5e6 + KEPT_BYTES * given.count
        crowd = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(given.count)]
        done = threading.Event()
        dripper = threading.Thread(target=drip, args=(crowd[::2], done))
        dripper.start()
        while service.metric("kordon_connections") < given.count:
            time.sleep(0.1)
        busy, busy_bytes = measured(), service.resident_bytes()
        done.set()
        dripper.join()
        for one in crowd:
            one.close()
        while service.metric("kordon_connections") > CONNECTIONS + 2:
            time.sleep(0.1)
        deadline = time.monotonic() + 10
        while (after_bytes := service.resident_bytes()) > most_bytes and time.monotonic() < deadline:
            time.sleep(0.1)
        status = service.stop()
    print(f"{given.count} idle or dripping connections: p99 {quiet['p99_ms']} ms quiet, {busy['p99_ms']} ms with them; "
          f"memory {quiet_bytes / 1e6:.1f}, {busy_bytes / 1e6:.1f}, {after_bytes / 1e6:.1f} MB before, with, after")
    found = problems(quiet) + problems(busy) + exit_problem(status)
    if given.judge_latency and busy["p99_ms"] > 3 * quiet["p99_ms"]:
        found.append("the 99th percentile is more than three times the quiet one")
    if after_bytes > most_bytes:
        found.append("memory did not come back")
    return found


def backlog(given) -> list[str]:
    """More clients than the kernel lets wait, while nobody accepts any: all are answered when the service goes on."""
    count = int(Path("/proc/sys/net/core/somaxconn").read_text()) + given.count
    limits = {"connections": count + 10, "connections_per_address": count + 10}
    with Service(given.program, {"limits": limits, "timeouts": {"header_ms": 600000, "idle_ms": 600000}}) as service:
        service.process.send_signal(signal.SIGSTOP)
        crowd = [socket.socket() for _ in range(count)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", service.port))
        time.sleep(0.5)
        poll = select.poll()
        for one in crowd:
            poll.register(one, select.POLLOUT)
        waiting = len(poll.poll(0))
        service.process.send_signal(signal.SIGCONT)
        answered = sum(is_answered(one) for one in crowd)
        status = service.stop()
    print(f"{count} clients at once, {waiting} in a backlog that is full, {answered} answered")
    found = [] if waiting < count else ["the backlog was never full"]
    return found + ([] if answered == count else ["clients were not answered"]) + exit_problem(status)


def is_answered(client: socket.socket) -> bool:
    client.settimeout(30)
    with client:
        client.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return client.recv(1000).startswith(b"HTTP/1.1 200 ")


def drip(sockets: list[socket.socket], done: threading.Event):
    """A byte each second or so on every connection: a request line that never ends."""
    for one in sockets:
        one.sendall(b"GET /v1/evaluate?")
    while not done.wait(1):
        for one in sockets:
            one.sendall(b"x")


def problems(result: dict) -> list[str]:
    found = [f"{result[fate]} requests were {fate}" for fate in ("wrong", "lost") if result[fate]]
    return found + ([] if result["answered"] else ["nothing was answered"])


def exit_problem(status: int) -> list[str]:
    return [] if status == 0 else [f"the service ended with status {status}"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("what", choices=["reloads", "stops", "idle", "backlog"])
    options.add_argument("--program", required=True)
    options.add_argument("--load", required=True)
    options.add_argument("--count", type=int, default=50)
    options.add_argument("--rate", type=float, default=5000)
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--judge-latency", action="store_true")
    given = options.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    found = {"reloads": reloads, "stops": stops, "idle": idle, "backlog": backlog}[given.what](given)
    print("\n".join(found) or "good")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
