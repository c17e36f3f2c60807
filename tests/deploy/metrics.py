#!/usr/bin/env python3
"""The real /metrics pass promtool, and every metric that alert rules and the dashboard ask for is among them.

metrics.py --program build/release/kordon     exit 1 if not"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/e2e"))
from service import Service  # noqa: E402

NAME = re.compile(r"\b(?:kordon|process)_[a-z_]+\b")


def asked_for() -> set[str]:
    rules = "\n".join(re.findall(r"expr: (.*(?:\n {10,}.*)*)", (ROOT / "deploy/prometheus/rules.yml").read_text()))
    dashboard = json.loads((ROOT / "deploy/grafana/kordon.json").read_text())
    return set(NAME.findall(rules + "\n".join(one["expr"] for panel in dashboard["panels"] for one in panel["targets"])))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    given = options.parse_args()
    with Service(given.program) as service:
        service.get("/v1/evaluate?lon=36.5&lat=50.5")
        text = service.get("/metrics")
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, text=True)
    there = set(re.findall(r"^(\w+?)[{ ]", text, re.M))
    missing = sorted(asked_for() - there)
    print("\n".join(f"nobody tells {name}" for name in missing) or f"{len(asked_for())} metrics asked for, all there")
    return 1 if missing or checked.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
