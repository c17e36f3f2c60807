"""Lines and areas: Shapely geometries, GeoSeries and GeoJSON as the engine takes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kordon import _core
from kordon.errors import InputError
from kordon.inputs import is_pandas, time_text

WGS84 = "EPSG:4326"
_MOST_ERRORS = 100


def answer(
    world: _core.World, geometries: Any, times: Sequence[Any] | None, zone: str | None, members: list[tuple[str, object, bool]],
    full: bool, edges: str, max_gap_s: float | None, max_speed_m_s: float | None, errors: str,
) -> Any:
    """See Evaluator.evaluate_geometries."""
    limits = {"max_gap_s": max_gap_s, "max_speed_m_s": max_speed_m_s}
    wrong = [(name, "out_of_range", "expected a number above 0") for name, limit in limits.items() if limit is not None and not limit > 0]
    if edges not in ("planar", "geodesic"):
        wrong.append(("edges", "out_of_range", "expected planar or geodesic"))
    if wrong:
        raise InputError(wrong)
    gaps = [float("inf") if limit is None else float(limit) for limit in limits.values()]
    text = _features(list(_in_wgs84(geometries)), times, zone)
    lines = world.answer_features(text, members, full, edges, *gaps).splitlines() if text else []
    rows = [_without_times(json.loads(line)) for line in lines]
    bad = [
        (f"geometry[{row}]", fault["code"], f"{fault['where']}: {fault['message']}")
        for row, found in enumerate(rows) if "error" in found for fault in found["error"]["errors"]
    ]
    if errors == "raise" and bad:
        raise InputError(bad[:_MOST_ERRORS])
    if full or not is_pandas(geometries):
        return rows
    import pandas as pd

    return pd.DataFrame(rows, index=geometries.index)


def _without_times(found: dict[str, Any]) -> dict[str, Any]:
    found.pop("coordTimes", None)
    found.pop("properties", None)
    return found


def _in_wgs84(geometries: Any) -> Any:
    series = geometries.geometry if is_pandas(geometries) and hasattr(geometries, "geometry") else geometries
    if not hasattr(series, "to_crs"):
        return series
    if series.crs is None:
        raise InputError([("geometry", "bad_geometry", "the geometries have no CRS; expected one: set_crs(...)")])
    return series.to_crs(WGS84)


def _geometry(geometry: Any) -> Any:
    if geometry is None or isinstance(geometry, dict):
        return geometry
    if not hasattr(geometry, "__geo_interface__"):
        raise InputError([("geometry", "wrong_type", f"expected a Shapely geometry or GeoJSON, got {type(geometry).__name__}")])
    return geometry.__geo_interface__


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
