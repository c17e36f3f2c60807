#!/usr/bin/env python3
"""Runs every ```sh block of the README that an answer follows (```json, ```csv or ```text) against the real program and
compares the answers; --write puts the true ones in. The service runs on a free port, not the README's 8080."""

import argparse
import difflib
import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README_ADDRESS = "127.0.0.1:8080"
README_PROGRAM = "build/release/kordon"
START_TIMEOUT_S = 60
LEAST_EXAMPLES = 3
LINE_LENGTH = 110
LINES = r"(?:(?!```).*\n)*"  # up to the end of a block, never beyond
EXAMPLE = re.compile(f"^```sh\n(?P<command>{LINES})```\n\n```(?P<kind>json|csv|text)\n(?P<answer>{LINES})```$", re.M)


@contextmanager
def service(program: str):
    """The address of a ready service that runs as long as this context."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen([program, "serve", "--listen", address], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_ready(process: subprocess.Popen, address: str):
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{address}/readyz", timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"the service was not ready after {START_TIMEOUT_S} s (exit status {process.poll()})")


def run(command: str, program: str, address: str) -> str:
    command = command.replace(README_ADDRESS, address).replace(README_PROGRAM, program)
    done = subprocess.run(["sh", "-eu", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise SystemExit(f"{command}exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.replace(address, README_ADDRESS)


def laid_out(value, indent: str = "") -> str:
    """JSON on one line where it fits, else a member on each line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= LINE_LENGTH or not isinstance(value, dict | list):
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {laid_out(part, deeper)}" for key, part in value.items()]
    else:
        parts = [laid_out(part, deeper) for part in value]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return f"{opened}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{closed}"


def pretty(kind: str, answer: str) -> str:
    """As the README shows it."""
    return laid_out(json.loads(answer)) + "\n" if kind == "json" else answer


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", default=str(ROOT / README_PROGRAM))
    options.add_argument("--at", help="address of a running service to ask, instead of one of its own")
    options.add_argument("--readme", type=Path, default=ROOT / "README.md")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()

    text = given.readme.read_text()
    examples = list(EXAMPLE.finditer(text))
    wrong = 0
    with nullcontext(given.at) if given.at else service(given.program) as address:
        answers = [pretty(example["kind"], run(example["command"], given.program, address)) for example in examples]
        for example, real in reversed(list(zip(examples, answers))):  # from the end: what stands before keeps its place
            shown = example["answer"]
            if shown != real:
                wrong += 1
                print(example["command"], *difflib.unified_diff(
                    shown.splitlines(True), real.splitlines(True), given.readme.name, "the answer"), sep="")
            text = text[: example.start("answer")] + real + text[example.end("answer") :]
    if given.write:
        given.readme.write_text(text)
    print(f"{len(examples)} examples, {wrong} untrue" + (", all written" if given.write else ""))
    return 0 if given.write or (wrong == 0 and len(examples) >= LEAST_EXAMPLES) else 1


if __name__ == "__main__":
    sys.exit(main())
