"""Layers that do not load: the service says so by name, within its limits, and goes on with what it has."""

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from random import Random

from service import Service
from wire import ask, get, status_of

# Web Mercator far outside of itself: a library turns its longitude around until it fits.
ABSURD = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
    "features": [{"type": "Feature", "properties": {"id": "X"}, "geometry": {
        "type": "Polygon", "coordinates": [[[1e17, 50], [1.1e17, 50], [1.1e17, 51], [1e17, 50]]]}}],
}
LAYER = {"id": "strange", "id_field": "id", "accuracy_m": 1, "attribution": "a", "licence": "l", "source": "s"}
EVALUATE = get("/v1/evaluate?lon=37&lat=50.6&at=2024-06-15T00:00:00Z")


def write_absurd(folder: Path) -> Path:
    file = folder / "absurd.geojson"
    file.write_text(json.dumps(ABSURD))
    return file


def write_strange(folder: Path) -> list[Path]:
    """Noise (20 MB, or KORDON_NOISE_MB), a FIFO, a folder and the absurd layer, each by the name of a layer."""
    noise, fifo, inner = folder / "noise.geojson", folder / "fifo.geojson", folder / "folder.geojson"
    noise.write_bytes(os.urandom(1 << 20) * int(os.environ.get("KORDON_NOISE_MB", "20")))
    os.mkfifo(fifo)
    inner.mkdir()
    return [noise, fifo, inner, write_absurd(folder)]


def write_tangled(folder: Path) -> Path:
    """A ring that crosses itself a million times: its repair takes minutes."""
    random = Random(20240530)
    ring = [[random.uniform(10, 11), random.uniform(50, 51)] for _ in range(2000)]
    feature = {"type": "Feature", "properties": {"id": "X"}, "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}
    file = folder / "tangled.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return file


def start(program: str, folder: Path, file: Path, load_ms: int, timeout_s: float = 40) -> tuple[int, str, float]:
    """Exit status, standard error and time of a service with this layer alone."""
    config = folder / "kordon.json"
    config.write_text(json.dumps({"layers": [LAYER | {"file": str(file)}], "policies": [],
                                  "server": {"listen": "127.0.0.1:0", "limits": {"load_ms": load_ms}}}))
    begin = time.monotonic()
    run = subprocess.run([program, "serve", "--config", str(config)], capture_output=True, text=True, timeout=timeout_s)
    return run.returncode, run.stderr, time.monotonic() - begin


def strange_layers(program: str) -> str:
    """A FIFO, a folder, noise and an absurd layer at start: refused by name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in write_strange(folder):
            status, said, took_s = start(program, folder, file, load_ms=15000)
            if status != 1 or file.name not in said:
                return f"{file.name}: status {status} after {took_s:.1f} s: {said[:200]}"
    return ""


class Reloading(Service):
    """A service whose configuration is changed while it serves; its index is kept, so that it loads in a moment."""

    def __init__(self, program: str):
        super().__init__(program, {"hosts": ["*"], "timeouts": {"shutdown_ms": 4000}})
        self.good = json.loads(self.config.read_text()) | {"index_file": str(self.folder / "index")}
        self.write(self.good)

    def write(self, config: dict):
        fresh = self.folder / "fresh.json"
        fresh.write_text(json.dumps(config))
        fresh.rename(self.config)

    def with_layer(self, file: Path, load_ms: int) -> dict:
        config = json.loads(json.dumps(self.good))
        config["layers"].append(LAYER | {"file": str(file)})
        config["server"].setdefault("limits", {})["load_ms"] = load_ms
        return config

    def reloads(self, result: str) -> float:
        return self.metric(f'kordon_reloads_total{{result="{result}"}}')

    def wait(self, result: str, before: float, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self.reloads(result) == before and time.monotonic() < end:
            time.sleep(0.05)
        return self.reloads(result) > before


class Asking(threading.Thread):
    """Four clients' worth of one request after the other; `faults` are answers that differ from the first."""

    def __init__(self, port: int):
        super().__init__(daemon=True)
        self.port, self.ended, self.asked, self.faults = port, False, 0, []
        self.answer = ask(port, EVALUATE)[2]

    def run(self):
        while not self.ended:
            for _ in range(4):
                self.asked += 1
                try:
                    status, _, body = ask(self.port, EVALUATE)
                except OSError as fault:
                    status, body = 0, str(fault)
                if status != 200 or body != self.answer:
                    self.faults.append((status, body))
            time.sleep(0.01)


def refused_by_name(service: Reloading, file: Path) -> str:
    """A reload with this layer."""
    before, refused = len((service.folder / "log").read_text()), service.reloads("refused")
    service.write(service.with_layer(file, load_ms=15_000))
    service.process.send_signal(signal.SIGHUP)
    if not service.wait("refused", refused, 60):
        return f"{file.name}: the reload was not refused"
    log = (service.folder / "log").read_text()[before:]
    if file.name not in log or "reload_refused" not in log:
        return f"{file.name}: the log does not name the layer: {log[-300:]}"
    if status_of(service.port, EVALUATE) != 200 or "refused" not in service.get("/readyz") + log:
        return f"{file.name}: the old world is not served"
    return ""


def strange_reloads(program: str) -> str:
    """Beside requests: a faulty reload is refused and named; the next one works; the service stops in time in the middle of one
    that never ends."""
    with Reloading(program) as service:
        asking = Asking(service.port)
        asking.start()
        for file in write_strange(service.folder):
            if fault := refused_by_name(service, file):
                return fault
        asking.ended = True
        asking.join()
        if asking.faults or asking.asked < 100:
            return f"{len(asking.faults)} of {asking.asked} answers differ: {asking.faults[:1]}"
        served = service.reloads("served")
        service.write(service.good)
        service.process.send_signal(signal.SIGHUP)
        if not service.wait("served", served, 60):
            return "the next reload was not served"
        service.write(service.with_layer(write_tangled(service.folder), load_ms=600_000))
        service.process.send_signal(signal.SIGHUP)
        time.sleep(1)
        if "tangled.geojson" in (service.folder / "log").read_text():
            return "the tangled layer was done with at once"
        begin = time.monotonic()
        status = service.stop()
        took_s = time.monotonic() - begin
        left = subprocess.run(["pgrep", "-f", f"load-layers --config {service.config}"], capture_output=True, text=True)
        if status != 0 or took_s > 6 or left.stdout:
            return f"it stopped with {status} after {took_s:.1f} s, processes left: {left.stdout!r}"
    return ""


def stopped_while_it_loads(program: str) -> str:
    """SIGTERM in the middle of a first load that never ends: the service and what loads for it are gone in time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "kordon.json"
        server = {"listen": "127.0.0.1:0", "limits": {"load_ms": 600_000}, "timeouts": {"shutdown_ms": 1000}}
        config.write_text(json.dumps({"layers": [LAYER | {"file": str(write_tangled(folder))}], "policies": [], "server": server}))
        process = subprocess.Popen([program, "serve", "--config", str(config)], stderr=subprocess.PIPE)
        time.sleep(2)
        if process.poll() is not None:
            return f"it ended by itself: {process.stderr.read()!r}"
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        took_s = time.monotonic() - begin
        left = subprocess.run(["pgrep", "-f", f"load-layers --config {config}"], capture_output=True, text=True)
        return f"it stopped after {took_s:.1f} s, processes left: {left.stdout!r}" if took_s > 3 or left.stdout else ""


for case in (strange_layers, strange_reloads, stopped_while_it_loads):
    case.alone = True
CASES = [strange_layers, strange_reloads, stopped_while_it_loads]
