#!/usr/bin/env python3
"""The chart, by Helm's own library: lints, refuses values that make no sense, and renders sets of values into OUT for the schemas of
Kubernetes. Here its names are held against each other, and what is the Prometheus operator's against models of its types.

chart.py OUT     exit 1 if there is a problem"""

import json
import sys
from pathlib import Path

import helm_python as helm
import yaml
from cloudcoil.models.prometheus_operator import v1 as operator

import manifests

ROOT = Path(__file__).resolve().parents[2]
LEAST_SEVERITY = 2  # a warning
CHART = ROOT / "deploy/helm/kordon"
OWN_CONFIG = {"existingConfigMap": "mine", "items": [{"key": "kordon.json", "path": "kordon.json"}]}
VALUES = {
    "plain": {},
    "all": {
        "autoscaling": {"enabled": True}, "ingress": {"enabled": True, "className": "nginx", "tlsSecret": "t", "annotations": {"a": "b"}},
        "gateway": {"enabled": True, "parentRefs": [{"name": "public"}]}, "monitoring": {"podMonitor": True, "rules": True, "labels": {"release": "p"}},
        "image": {"digest": "sha256:" + "0" * 64}, "tokens": {"existingSecret": "tokens"}, "tls": {"existingSecret": "tls"},
        "podLabels": {"team": "maps"}, "podAnnotations": {"a": "b"}, "nodeSelector": {"a": "b"}, "zoneSpread": "DoNotSchedule",
        "tolerations": [{"operator": "Exists"}], "extraEnv": [{"name": "TZ", "value": "UTC"}], "imagePullSecrets": [{"name": "pull"}],
    },
    "service-monitor": {"monitoring": {"serviceMonitor": True}, "config": OWN_CONFIG, "resources": {}},
}
REFUSED = [{"replica": 3}, {"replicas": "many"}, {"image": {"digest": "latest"}}, {"zoneSpread": "maybe"}]
NOT_RENDERED = [{"monitoring": {"podMonitor": True, "serviceMonitor": True}}, {"gateway": {"enabled": True}},
                {"config": {"items": [{"key": "x", "path": "none.json"}]}}]
FOREIGN = {"PodMonitor": operator.PodMonitor, "ServiceMonitor": operator.ServiceMonitor, "PrometheusRule": operator.PrometheusRule}


def name_problems(objects: list[dict], own_config: bool) -> list[str]:
    if own_config:  # a ConfigMap that somebody else keeps
        data = {"kordon.json": json.dumps({"policies": []})}
        objects = [*objects, {"kind": "ConfigMap", "metadata": {"name": "mine"}, "data": data}]
    found = manifests.problems(objects)
    labels = next(one for one in objects if one["kind"] == "Deployment")["spec"]["template"]["metadata"]["labels"]
    services = [one for one in objects if one["kind"] == "Service"]
    for one in objects:
        if one["kind"] in ("PodMonitor", "ServiceMonitor"):
            wanted = one["spec"]["selector"]["matchLabels"].items()
            there = [labels] if one["kind"] == "PodMonitor" else [each["metadata"]["labels"] for each in services]
            chosen = [each for each in there if wanted <= each.items()]
            found += [] if len(chosen) == 1 else [f"{one['kind']} selects {len(chosen)} things"]
            found += [f"{one['kind']}: job is not kordon" for each in chosen if each[one["spec"]["jobLabel"]] != "kordon"]
    return found


def foreign_problems(objects: list[dict]) -> list[str]:
    found = []
    for one in objects:
        if model := FOREIGN.get(one["kind"]):
            again = model.model_validate(one).model_dump(by_alias=True, exclude_none=True, mode="json")
            lost = set(one["spec"]) - set(again["spec"])
            found += [f"{one['kind']}: the operator knows no {name}" for name in lost]
    rules = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text())
    found += ["PrometheusRule: not the rules of deploy/prometheus" for one in objects if one["kind"] == "PrometheusRule" and one["spec"] != rules]
    return found


def refusals(chart: helm.Chart) -> list[str]:
    found = []
    for values in REFUSED + NOT_RENDERED:
        try:
            if values in REFUSED:
                chart.validate_schema(values)
            else:
                chart.render(values, name="kordon")
            found.append(f"accepted: {values}")
        except helm.HelmError:
            pass
    return found


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    found = [f"lint: {one}" for one in helm.lint(CHART)["messages"] if one["severity"] >= LEAST_SEVERITY]
    with helm.Chart.load(CHART) as chart:
        found += refusals(chart)
        for name, values in VALUES.items():
            chart.validate_schema(values)
            rendered = chart.render(values, name="prod", namespace="maps")
            objects = [one for text in rendered.values() for one in yaml.safe_load_all(text) if isinstance(one, dict)]
            found += [f"{name}: {one}" for one in name_problems(objects, "existingConfigMap" in values.get("config", {})) + foreign_problems(objects)]
            known = [one for one in objects if one["kind"] not in FOREIGN and one["kind"] != "HTTPRoute"]
            (out / f"{name}.yaml").write_text(yaml.safe_dump_all(known))
            print(f"{name}: {len(objects)} objects")
    monitoring = [yaml.safe_load((ROOT / f"deploy/kubernetes/monitoring/{name}").read_text()) for name in ("pod-monitor.yaml", "rules.yaml")]
    found += [f"kustomize: {one}" for one in foreign_problems(monitoring)]
    print("\n".join(found) or "the chart is sound")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
