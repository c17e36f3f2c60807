#!/usr/bin/env python3
"""The usual clients, each posting one file of rows as its manual has it, most of them all of it before they read: every row comes
back, in order, with the verdict of its place; the service's memory does not grow with the rows, and nothing stays on disk.

tests/e2e/clients.py --program build/release/kordon [--rows 400000] [--all] [CLIENT ...]

Prints a line for each; a client that is not installed is named and left out, unless all are asked for."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from service import ROOT, Service, settle

HERE = Path(__file__).resolve().parent / "clients"
PYTHON = str(ROOT / "build/clients-test/bin/python")
PLACES = [(33.03 + 0.079 * i, 48.02 + 0.044 * i) for i in range(100)]
AT = "at=2024-06-15T00:00:00Z"
MOST_GROWTH = 64 << 20
SEND_PY = str(HERE / "send_file.py")

# What is run before the URL, the content type, the file and the file of the answer.
CLIENTS = {
    "requests": ([PYTHON, SEND_PY, "requests"], "text/csv"),
    "httpx": ([PYTHON, SEND_PY, "httpx"], "application/x-ndjson"),
    "urllib": ([PYTHON, SEND_PY, "urllib"], "application/x-ndjson"),
    "aiohttp": ([PYTHON, SEND_PY, "aiohttp"], "text/csv"),
    "java": (["java", str(HERE / "SendFile.java")], "text/csv"),
    "node": (["node", str(HERE / "send_file.mjs")], "application/x-ndjson"),
    "go": (["go", "run", str(HERE / "send_file.go")], "application/x-ndjson"),
    "curl": (["curl"], "text/csv"),
}


def command_of(client: str, url: str, content_type: str, file: Path, answer: Path) -> list[str]:
    command = CLIENTS[client][0]
    if client == "curl":
        return [*command, "-sSf", "-H", f"Content-Type: {content_type}", "--data-binary", f"@{file}", "-o", str(answer), url]
    return [*command, url, content_type, str(file), str(answer)]


def write_rows(folder: Path, rows: int) -> dict[str, Path]:
    files = {"text/csv": folder / "rows.csv", "application/x-ndjson": folder / "rows.ndjson"}
    with files["text/csv"].open("w") as table, files["application/x-ndjson"].open("w") as lines:
        table.write("id,lon,lat\n")
        for row in range(rows):
            lon, lat = PLACES[row % len(PLACES)]
            table.write(f"{row},{lon:.3f},{lat:.3f}\n")
            lines.write(f'{{"id":{row},"lon":{lon:.3f},"lat":{lat:.3f}}}\n')
    return files


def verdicts(service: Service) -> list[str]:
    """Of each place, asked for alone."""
    return [json.loads(service.get(f"/v1/evaluate?lon={lon:.3f}&lat={lat:.3f}&{AT}&activity=counter-fire"))["verdicts"][0]["verdict"]
            for lon, lat in PLACES]


def fault_of(answer: Path, content_type: str, rows: int, expected: list[str]) -> str:
    """What is wrong with an answer."""
    is_csv = content_type == "text/csv"
    count = 0
    with answer.open("rb") as lines:
        column = lines.readline().decode().rstrip().split(",").index("verdict") if is_csv else 0
        for line in lines:
            if is_csv:
                cells = line.split(b",", column + 1)
                found = cells[0].decode(), cells[column].decode()
            else:
                row = json.loads(line)
                found = str(row["id"]), row.get("verdict")
            if found != (str(count), expected[count % len(PLACES)]):
                return f"row {count} is {line[:200]!r}"
            count += 1
    return "" if count == rows else f"{count} of {rows} rows"


class Watch(threading.Thread):
    """The most that a service holds while it is looked at."""

    def __init__(self, service: Service):
        super().__init__(daemon=True)
        self.service, self.most_bytes, self.most_spooled, self.ended = service, service.resident_bytes(), 0.0, False
        self.start()

    def run(self):
        while not self.ended:
            self.most_bytes = max(self.most_bytes, self.service.resident_bytes())
            self.most_spooled = max(self.most_spooled, self.service.metric('kordon_held_bytes{kind="spooled"}'))
            time.sleep(0.1)

    def end(self):
        self.ended = True
        self.join()


def try_client(client: str, service: Service, files: dict[str, Path], rows: int, expected: list[str]) -> str:
    content_type = CLIENTS[client][1]
    answer = files[content_type].parent / "answer"
    url = f"http://127.0.0.1:{service.port}/v1/evaluate?{AT}&activity=counter-fire"
    before, watch, begin = service.resident_bytes(), Watch(service), time.monotonic()
    run = subprocess.run(command_of(client, url, content_type, files[content_type], answer), capture_output=True, text=True,
                         timeout=60 + rows / 5000)
    took_s = time.monotonic() - begin
    watch.end()
    fault = run.stderr[-500:] if run.returncode else fault_of(answer, content_type, rows, expected)
    growth, size = watch.most_bytes - before, answer.stat().st_size if answer.exists() else 0
    answer.unlink(missing_ok=True)
    deadline = time.monotonic() + 5
    while (left := service.metric('kordon_held_bytes{kind="spooled"}')) and time.monotonic() < deadline:
        time.sleep(0.1)
    if not fault and growth > MOST_GROWTH:
        fault = f"memory grew by {growth / 1e6:.0f} MB"
    if not fault and left:
        fault = f"{left:.0f} bytes are still on disk"
    print(f"{'bad ' if fault else 'good'} {client:9} {content_type:21} {rows} rows, {size / 1e6:.0f} MB of answers in {took_s:.1f} s, "
          f"{rows / took_s:,.0f} a second; resident {before / 1e6:.0f} MB, {watch.most_bytes / 1e6:.0f} at most, on disk "
          f"{watch.most_spooled / 1e6:.0f} at most  {fault}", flush=True)
    return fault


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--rows", type=int, default=400_000)
    options.add_argument("--all", action="store_true", help="none may be left out")
    options.add_argument("clients", nargs="*", help=", ".join(CLIENTS))
    given = options.parse_args()
    missing = [client for client, (command, _) in CLIENTS.items() if not shutil.which(command[0])]
    chosen = [client for client in CLIENTS if client in given.clients or not given.clients]
    if missing:
        print(f"not installed: {', '.join(missing)}")
    faults = [client for client in missing if given.all]
    with tempfile.TemporaryDirectory(prefix="kordon-clients-") as name, Service(given.program) as service:
        settle(service.process.pid)
        files, expected = write_rows(Path(name), given.rows), verdicts(service)
        if len(set(expected)) < 2:
            raise SystemExit(f"the places have one verdict: {expected[0]}")
        faults += [client for client in chosen if client not in missing
                   and try_client(client, service, files, given.rows, expected)]
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
