#!/usr/bin/env python3
"""Streams JSON lines to a running service through a client that stops reading for a while, then reads slowly, then as
fast as it can. Checks that every row comes back, in order, and that the service's memory does not grow with the rows.

    tests/e2e/slow_reader.py --program build/release/kordon [--rows 40000] [--pause-s 2]
"""

import argparse
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from service import settle

MAX_GROWTH_MB = 50
PIECE_ROWS = 500


def resident_mb(pid: int) -> float:
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def pieces(rows: int):
    """Chunks of an HTTP body: seeded positions in the theatre, each with half a kilobyte of its own."""
    rng = random.Random(5)
    note = "x" * 500
    for first in range(0, rows, PIECE_ROWS):
        lines = "".join(
            f'{{"id":{row},"lon":{rng.uniform(33, 41):.6f},"lat":{rng.uniform(48, 52.5):.6f},"note":"{note}"}}\n'
            for row in range(first, min(first + PIECE_ROWS, rows))
        ).encode()
        yield b"%x\r\n%s\r\n" % (len(lines), lines)
    yield b"0\r\n\r\n"


def send(client: socket.socket, rows: int):
    client.sendall(
        b"POST /v1/evaluate?at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
        b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    for piece in pieces(rows):
        client.sendall(piece)


def read_body(stream):
    """The lines of a chunked body that is sent in whole."""
    rest = b""
    while size := int(stream.readline(), 16):
        rest += stream.read(size)
        stream.readline()
        *lines, rest = rest.split(b"\n")
        yield from lines
    if rest:
        raise SystemExit(f"the answer ends in the middle of a row: {rest[:80]!r}")


class Watch(threading.Thread):
    """The highest resident memory of a process while it is looked at."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.highest_mb = pid, resident_mb(pid)
        self.start()

    def run(self):
        while True:
            try:
                self.highest_mb = max(self.highest_mb, resident_mb(self.pid))
            except (OSError, AttributeError):
                return
            time.sleep(0.02)


def serve(program: str) -> tuple[subprocess.Popen, int]:
    server = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    for line in server.stdout:
        if match := re.search(r"127\.0\.0\.1:(\d+)", line):
            threading.Thread(target=server.stdout.read, daemon=True).start()
            return server, int(match.group(1))
    raise SystemExit("the service did not start")


def stream(port: int, rows: int, pause_s: float) -> int:
    client = socket.create_connection(("127.0.0.1", port))
    sender = threading.Thread(target=send, args=(client, rows), daemon=True)
    sender.start()
    time.sleep(pause_s)
    answer = client.makefile("rb", buffering=65536)
    status = answer.readline()
    if b" 200 " not in status:
        raise SystemExit(status.decode())
    while answer.readline() != b"\r\n":
        pass
    count = 0
    for count, line in enumerate(read_body(answer), 1):
        row = json.loads(line)
        if row["id"] != count - 1 or "verdict" not in row or len(row["note"]) != 500:
            raise SystemExit(f"row {count - 1} is answered by {line[:100]!r}")
        if count % 1000 == 0 and count <= 10_000:
            time.sleep(pause_s / 20)
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--pause-s", type=float, default=2)
    arguments = parser.parse_args()
    server, port = serve(arguments.program)
    try:
        settle(server.pid)
        stream(port, 1000, 0)
        before_mb = resident_mb(server.pid)
        watch = Watch(server.pid)
        count = stream(port, arguments.rows, arguments.pause_s)
        growth_mb = watch.highest_mb - before_mb
    finally:
        server.terminate()
        server.wait(timeout=30)
    print(f"{count} of {arguments.rows} rows answered in order; memory grew by {growth_mb:.1f} MB from {before_mb:.0f} MB")
    return 0 if count == arguments.rows and growth_mb < MAX_GROWTH_MB else 1


if __name__ == "__main__":
    sys.exit(main())
