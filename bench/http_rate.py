#!/usr/bin/env python3
"""Requests a second, 99th percentile and the server's processor time of `GET /v1/evaluate` beside nginx answering a body of
the same size by `return 200`, asked by the same wrk script with 64 connections that are kept alive. One worker each, then
two."""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests/e2e"))
from service import settle  # noqa: E402

SCRIPT = ROOT / "bench/http_positions.lua"
CONNECTIONS = 64
SAMPLE = "/v1/evaluate?lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z"

NGINX = """
daemon off; worker_processes {threads}; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; return 200 '{body}'; }} }}
}}
"""


@dataclass(frozen=True)
class Server:
    port: int
    process_id: int

    def processor_s(self) -> float:
        """Of the server and its workers."""
        children = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text().split()
        stats = (Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split() for one in (self.process_id, *children))
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, order=True)
class Measured:
    rate: float
    p99_ms: float
    processor_us: float  # for each request


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], port: int):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{SAMPLE}", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        settle(process.pid)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def kordon(program: str, threads: int, folder: Path):
    port = free_port()
    config = json.loads((ROOT / "config/kordon.json").read_text())
    for layer in config["layers"]:
        layer["file"] = str((ROOT / "config" / layer["file"]).resolve())
    config["policies"] = [str(ROOT / "config" / name) for name in config["policies"]]
    config["server"]["threads"] = threads
    file = folder / "kordon.json"
    file.write_text(json.dumps(config))
    command = [program, "serve", "--config", str(file), "--listen", f"127.0.0.1:{port}", "--no-access-log"]
    with running(command, port) as server:
        yield server


@contextmanager
def nginx(body: str, threads: int, folder: Path):
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(threads=threads, folder=folder, port=port, body=body))
    with running(["nginx", "-c", str(file)], port) as server:
        yield server


def wrk(server: Server, seconds: int) -> Measured:
    url = f"http://127.0.0.1:{server.port}"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(SCRIPT), url]
    before_s = server.processor_s()
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    processor_s = server.processor_s() - before_s
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(text)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    requests = int(re.search(r"(\d+) requests in", text)[1])
    return Measured(rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], processor_s / requests * 1e6)


def body_of(program: str, folder: Path) -> str:
    with kordon(program, 1, folder) as server:
        return urllib.request.urlopen(f"http://127.0.0.1:{server.port}{SAMPLE}").read().decode()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", default=str(ROOT / "build/release/kordon"))
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        body = body_of(given.program, folder)
        fixed = "x" * len(body.encode())
        best: dict[tuple[str, int], Measured] = {}
        for _ in range(given.rounds):
            for threads in (1, 2):
                for name, opened in (("nginx", nginx(fixed, threads, folder)),
                                     ("kordon", kordon(given.program, threads, folder))):
                    with opened as server:
                        found = wrk(server, given.seconds)
                    best[name, threads] = max(best.get((name, threads), found), found)
    print(f"body {len(fixed)} bytes, {CONNECTIONS} connections, best of {given.rounds} rounds of {given.seconds} s\n")
    print("| server | threads | requests/s | p99 | processor, a request |\n|---|---|---|---|---|")
    for (name, threads), one in sorted(best.items(), key=lambda row: (row[0][1], row[0][0])):
        print(f"| {name} | {threads} | {one.rate:,.0f} | {one.p99_ms:.2f} ms | {one.processor_us:.1f} us |")
    one, two, peer = best["kordon", 1], best["kordon", 2], best["nginx", 1]
    print(f"\nkordon to nginx, one thread: rate {one.rate / peer.rate:.2f}, p99 {one.p99_ms / peer.p99_ms:.2f}; "
          f"two threads to one: {two.rate / one.rate:.2f}, by processor time {2 * one.processor_us / two.processor_us:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
