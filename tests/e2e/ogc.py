#!/usr/bin/env python3
"""Clients that know OGC API Features, as their users call them: OWSLib finds the service's description and its collections, and
reads features; GDAL's OAPIF driver opens each collection as a layer, and both see the same features.

tests/e2e/ogc.py --program build/release/kordon      (by the Python of build/clients-test)"""

import argparse
import json
import subprocess
import sys
import unittest

from openapi_spec_validator import validate
from owslib.ogcapi.features import Features
from service import Service

PROGRAM = "build/release/kordon"
KHARKIV = [35.5, 49.5, 37.5, 50.8]

# With Debian's own Python, which has its GDAL: the ids, and the box, of what each layer has in a box.
BY_GDAL = """
import json, sys
from osgeo import gdal, ogr
gdal.UseExceptions()
source = gdal.OpenEx("OAPIF:" + sys.argv[1], gdal.OF_VECTOR)
seen = {}
for layer in (source.GetLayer(i) for i in range(source.GetLayerCount())):
    layer.SetSpatialFilterRect(*map(float, sys.argv[2:]))
    boxes = {}
    for feature in layer:
        name = feature["id"] if feature.GetFieldIndex("id") >= 0 else feature.GetFID()
        boxes[str(name)] = feature.GetGeometryRef().GetEnvelope()
    seen[layer.GetName()] = {"boxes": boxes, "crs": layer.GetSpatialRef().GetAuthorityCode(None)}
print(json.dumps(seen))
"""


def bounds(geometry: dict) -> tuple[float, float, float, float]:
    """As OGR's envelope: least and greatest x, least and greatest y."""
    def positions(part):
        return [part] if isinstance(part[0], (int, float)) else [one for inner in part for one in positions(inner)]
    xs, ys = zip(*(position[:2] for position in positions(geometry["coordinates"])))
    return min(xs), max(xs), min(ys), max(ys)


class Ogc(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.service = cls.enterClassContext(Service(PROGRAM))
        cls.url = f"http://127.0.0.1:{cls.service.port}"
        cls.features = Features(cls.url + "/")

    def test_owslib_finds_what_there_is(self) -> None:
        self.assertEqual(["regions", "borders", "zones"], self.features.feature_collections())
        document = self.features.api()
        validate(document)
        self.assertEqual("3.0.3", document["openapi"])
        self.assertEqual(set(json.loads(self.service.get("/openapi.json"))["paths"]), set(document["paths"]))
        self.assertTrue(any(name.endswith("/conf/core") for name in self.features.conformance()["conformsTo"]))
        self.assertEqual("regions", self.features.collection("regions")["id"])

    def test_owslib_reads_features(self) -> None:
        found = self.features.collection_items("regions", bbox=KHARKIV, limit=10)
        ids = {feature["id"] for feature in found["features"]}
        self.assertEqual({"RU", "UA", "UA-63"}, ids)
        self.assertEqual(3, found["numberMatched"])
        one = self.features.collection_item("regions", "UA-63")
        self.assertEqual("UA-63", one["id"])
        self.assertEqual(1, len(self.features.collection_items("regions", limit=1)["features"]))

    def test_gdal_sees_the_same(self) -> None:
        corners = [KHARKIV[0], KHARKIV[1], KHARKIV[2], KHARKIV[3]]
        run = subprocess.run(["/usr/bin/python3", "-c", BY_GDAL, self.url, *map(str, corners)], capture_output=True, text=True,
                             timeout=120)
        self.assertEqual(0, run.returncode, run.stderr)
        seen = json.loads(run.stdout)
        self.assertEqual(["borders", "regions", "zones"], sorted(seen))
        for name, layer in seen.items():
            with self.subTest(name):
                self.assertEqual("4326", layer["crs"])
                items = self.features.collection_items(name, bbox=KHARKIV, limit=1000)["features"]
                self.assertEqual(len(items), len(layer["boxes"]))
                ours = sorted(bounds(item["geometry"]) for item in items)
                for box, other in zip(ours, sorted(map(tuple, layer["boxes"].values()))):
                    for edge, same in zip(box, other):
                        self.assertAlmostEqual(edge, same, 9)


def main() -> None:
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=PROGRAM)
    given, rest = parser.parse_known_args()
    PROGRAM = given.program
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
