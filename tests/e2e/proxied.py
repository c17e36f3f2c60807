"""Two copies of Kordon behind HAProxy, by the configuration in deploy/, on loopback addresses of their own."""

import os
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
CONFIG = ROOT / "deploy/haproxy.cfg"
HAPROXY = shutil.which("haproxy") or "/usr/sbin/haproxy"
PATIENCE_S = 60
UNREADY_MS = 1500


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("0.0.0.0", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_until(holds, what: str):
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit(f"not after {PATIENCE_S} s: {what}")
        time.sleep(0.02)


class Copy:
    """One `kordon serve` at an address that its successor takes over."""

    def __init__(self, program: str, name: str, host: str, port: int, admin_port: int, folder: Path):
        self.process = None
        self.name, self.command = name, [program, "serve", "--no-access-log"]
        self.health = [program, "health"]
        self.environment = os.environ | {
            "KORDON_CONFIG": str(ROOT / "config/kordon.json"), "KORDON_LISTEN": f"{host}:{port}", "KORDON_THREADS": "1",
            "KORDON_ADMIN_LISTEN": f"{host}:{admin_port}", "KORDON_UNREADY_MS": str(UNREADY_MS)}
        self.log = (folder / f"{name}.log").open("w+")

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=self.log, stderr=self.log)
        wait_until(self.is_healthy, f"copy {self.name} is healthy")

    def is_healthy(self) -> bool:
        return subprocess.run(self.health, env=self.environment, capture_output=True).returncode == 0

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE_S)


class Proxied:
    """Runs as long as the `with` block; `port` takes plain HTTP, `tls_port` HTTPS. `retry_on` may replace what
    HAProxy asks again."""

    def __init__(self, program: str, retry_on: str | None = None):
        self.folder = Path(tempfile.mkdtemp(prefix="kordon-proxied-"))
        self.port, self.tls_port, self.status_port, port, admin_port = free_ports(5)
        hosts = {"a": "127.0.0.2", "b": "127.0.0.3"}
        self.copies = [Copy(program, name, host, port, admin_port, self.folder) for name, host in hosts.items()]
        text = CONFIG.read_text()
        if retry_on:
            text = re.sub(r"(?<=  retry-on ).*", retry_on, text)
        (self.folder / "haproxy.cfg").write_text(text)
        self.environment = os.environ | {
            "KORDON_A": hosts["a"], "KORDON_B": hosts["b"], "KORDON_PORT": str(port), "KORDON_ADMIN_PORT": str(admin_port),
            "TLS_BIND": f"127.0.0.1:{self.tls_port}", "PLAIN_BIND": f"127.0.0.1:{self.port}",
            "STATUS_BIND": f"127.0.0.1:{self.status_port}", "CERTIFICATE": str(self.make_certificate())}
        self.log = (self.folder / "haproxy.log").open("w+")
        self.proxy = None

    def make_certificate(self) -> Path:
        key, certificate, both = (self.folder / name for name in ("key.pem", "certificate.pem", "both.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                        "1", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        both.write_text(certificate.read_text() + key.read_text())
        return both

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        for copy in self.copies:
            copy.start()
        self.proxy = subprocess.Popen([HAPROXY, "-db", "-f", self.folder / "haproxy.cfg"], env=self.environment,
                                      stdout=self.log, stderr=self.log)
        for copy in self.copies:
            self.wait_until_used(copy)

    def __exit__(self, *_):
        for process in filter(None, [self.proxy, *(copy.process for copy in self.copies)]):
            process.kill()
            process.wait()
        shutil.rmtree(self.folder)

    def metrics(self, name: str, labels: str = "") -> dict[str, float]:
        """The samples of the two copies, by copy."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.status_port}/metrics", timeout=10) as answer:
            text = answer.read().decode()
        return {copy: float(value)
                for copy, value in re.findall(rf'^{name}{{proxy="copies",server="(\w)"{labels}}} (\S+)$', text, re.M)}

    def is_used(self, copy: Copy) -> bool:
        try:
            return self.metrics("haproxy_server_check_status", ',state="L7OK"').get(copy.name) == 1
        except OSError:
            return False

    def wait_until_used(self, copy: Copy):
        wait_until(lambda: self.is_used(copy), f"the proxy uses copy {copy.name}: {(self.folder / 'haproxy.log').read_text()}")

    def total(self, name: str, labels: str = "") -> int:
        return int(sum(self.metrics(f"haproxy_server_{name}_total", labels).values()))

    def unanswered(self) -> int:
        """Requests that a copy was given, and that it neither answered well nor left to the other one. The proxy's own count of
        errors leaves out some on connections that were used before, which it closes for the client to ask again."""
        return self.total("sessions") - self.total("http_responses", ',code="2xx"') - self.total("redispatch_warnings")
