#!/usr/bin/env python3
"""What no schema knows of rendered manifests: that the names in them meet. Selectors find the deployment's pods, ports that
are named exist, the files that kordon.json names are mounted where it looks, and pods have time to stop.

manifests.py RENDERED.yaml     exit 1 if there is a problem"""

import json
import posixpath
import sys
from pathlib import Path

import yaml


def problems(objects: list[dict]) -> list[str]:
    kinds: dict[str, list[dict]] = {}
    for one in objects:
        kinds.setdefault(one["kind"], []).append(one)
    deployment = kinds["Deployment"][0]
    pod = deployment["spec"]["template"]
    found = selector_problems(kinds, pod["metadata"]["labels"])
    found += port_problems(kinds, pod["spec"]["containers"][0])
    found += config_problems(kinds["ConfigMap"][0], pod["spec"])
    found += stop_problems(pod["spec"])
    for scaler in kinds.get("HorizontalPodAutoscaler", []):
        if scaler["spec"]["scaleTargetRef"]["name"] != deployment["metadata"]["name"]:
            found.append("the autoscaler scales something else")
        if "replicas" in deployment["spec"]:
            found.append("the deployment's replicas and the autoscaler would fight")
    return found


def selector_problems(kinds: dict, labels: dict) -> list[str]:
    selectors = {
        "Deployment": lambda spec: spec["selector"].get("matchLabels"),
        "Service": lambda spec: spec.get("selector"),
        "PodDisruptionBudget": lambda spec: spec.get("selector", {}).get("matchLabels"),
        "NetworkPolicy": lambda spec: spec["podSelector"].get("matchLabels"),
    }
    found = []
    for kind, select in selectors.items():
        for one in kinds.get(kind, []):
            if not select(one["spec"]) or not select(one["spec"]).items() <= labels.items():
                found.append(f"{kind} does not select the deployment's pods")
    for constraint in kinds["Deployment"][0]["spec"]["template"]["spec"]["topologySpreadConstraints"]:
        if not constraint["labelSelector"].get("matchLabels", {None: None}).items() <= labels.items():
            found.append(f"the spread over {constraint['topologyKey']} counts other pods")
    return found


def port_problems(kinds: dict, container: dict) -> list[str]:
    there = {port["name"]: port["containerPort"] for port in container["ports"]}
    used = {port["targetPort"] for one in kinds["Service"] for port in one["spec"]["ports"]}
    used |= {port["port"] for one in kinds["NetworkPolicy"] for rule in one["spec"]["ingress"] for port in rule["ports"]}
    used |= {container[probe]["httpGet"]["port"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    found = [f"no port is called {name}" for name in used - set(there)]
    settings = {one["name"]: one.get("value", "") for one in container["env"]}
    for name, variable in (("http", "KORDON_LISTEN"), ("admin", "KORDON_ADMIN_LISTEN")):
        if not settings[variable].endswith(f":{there[name]}"):
            found.append(f"port {name} is not where {variable} listens")
    return found


def config_problems(config_map: dict, pod: dict) -> list[str]:
    volume = next(one["configMap"] for one in pod["volumes"] if "configMap" in one)
    mounted = {item["path"]: item["key"] for item in volume["items"]}
    found = [f"the ConfigMap has no {key}" for key in mounted.values() if key not in config_map["data"]]
    found += [f"{key} is not mounted" for key in set(config_map["data"]) - set(mounted.values())]
    if volume["name"] != config_map["metadata"]["name"]:
        found.append("another ConfigMap is mounted")
    if any("subPath" in one for one in pod["containers"][0]["volumeMounts"]):
        found.append("a subPath is never updated")
    config = json.loads(config_map["data"]["kordon.json"])
    found += [f"{policy} is not mounted" for policy in config["policies"] if posixpath.normpath(policy) not in mounted]
    return found


def stop_problems(pod: dict) -> list[str]:
    settings = {one["name"]: one.get("value") for one in pod["containers"][0]["env"]}
    unready_s = int(settings["KORDON_UNREADY_MS"]) / 1000
    probe = pod["containers"][0]["readinessProbe"]
    found = []
    if unready_s < probe["periodSeconds"] * probe["failureThreshold"]:
        found.append("a pod closes before its probe can have failed")
    if pod["terminationGracePeriodSeconds"] < unready_s + 10:
        found.append("a pod is killed before it has finished")
    return found


def main() -> int:
    found = problems(list(yaml.safe_load_all(Path(sys.argv[1]).read_text())))
    print("\n".join(found) or "names meet")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
