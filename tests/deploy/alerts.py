#!/usr/bin/env python3
"""Alerts fire in Kubernetes: a real Prometheus with deploy/prometheus/kubernetes.yml scrapes two stand-ins for pods, which it finds
with the labels that the cluster would give them. Nothing fires while all is well; a refused reload, pods that are gone and no
pods at all each wake who they should. Waiting times (`for:`) are left out.

alerts.py     needs prometheus; exit 1 if an alert is wrong"""

import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "deploy/prometheus"
TIMEOUT_S = 90
GOOD = """kordon_last_reload_good {good}
kordon_info{{data_version="1"}} 1
kordon_connections_refused_total 0
process_resident_memory_bytes 1e8
"""


class Pod:
    """Serves metrics until it is stopped."""

    def __init__(self):
        pod = self
        self.good = 1

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                text = GOOD.format(good=pod.good).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def found_by_cluster(pods: list[Pod]) -> list[dict]:
    """Each pod once for each of its two ports, and a pod of somebody else, as kubernetes_sd finds them."""
    listed = []
    for index, pod in enumerate(pods):
        for port in (8080, pod.port):
            labels = {
                "__meta_kubernetes_namespace": "maps", "__meta_kubernetes_pod_name": f"kordon-{index}", "__meta_kubernetes_pod_phase": "Running",
                "__meta_kubernetes_pod_label_app_kubernetes_io_name": "kordon", "__meta_kubernetes_pod_container_port_number": str(port),
                "__meta_kubernetes_pod_annotation_prometheus_io_scrape": "true", "__meta_kubernetes_pod_annotation_prometheus_io_port": str(pod.port),
            }
            listed.append({"targets": [f"127.0.0.1:{port}"], "labels": labels})
    listed.append({"targets": ["127.0.0.1:9"], "labels": {"__meta_kubernetes_pod_name": "other", "__meta_kubernetes_namespace": "maps"}})
    return listed


class Prometheus:
    def __init__(self, folder: Path):
        self.folder = folder
        config = yaml.safe_load((FOLDER / "kubernetes.yml").read_text())
        config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        config["scrape_configs"][0].pop("kubernetes_sd_configs")
        config["scrape_configs"][0]["file_sd_configs"] = [{"files": ["pods.json"], "refresh_interval": "1s"}]
        rules = yaml.safe_load((FOLDER / "rules.yml").read_text())
        for rule in rules["groups"][0]["rules"]:
            rule.pop("for", None)
        (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
        (folder / "rules.yml").write_text(yaml.safe_dump(rules))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"

    def start(self):
        arguments = [f"--config.file={self.folder}/prometheus.yml", f"--storage.tsdb.path={self.folder}/data", f"--web.listen-address={self.address}"]
        self.process = subprocess.Popen(["prometheus", *arguments, "--log.level=error"])

    def find(self, pods: list[Pod]):
        fresh = self.folder / "fresh"
        fresh.write_text(json.dumps(found_by_cluster(pods)))
        fresh.rename(self.folder / "pods.json")

    def ask(self, path: str) -> dict:
        with urllib.request.urlopen(f"http://{self.address}/api/v1/{path}", timeout=5) as answer:
            return json.load(answer)["data"]

    def targets(self) -> list[dict]:
        return [{**one["labels"], "health": one["health"]} for one in self.ask("targets?state=active")["activeTargets"]]

    def alerts(self) -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {}
        for one in self.ask("alerts")["alerts"]:
            found.setdefault(one["labels"]["alertname"], []).append(one["labels"])
        return found


def until(what: str, is_so) -> bool:
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            if is_so():
                print(f"ok: {what}")
                return True
        except OSError:
            pass
        time.sleep(0.5)
    print(f"NOT: {what}")
    return False


def check(prometheus: Prometheus, pods: list[Pod]) -> bool:
    def up() -> bool:
        seen = prometheus.targets()
        return len(seen) == 2 and all(one["health"] == "up" and (one["job"], one["namespace"]) == ("kordon", "maps") and one["pod"] for one in seen)

    def fires(name: str, **labels: str) -> bool:
        return any(labels.items() <= one.items() for one in prometheus.alerts().get(name, []))

    found = [until("two pods are scraped once each, as job kordon", up), until("nothing fires", lambda: not prometheus.alerts())]
    pods[0].good = 0
    found.append(until("a refused reload is told, by pod", lambda: fires("KordonReloadRefused", pod="kordon-0", namespace="maps", job="kordon")))
    pods[0].stop()
    found.append(until("a copy that is down is told", lambda: fires("KordonCopyDown", pod="kordon-0")))
    found.append(until("and the service is not gone", lambda: "KordonGone" not in prometheus.alerts()))
    pods[1].stop()
    found.append(until("all copies down: gone", lambda: fires("KordonGone", namespace="maps", severity="page")))
    prometheus.find([])
    found.append(until("no copies at all: gone", lambda: fires("KordonGone", job="kordon") and not fires("KordonGone", namespace="maps")))
    return all(found)


def main() -> int:
    pods = [Pod(), Pod()]
    with tempfile.TemporaryDirectory(prefix="kordon-alerts-") as folder:
        prometheus = Prometheus(Path(folder))
        prometheus.find(pods)
        prometheus.start()
        try:
            return 0 if check(prometheus, pods) else 1
        finally:
            prometheus.process.kill()
            prometheus.process.wait()


if __name__ == "__main__":
    sys.exit(main())
