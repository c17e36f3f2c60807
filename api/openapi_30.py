#!/usr/bin/env python3
"""Writes an OpenAPI 3.1 document as OpenAPI 3.0, which OGC's clients look for: openapi_30.py FROM TO

What 3.0 has no word for is said by those that it has: a list of types by `anyOf`, null by `nullable`, `const` by an `enum` of one,
an exclusive bound by a bound and a flag. What it cannot say at all (a summary, an SPDX name of the licence, the media type of a
text, which members come together) is left out; anything else that it does not have ends this with an error."""

import json
import sys
from pathlib import Path

LEFT_OUT = {"contentMediaType", "dependentRequired"}
UNKNOWN = {"$defs", "if", "patternProperties", "prefixItems", "propertyNames", "unevaluatedProperties", "webhooks"}


def with_types(schema: dict) -> dict:
    """Its `type` as 3.0 has it."""
    types = schema.pop("type")
    named = [one for one in types if one != "null"]
    nullable = {"nullable": True} if len(named) < len(types) else {}
    if len(named) == 1:
        return schema | {"type": named[0]} | nullable
    return schema | {"anyOf": [{"type": one} | nullable for one in named]}


def with_nullable_choices(schema: dict, key: str) -> dict:
    """A choice of null as a flag of the others; a flag beside a reference needs an `allOf`."""
    choices = schema[key]
    if {"type": "null"} not in choices:
        return schema
    others = [one for one in choices if one != {"type": "null"}]
    flagged = [{"allOf": [one], "nullable": True} if "$ref" in one else one | {"nullable": True} for one in others]
    rest = {name: value for name, value in schema.items() if name != key}
    return rest | (flagged[0] if len(flagged) == 1 else {key: flagged})


def lowered(node, inside_properties: bool = False):
    """The part of a document as 3.0 has it; names of properties are no words of it."""
    if isinstance(node, list):
        return [lowered(one) for one in node]
    if not isinstance(node, dict):
        return node
    if inside_properties:
        return {name: lowered(value) for name, value in node.items()}
    if "example" in node or "default" in node:  # values are not schemas
        kept = {name: node[name] for name in ("example", "default") if name in node}
        return lowered({name: value for name, value in node.items() if name not in kept}) | kept
    if unknown := UNKNOWN & node.keys():
        raise SystemExit(f"OpenAPI 3.0 has no {', '.join(sorted(unknown))}")
    schema = {name: value if name == "enum" else lowered(value, name == "properties")
              for name, value in node.items() if name not in LEFT_OUT}
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(word), (int, float)) and not isinstance(schema.get(word), bool):
            schema |= {bound: schema[word], word: True}
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            schema = with_nullable_choices(schema, key)
    return with_types(schema) if isinstance(schema.get("type"), list) else schema


def main():
    source, target = sys.argv[1:]
    document = lowered(json.loads(Path(source).read_text()))
    document["openapi"] = "3.0.3"
    document["info"].pop("summary", None)
    document["info"]["license"].pop("identifier", None)
    Path(target).write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
