#!/usr/bin/env python3
"""Holds the running service against api/openapi.json: every endpoint is described, every answer has a status, a media
type and a body as described, every member that is described occurs, and one that is not described is refused."""

import argparse
import copy
import json
import re
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker, RefResolver

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "repo"))
from readme import service  # noqa: E402

TEXT = (ROOT / "api" / "openapi.json").read_text()
API = json.loads(TEXT)
FORMATS = FormatChecker(formats=())
ADDRESS = ""
# Members of answers that this configuration, or this test, does not bring about.
NEVER_SEEN = {
    "requests_per_second", "burst", "rows_per_request",  # no rate limit is configured
    "edges",  # all shipped layers are planar
    "last_reload", "reload_faults",  # no reload is refused
    "all", "any", "not", "radius", "unit", "parameter", "everywhere", "inside", "within",  # alternatives, by policy
}  # fmt: skip

ROWS = {
    "application/x-ndjson": {
        "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("FlatAnswer", "LineSums", "AreaSums", "BatchItem", "LineItem", "AreaItem", "FailedItem")]
    },
    "application/geo+json-seq": {"$ref": "#/components/schemas/PointFeature"},
}

TIME = "at=2024-06-15T00:00:00Z"
PLACE = f"lon=36.5873&lat=50.5956&{TIME}"
TILES = "/collections/{}/tiles/WebMercatorQuad"
TILE = "/{tileMatrix}/{tileRow}/{tileCol}"
COARSE = "max-allowable-offset=0.5"
ITEMS = '{"items":[{"id":1,"lon":36.5,"lat":50.5},{"id":"b","lon":36.5}]}'
FEATURES = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"a":1},'
    '"geometry":{"type":"Point","coordinates":[36.5,50.5]}},{"type":"Feature","properties":{},"geometry":null}]}'
)
EXTENTS = json.dumps({"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": 1, "properties": {"activity": "counter-fire", "coordTimes": [
        [f"2024-06-01T0{hour}:00:00Z" for hour in (0, 1)], [f"2024-06-01T0{hour}:00:00Z" for hour in (3, 4, 5)]],
     "max_gap_s": 7000},
     "geometry": {"type": "MultiLineString",
                  "coordinates": [[[36.5, 50.1], [36.5, 50.6]], [[36.6, 50.6], [36.6, 50.4], [36.5, 49.5]]]}},
    {"type": "Feature", "id": 2, "properties": {"activity": "counter-fire", "parcel": 7}, "geometry": {
        "type": "Polygon", "coordinates": [[[36.5, 50.2], [36.6, 50.2], [36.6, 50.5], [36.5, 50.5], [36.5, 50.2]]]}},
]})  # fmt: skip
CSV = "name,lon,lat\nx,36.5,50.5\ny,,1\n"

