"""Collections of features as the service answers them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np

from kordon.errors import InputError

if TYPE_CHECKING:
    from kordon import _core

_MOST_FEATURES = 10_000


def get(world: _core.World, path: str, query: Mapping[str, object]) -> dict[str, Any]:
    """The answer to a GET of this path, without the members of `query` that are None.

    Raises:
        InputError: where the answer is not 200, with its errors.
    """
    stated = {key: value for key, value in query.items() if value is not None}
    status, body = world.get(path + ("?" + urlencode(stated) if stated else ""))
    answer: dict[str, Any] = json.loads(body)
    if status != 200:
        raise InputError([(fault["where"], fault["code"], fault["message"]) for fault in answer["errors"]])
    return answer


def collection(
    world: _core.World, name: str, simplify_deg: float, bbox: Sequence[float] | None, query: Mapping[str, object], frame: bool
) -> Any:
    """The collection of this name as a GeoJSON FeatureCollection, or as a GeoDataFrame in EPSG:4326 with their ids as index."""
    box = None if bbox is None else ",".join(repr(float(edge)) for edge in bbox)
    asked = {**query, "bbox": box, "max-allowable-offset": simplify_deg or None, "limit": _MOST_FEATURES}
    answer = get(world, f"/collections/{name}/items", asked)
    found = {"type": "FeatureCollection", "features": answer["features"]}
    if not frame:
        return found
    import geopandas as gpd

    made = gpd.GeoDataFrame.from_features(found, crs="EPSG:4326")
    return made.set_index(np.array([feature["id"] for feature in found["features"]], dtype=object))
