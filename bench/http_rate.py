#!/usr/bin/env python3
"""Requests a second and 99th percentile of `GET /v1/evaluate` beside nginx answering a body of the same size by
`return 200`, asked by the same wrk script with 64 connections that are kept alive. One worker each, then two."""

import argparse
import json
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
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
        yield
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
    with running(command, port):
        yield port


@contextmanager
def nginx(body: str, threads: int, folder: Path):
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(threads=threads, folder=folder, port=port, body=body))
    with running(["nginx", "-c", str(file)], port):
        yield port


def wrk(port: int, seconds: int) -> tuple[float, float]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(SCRIPT), f"http://127.0.0.1:{port}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(text)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def body_of(program: str, folder: Path) -> str:
    with kordon(program, 1, folder) as port:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}{SAMPLE}").read().decode()


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
        best: dict[tuple[str, int], tuple[float, float]] = {}
        for _ in range(given.rounds):
            for threads in (1, 2):
                for server, opened in (("nginx", nginx(fixed, threads, folder)),
                                       ("kordon", kordon(given.program, threads, folder))):
                    with opened as port:
                        best[server, threads] = max(best.get((server, threads), (0, 0)), wrk(port, given.seconds))
    print(f"body {len(fixed)} bytes, {CONNECTIONS} connections, best of {given.rounds} rounds of {given.seconds} s\n")
    print("| server | threads | requests/s | p99 |\n|---|---|---|---|")
    for (server, threads), (rate, p99_ms) in sorted(best.items(), key=lambda row: (row[0][1], row[0][0])):
        print(f"| {server} | {threads} | {rate:,.0f} | {p99_ms:.2f} ms |")
    one, two = best["kordon", 1], best["kordon", 2]
    print(f"\nkordon to nginx, one thread: rate {one[0] / best['nginx', 1][0]:.2f}, "
          f"p99 {one[1] / best['nginx', 1][1]:.2f}; two threads to one: {two[0] / one[0]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
