"""Lines and areas: Shapely geometries, GeoSeries and GeoJSON as the engine takes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kordon import _core
from kordon.errors import InputError
from kordon.inputs import is_arrow, is_pandas, time_text
from kordon.points import crs_of

WGS84 = "EPSG:4326"
_MOST_ERRORS = 100


def answer(
    world: _core.World, geometries: Any, times: Sequence[Any] | None, zone: str | None, members: list[tuple[str, object, bool]],
    full: bool, edges: str, max_gap_s: float | None, max_speed_m_s: float | None, errors: str,
) -> Any:
    """See Evaluator.evaluate_geometries."""
    text = _features(list(_in_wgs84(geometries)), times, zone)
    rows = answer_features(world, text, members, full, edges, max_gap_s, max_speed_m_s)
    if errors == "raise":
        refuse_bad(rows, [f"geometry[{row}]" for row in range(len(rows))])
    if full or not is_pandas(geometries):
        return rows
    import pandas as pd

    return pd.DataFrame(rows, index=geometries.index)


def answer_features(
    world: _core.World, text: str, members: list[tuple[str, object, bool]], full: bool, edges: str, max_gap_s: float | None,
    max_speed_m_s: float | None,
) -> list[dict[str, Any]]:
    """To features of GeoJSON, one a line of text, an answer each.

    Raises:
        InputError: for what holds for all of them.
    """
    limits = {"max_gap_s": max_gap_s, "max_speed_m_s": max_speed_m_s}
    wrong = [(name, "out_of_range", "expected a number above 0") for name, limit in limits.items() if limit is not None and not limit > 0]
    if edges not in ("planar", "geodesic"):
        wrong.append(("edges", "out_of_range", "expected planar or geodesic"))
    if wrong:
        raise InputError(wrong)
    gaps = [float("inf") if limit is None else float(limit) for limit in limits.values()]
    lines = world.answer_features(text, members, full, edges, *gaps).splitlines() if text else []
    return [_without_own(json.loads(line)) for line in lines]


def refuse_bad(rows: list[dict[str, Any]], names: Sequence[str]) -> None:
    """Raises InputError with what is wrong with each of these answers, by its name."""
    bad = [
        (name, fault["code"], f"{fault['where']}: {fault['message']}")
        for name, found in zip(names, rows, strict=True) if "error" in found for fault in found["error"]["errors"]
    ]
    if bad:
        raise InputError(bad[:_MOST_ERRORS])


def _without_own(found: dict[str, Any]) -> dict[str, Any]:
    for name in ("coordTimes", "accuracies_m", "properties"):
        found.pop(name, None)
    return found


def _in_wgs84(geometries: Any) -> Any:
    series = geometries.geometry if is_pandas(geometries) and hasattr(geometries, "geometry") else geometries
    if is_arrow(series) and not is_pandas(series):
        return _of_arrow(series)
    if not hasattr(series, "to_crs"):
        return series
    if series.crs is None:
        raise InputError([("geometry", "bad_geometry", "the geometries have no CRS; expected one: set_crs(...)")])
    return series.to_crs(WGS84)


# How deep GeoArrow nests the positions of each of its encodings.
_DEPTHS = {"linestring": 1, "polygon": 2, "multilinestring": 2, "multipolygon": 3}
_TYPES = {"linestring": "LineString", "polygon": "Polygon", "multilinestring": "MultiLineString", "multipolygon": "MultiPolygon"}


def _of_arrow(values: Any) -> list[Any]:
    """WKB as bytes, and GeoArrow's nested lists as GeoJSON. By depth alone polygons and lines of several parts are alike:
    those need the type that says which, as geoarrow-pyarrow registers it."""
    import pyarrow as pa

    array = values if isinstance(values, (pa.Array, pa.ChunkedArray)) else pa.chunked_array(values)
    crs = crs_of(array.type)
    if crs is not None:
        raise InputError([("geometry", "bad_geometry", f"the geometries are in {crs}; expected WGS 84: to_crs({WGS84!r})")])
    name = getattr(array.type, "extension_name", "")
    storage, depth = getattr(array.type, "storage_type", array.type), 0
    if pa.types.is_binary(storage) or pa.types.is_large_binary(storage):
        return array.to_pylist()  # type: ignore[no-any-return]
    while pa.types.is_list(storage) or pa.types.is_large_list(storage):
        storage, depth = storage.value_type, depth + 1
    kinds = [kind for kind, nested in _DEPTHS.items() if nested == depth and name in ("", f"geoarrow.{kind}")]
    if len(kinds) != 1:
        raise InputError([("geometry", "bad_geometry", f"expected WKB, or lines or polygons of GeoArrow with their type, got {array.type}")])
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    rows = [row for chunk in chunks for row in getattr(chunk, "storage", chunk).to_pylist()]
    return [None if row is None else {"type": _TYPES[kinds[0]], "coordinates": _positions(row)} for row in rows]


def _positions(nested: Any) -> Any:
    if isinstance(nested, dict):
        return [nested["x"], nested["y"]]
    return [_positions(part) for part in nested] if isinstance(nested[0], (list, dict)) else nested


def _geometry(geometry: Any) -> Any:
    if geometry is None or isinstance(geometry, dict):
        return geometry
    if isinstance(geometry, bytes):
        geometry, fault = shape_or_error(geometry)
        if fault is not None:
            raise InputError([("geometry", "bad_geometry", fault)])
    if not hasattr(geometry, "__geo_interface__"):
        raise InputError([("geometry", "wrong_type", f"expected a Shapely geometry, WKB or GeoJSON, got {type(geometry).__name__}")])
    return geometry.__geo_interface__


def shape_or_error(value: bytes | str | None) -> tuple[Any, str | None]:
    """Of WKB or WKT what Shapely makes of it; None with the reason where that is nothing."""
    import shapely

    if value is None:
        return None, "missing: geometry: expected one"
    try:
        return (shapely.from_wkt(value) if isinstance(value, str) else shapely.from_wkb(bytes(value))), None
    except (TypeError, shapely.errors.GEOSException) as fault:
        return None, f"bad_geometry: geometry: expected WKB or WKT: {fault}"


def _features(geometries: list[Any], times: Sequence[Any] | None, zone: str | None) -> str:
    """GeoJSON, a feature a line."""
    if times is not None and len(times) != len(geometries):
        raise InputError([("times", "wrong_columns", f"expected a list for each of {len(geometries)} geometries, got {len(times)}")])
    lines = []
    for row, geometry in enumerate(geometries):
        own = times[row] if times is not None else None
        properties = {} if own is None else {"coordTimes": _texts(own, zone)}
        lines.append(json.dumps({"type": "Feature", "geometry": _geometry(geometry), "properties": properties}) + "\n")
    return "".join(lines)


def _texts(times: Iterable[Any], zone: str | None) -> list[Any]:
    return [time_text(at.to_pydatetime() if hasattr(at, "to_pydatetime") else at, zone) for at in times]