GETS = [
    ("/", "/", None),
    ("/conformance", "/conformance", None),
    ("/collections", "/collections", None),
    *((f"/collections/{name}", f"/collections/{name}", None) for name in ("regions", "borders", "zones")),
    ("/collections/regions/items", f"/collections/regions/items?{COARSE}&limit=1", None),
    ("/collections/regions/items", f"/collections/regions/items?{COARSE}&limit=1&offset=1", None),
    ("/collections/regions/items", "/collections/regions/items?bbox=1,2,3", None),
    ("/collections/regions/items/{id}", f"/collections/regions/items/UA?{COARSE}", None),
    ("/collections/regions/items/{id}", "/collections/regions/items/XX", None),
    ("/collections/borders/items", f"/collections/borders/items?{COARSE}&bbox=30,45,40,55", None),
    ("/collections/borders/items/{id}", f"/collections/borders/items/RU%7CUA?{COARSE}", None),
    ("/collections/zones/items", f"/collections/zones/items?{COARSE}&depth_km=50&datetime=2024-06-15T00:00:00Z", None),
    ("/collections/zones/items", "/collections/zones/items?policy=x", None),
    ("/collections/zones/items/{id}", f"/collections/zones/items/us-kharkiv-2024:long-range-prohibited?{COARSE}", None),
    ("/collections/zones/items/{id}", "/collections/zones/items/us-kharkiv-2024:counter-fire-kharkiv?depth_km=0", None),
    *((TILES.format(name), TILES.format(name), None) for name in ("regions", "borders", "zones")),
    *((TILES.format(name) + TILE, TILES.format(name) + "/6/21/38", None) for name in ("regions", "borders", "zones")),
    (TILES.format("zones") + TILE, TILES.format("zones") + "/6/21/38?depth_km=50&datetime=2024-06-15T00:00:00Z", None),
    (TILES.format("zones") + TILE, TILES.format("zones") + "/6/64/38", None),
    ("/v1/evaluate", f"/v1/evaluate?{PLACE}", None),
    ("/v1/evaluate", f"/v1/evaluate?lon=36.43341&lat=50.33077&accuracy_m=50&{TIME}", None),
    ("/v1/evaluate", "/v1/evaluate?position=36UYB1234567890&activity=long-range&at=2024-01-01T00:00:00Z", None),
    ("/v1/evaluate", "/v1/evaluate?lon=0&lat=100&depth=1", None),
    ("/v1/evaluate", f"/v1/evaluate?{PLACE}", "text/csv"),
    ("/v1/policies", "/v1/policies", None),
    ("/v1/policies/{id}", "/v1/policies/us-kharkiv-2024", None),
    ("/v1/policies/{id}", "/v1/policies/none", None),
    ("/v1/limits", "/v1/limits", None),
    ("/problems", "/problems", None),
    ("/problems/{id}", "/problems/bad_time", None),
    ("/problems/{id}", "/problems/none", None),
    ("/openapi.json", "/openapi.json", None),
    ("/openapi-3.0.json", "/openapi-3.0.json", None),
    ("/docs", "/docs", None),
    ("/embed", "/embed", None),
    ("/livez", "/livez", None),
    ("/readyz", "/readyz", None),
    ("/metrics", "/metrics", None),
]
POSTS = [
    ("", "application/json", None, ITEMS),
    ("", "application/json", None, '{"lon":36.5,"lat":50.5,"depth_km":60}'),
    ("", "application/json", None, "[]"),
    ("", "application/json", None, '{"items":1}'),
    ("", "application/xml", None, "<a/>"),
    ("", "application/json", "text/html", ITEMS),
    (f"?{TIME}", "application/geo+json", None, FEATURES),
    (f"?{TIME}", "application/json", "application/geo+json", ITEMS),
    ("?max_gap_s=9000", "application/geo+json", None, EXTENTS),
    ("?detail=full", "application/geo+json", None, EXTENTS),
    ("?edges=planar&max_speed_m_s=900", "application/geo+json", "application/json", EXTENTS),
    (f"?{TIME}", "text/csv", None, CSV),
    (f"?{TIME}", "text/csv", "application/json", CSV),
    (f"?{TIME}&detail=full", "text/csv", "application/x-ndjson", CSV),
    (f"?{TIME}&lon_column=lon&depth_km=5", "text/csv", "application/geo+json-seq", CSV),
    (f"?{TIME}&detail=full", "text/csv", "application/geo+json", CSV),
    ("?at=never", "text/csv", None, CSV),
]


@FORMATS.checks("date-time", raises=ValueError)
def is_time(text) -> bool:
    return not isinstance(text, str) or bool(datetime.fromisoformat(text.replace("Z", "+00:00")))


def resolved(node):
    while "$ref" in node:
        path = node["$ref"].removeprefix("#/").split("/")
        node = API
        for key in path:
            node = node[key]
    return node


def validator(schema):
    return Draft202012Validator(schema, resolver=RefResolver("", API), format_checker=FORMATS)


def ask(method: str, url: str, headers=None, body=None):
    """Status, media type and text."""
    request = urllib.request.Request(f"http://{ADDRESS}{url}", data=body and body.encode(), method=method)
    for key, value in (headers or {}).items():
        if value:
            request.add_header(key, value)
    try:
        answer = urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    with answer:
        return answer.status, answer.headers["Content-Type"], answer.read().decode(errors="replace")


def described(operation, status: int):
    responses = operation["responses"]
    return resolved(responses.get(str(status)) or responses[f"{status // 100}XX"])


