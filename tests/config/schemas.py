#!/usr/bin/env python3
"""The JSON Schemas are valid, hold for the files that ship, and refuse what the program refuses."""

import copy
import json
import unittest
from pathlib import Path

from jsonschema import Draft202012Validator

CONFIG = Path(__file__).resolve().parents[2] / "config"


def load(name: str):
    return json.loads((CONFIG / name).read_text(encoding="utf-8"))


def broken(document, pointer: str, value=None, remove=False):
    """A copy with the member at the pointer set to the value, or removed."""
    document = copy.deepcopy(document)
    *path, last = [int(key) if key.isdigit() else key for key in pointer.split("/")[1:]]
    parent = document
    for key in path:
        parent = parent[key]
    if remove:
        del parent[last]
    else:
        parent[last] = value
    return document


class Schemas(unittest.TestCase):
    def refuses(self, schema: str, document: str, cases: list[tuple]):
        validator = Draft202012Validator(load(schema))
        for pointer, *value in cases:
            with self.subTest(pointer=pointer, value=value):
                changed = broken(load(document), pointer, *value, remove=not value)
                self.assertFalse(validator.is_valid(changed))

    def test_the_schemas_are_valid(self):
        for name in ("kordon.schema.json", "policy.schema.json"):
            Draft202012Validator.check_schema(load(name))

    def test_the_files_that_ship_hold(self):
        Draft202012Validator(load("kordon.schema.json")).validate(load("kordon.json"))
        for policy in load("kordon.json")["policies"]:
            Draft202012Validator(load("policy.schema.json")).validate(load(policy))

    def test_a_broken_configuration_is_refused(self):
        self.refuses("kordon.schema.json", "kordon.json", [
            ("/layers",), ("/layers", []), ("/layers/0/id",), ("/layers/0/id", ""), ("/layers/0/accuracy_m", -1),
            ("/layers/0/acuracy_m", 1), ("/policies/0", 7), ("/borders/note",), ("/borders/accuracy_m/RU|UA", None),
            ("/server/threads", 2.5), ("/server/timeouts/header_s", 1), ("/server/timeouts/header_ms", 0),
            ("/server/limits/body_bytes", True), ("/server/limits/rows", 1),
        ])

    def test_a_broken_policy_is_refused(self):
        self.refuses("policy.schema.json", "policies/us-kharkiv-2024.json", [
            ("/title",), ("/title", 1), ("/titel", "x"), ("/known_through", "2024-05-31"), ("/sources/0/date", "May"),
            ("/parameters/0/unit", "mi"), ("/parameters/0/id", "depth"), ("/parameters/0/min", -1),
            ("/parameters/0/assumed", "yes"), ("/rules/0/effect", "forbid"), ("/rules/0/sources", []),
            ("/rules/0/area", {}), ("/rules/0/area", {"outside": "RU"}), ("/rules/0/area", {"everywhere": False}),
            ("/rules/0/area", {"inside": "RU", "not": {"inside": "UA"}}), ("/rules/0/area", {"all": []}),
            ("/rules/0/area", {"within": {"of": "RU"}}), ("/rules/0/area", {"within": {"radius_m": 1}}),
            ("/rules/0/area", {"within": {"of": "RU", "radius_m": 1, "radius_km": 1}}),
            ("/rules/0/area", {"within": {"of": "RU", "radius_m": -1}}),
        ])


if __name__ == "__main__":
    unittest.main()
