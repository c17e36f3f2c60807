"""A `kordon serve` of a test's own: a configuration in a folder of its own, a free port, its metrics and its memory."""

import json
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POLICY = "us-kharkiv-2024.json"
START_TIMEOUT_S = 60
SETTLE_TIMEOUT_S = 300


def settle(process_id: int):
    """Waits until a service that has started has done what it does by itself: it simplifies shapes for maps, in a thread of
    low priority, which is in state R for as long, even where a busy machine does not let it run."""
    def is_at_rest() -> bool:
        tasks = [task.read_text().rpartition(") ")[2].split() for task in Path(f"/proc/{process_id}/task").glob("*/stat")]
        return all(state == "S" for state, nice in ((fields[0], int(fields[16])) for fields in tasks) if nice > 5)
    deadline = time.monotonic() + SETTLE_TIMEOUT_S
    looks = 0
    while looks < 10 and time.monotonic() < deadline:
        looks = looks + 1 if is_at_rest() else 0
        time.sleep(0.05)


class Service:
    """Runs as long as the `with` block, on the shipped layers."""

    def __init__(self, program: str, server: dict | None = None, prefix: tuple[str, ...] = ()):
        self.folder = Path(tempfile.mkdtemp(prefix="kordon-e2e-"))
        self.policy = self.folder / POLICY
        self.config = self.folder / "kordon.json"
        config = json.loads((ROOT / "config/kordon.json").read_text())
        for layer in config["layers"]:
            layer["file"] = str((ROOT / "config" / layer["file"]).resolve())
        config["policies"] = [POLICY]
        for key, value in (server or {}).items():
            config["server"][key] = config["server"].get(key, {}) | value if isinstance(value, dict) else value
        self.config.write_text(json.dumps(config))
        shutil.copy(ROOT / "config/policies" / POLICY, self.policy)
        self.good_policy = self.policy.read_text()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = (self.folder / "log").open("w+")
        self.command = [*prefix, program, "serve", "--config", str(self.config), "--listen", f"127.0.0.1:{self.port}"]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + START_TIMEOUT_S
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self.get("/readyz")
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"the service did not start: {(self.folder / 'log').read_text()}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder)

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def metric(self, name: str) -> float:
        """Of a sample as it is written, labels included."""
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics"), re.M)
        return float(found[1]) if found else 0.0

    def resident_bytes(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def reload(self, good: bool):
        """Writes the policy anew, broken if not good, and waits until the service has dealt with it."""
        name = f'kordon_reloads_total{{result="{"served" if good else "refused"}"}}'
        before = self.metric(name)
        broken = self.good_policy.replace('"known_through"', '"known_thru"')
        fresh = self.folder / "fresh"
        fresh.write_text(self.good_policy if good else broken)
        fresh.rename(self.policy)
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 60
        while self.metric(name) == before:
            if time.monotonic() > deadline:
                raise SystemExit(f"no reload after 60 s: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=60)


class Load:
    """Requests at a steady rate, from another process."""

    def __init__(self, program: str, port: int, rate_per_s: float, seconds: float, connections: int, *more: str):
        command = [program, port, rate_per_s, seconds, connections, *more]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)

    def end(self) -> dict:
        """The result, once every request under way has its answer."""
        self.process.terminate()
        return self.result()

    def result(self) -> dict:
        return json.loads(self.process.communicate()[0])

    def ended(self) -> bool:
        return self.process.poll() is not None