class Interface(unittest.TestCase):
    seen: set[tuple[int, str]] = set()  # a schema that has properties, by identity, and a property of it
    answered: set[tuple[str, str, str]] = set()

    def check(self, method: str, path: str, status: int, media_type: str, text: str):
        operation = API["paths"][path][method.lower()]
        content = described(operation, status)["content"]
        media_type = next((m for m in content if m == media_type or m == media_type.split(";")[0]), None)
        self.assertIsNotNone(media_type, f"{method} {path} gave a media type that is not described")
        self.answered.add((method, path, media_type if status == 200 else str(status // 100)))
        if media_type in ROWS:
            for line in filter(None, text.split("\n")):
                self.check_value(ROWS[media_type], json.loads(line.lstrip("\x1e")))
        elif "json" in media_type:
            self.check_value(content[media_type]["schema"], json.loads(text))

    def check_value(self, schema, body):
        errors = [error.message[:300] for error in validator(schema).iter_errors(body)]
        self.assertEqual(errors, [])
        self.note(schema, body)
        self.refuses_strays(schema, body)

    def note(self, schema, value):
        """Which members of the schema the value has."""
        schema = resolved(schema)
        for choice in schema.get("oneOf", []) + schema.get("anyOf", []):
            if validator(choice).is_valid(value):
                self.note(choice, value)
        if isinstance(value, dict):
            for key, member in value.items():
                inner = schema.get("properties", {}).get(key)
                if inner is not None:
                    self.seen.add((id(schema), key))
                inner = inner or schema.get("additionalProperties")
                if isinstance(inner, dict):
                    self.note(inner, member)
        if isinstance(value, list) and "items" in schema:
            for item in value[:50]:
                self.note(schema["items"], item)

    def refuses_strays(self, schema, body):
        if resolved(schema).get("additionalProperties") is False:
            stray = copy.copy(body)
            stray["stray"] = 1
            self.assertFalse(validator(schema).is_valid(stray))

    def test_1_requests_and_answers(self):
        for path, url, accept in GETS:
            with self.subTest(url=url, accept=accept):
                status, media_type, text = ask("GET", url, {"Accept": accept})
                if status == 200:
                    self.check_query(API["paths"][path]["get"], url)
                    for other in API["paths"][path]["get"]["responses"]["200"]["content"]:
                        self.check("GET", path, *ask("GET", url, {"Accept": other}))
                self.check("GET", path, status, media_type, text)
        for query, content_type, accept, body in POSTS:
            with self.subTest(query=query, content_type=content_type, accept=accept, body=body):
                self.check_body(content_type, body)
                answer = ask("POST", f"/v1/evaluate{query}", {"Content-Type": content_type, "Accept": accept}, body)
                self.check("POST", "/v1/evaluate", *answer)

    def check_query(self, operation, url: str):
        """A request that is answered is one that is described."""
        known = {p["name"]: p["schema"] for p in map(resolved, operation.get("parameters", []))}
        for key, value in urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query):
            typed = value
            if known[key]["type"] == "array":
                typed = [float(number) for number in value.split(",")]
            elif known[key]["type"] in ("number", "integer"):
                typed = json.loads(value)
            self.assertEqual([e.message for e in validator(known[key]).iter_errors(typed)], [])

    def check_body(self, content_type: str, body: str):
        content = API["paths"]["/v1/evaluate"]["post"]["requestBody"]["content"]
        if content_type.endswith("json") and '"items":1' not in body:
            validator(content[content_type]["schema"]).validate(json.loads(body))

    def test_2_every_answer_that_is_described_was_given(self):
        for path, methods in API["paths"].items():
            for method, operation in methods.items():
                for media_type in operation["responses"]["200"]["content"]:
                    if path == "/metrics" and ("GET", path, "4") in self.answered:
                        continue  # it can be elsewhere
                    self.assertIn((method.upper(), path, media_type), self.answered)

    def test_3_every_member_that_is_described_was_seen(self):
        requests = {"Item", "Batch"}
        unseen = [
            f"{name}.{key}"
            for name, schema in API["components"]["schemas"].items()
            for key in schema.get("properties", {})
            if name not in requests and key not in NEVER_SEEN and (id(schema), key) not in self.seen
        ]
        self.assertEqual(unseen, [])

    def test_every_endpoint_is_described(self):
        table = re.findall(r'Endpoint\{\s*"(\w+)",\s*"([^"]+)"', (ROOT / "api" / "endpoints.cpp").read_text())
        paths = {(method.upper(), path) for path, methods in API["paths"].items() for method in methods}
        operators = re.findall(r'Endpoint\{\s*"(/\w+)"', (ROOT / "server" / "operators.cpp").read_text())
        files_of_the_map = {("GET", "/web/{file}")}
        self.assertEqual(paths | files_of_the_map, set(table) | {("GET", path) for path in operators})

    def test_schemas_and_references(self):
        for schema in API["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)
        for reference in re.findall(r'"\$ref": "([^"]+)"', TEXT):
            resolved({"$ref": reference})

    def test_the_service_gives_this_document(self):
        self.assertEqual(ask("GET", "/openapi.json")[2], TEXT)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=str(ROOT / "build/release/kordon"))
    with service(parser.parse_args().program) as ADDRESS:
        unittest.main(argv=sys.argv[:1])
