"""Fixes by column as lines of GeoJSON."""

from __future__ import annotations

import json
import warnings
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kordon import _core
from kordon.errors import InputError
from kordon.geometries import refuse_bad
from kordon.inputs import is_arrow, is_pandas, is_scalar, time_column

_MOST_ERRORS = 100
_MOST_TOLD = 5

Doubles = npt.NDArray[np.float64]


class Fixes(NamedTuple):
    """Where things were, of shape (N,) each."""

    ids: list[Any]
    lon: Doubles
    lat: Doubles
    at_ms: npt.NDArray[np.int64]
    accuracy_m: Doubles | None
    faults: list[tuple[int, str, str]]
    """Rows that are no fixes, in order: row, code, message."""

    def tell(self, errors: str) -> None:
        """Raises InputError for rows that are no fixes, or warns of them where errors are `column`."""
        if not self.faults:
            return
        if errors == "raise":
            raise InputError([(f"row[{row}]", code, message) for row, code, message in self.faults[:_MOST_ERRORS]])
        told = ", ".join(str(row) for row, _, _ in self.faults[:_MOST_TOLD])
        warnings.warn(f"{len(self.faults)} rows are no fixes and are left out: {told}", stacklevel=3)

    def features(self) -> tuple[list[Any], str]:
        """Ids in order of their first fixes, and a line for each in order of time, one a line of text."""
        there = np.ones(len(self.ids), dtype=bool)
        there[[row for row, _, _ in self.faults]] = False
        kept = there.nonzero()[0]
        codes: dict[Any, int] = {}
        tracks = np.array([codes.setdefault(self.ids[row], len(codes)) for row in kept], dtype=np.int64)
        order = kept[np.lexsort((self.at_ms[kept], tracks))]
        ends = np.cumsum(np.bincount(tracks, minlength=len(codes)))[:-1]
        return list(codes), "".join(self._feature(rows) for rows in np.split(order, ends) if len(rows))

    def _feature(self, rows: npt.NDArray[np.intp]) -> str:
        times = np.datetime_as_string(self.at_ms[rows].view("datetime64[ms]"), unit="ms")
        properties: dict[str, Any] = {"coordTimes": [f"{time}Z" for time in times]}
        if self.accuracy_m is not None:
            properties["accuracies_m"] = self.accuracy_m[rows].tolist()
        geometry = {"type": "LineString", "coordinates": np.column_stack((self.lon[rows], self.lat[rows])).tolist()}
        return json.dumps({"type": "Feature", "geometry": geometry, "properties": properties}) + "\n"


def read_fixes(ids: Any, place: tuple[Any, Any], at: Any, accuracy_m: Any, zone: str | None) -> Fixes:
    """Columns as `Evaluator.evaluate_tracks` takes them.

    Raises:
        InputError: for columns of different lengths, numbers as times.
    """
    names = _list(ids)
    lon, lat = (_numbers(axis) for axis in place)
    columns = {"lon": lon, "lat": lat, "at": time_column(at, zone)}
    if accuracy_m is not None:
        columns["accuracy_m"] = np.full(len(names), float(accuracy_m)) if is_scalar(accuracy_m) else _numbers(accuracy_m)
    wrong = [(name, "wrong_columns", f"expected {len(names)} values, got {len(column)}") for name, column in columns.items() if len(column) != len(names)]
    if wrong:
        raise InputError(wrong)
    return Fixes(names, lon, lat, columns["at"], columns.get("accuracy_m"), _faults(names, columns))


def named(ids: Any, found: list[Any], rows: list[dict[str, Any]], full: bool, errors: str) -> Any:
    """Answers with the ids that they are of."""
    if errors == "raise":
        refuse_bad(rows, [f"ids[{name!r}]" for name in found])
    if full or not is_pandas(ids):
        return [{"id": name, **row} for name, row in zip(found, rows, strict=True)]
    import pandas as pd

    return pd.DataFrame(rows, index=pd.Index(found, name=ids.name))


def _faults(names: list[Any], columns: dict[str, npt.NDArray[Any]]) -> list[tuple[int, str, str]]:
    told: dict[int, tuple[str, str]] = {}
    for name, column in columns.items():
        bad = np.isin(column, (_core.no_time, _core.bad_time)) if name == "at" else ~np.isfinite(column)
        fault = ("bad_time", "at: expected a time with its offset") if name == "at" else ("missing", f"{name}: expected a number")
        for row in bad.nonzero()[0].tolist():
            told.setdefault(row, fault)
    for row, value in enumerate(names):
        if value is None or value != value:
            told[row] = ("missing", "ids: expected one")
    return [(row, *told[row]) for row in sorted(told)]


def _list(values: Any) -> list[Any]:
    if is_arrow(values) and not is_pandas(values):
        return values.to_pylist() if hasattr(values, "to_pylist") else values.to_list()  # type: ignore[no-any-return]
    return list(values)


def _numbers(values: Any) -> Doubles:
    """NaN where there is no number."""
    if is_pandas(values):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)  # type: ignore[no-any-return]
    return np.array([np.nan if value is None else value for value in _list(values)], dtype=np.float64)
