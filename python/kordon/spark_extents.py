"""Lines and areas in a column of a Spark DataFrame, and tracks in its rows."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from kordon import geometries, tracks
from kordon.extents import Edges
from kordon.scores import VERDICTS
from kordon.spark_columns import NUMBERS, TIMES, check_columns, doubles, text_or_now, worker_evaluator

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TEXTS = ("verdict", "regions", "error")
_OF_LINES = ("length_m", *(f"{verdict}_m" for verdict in VERDICTS), "duration_s", *(f"{verdict}_s" for verdict in VERDICTS))
_OF_AREAS = ("area_m2", *(f"{verdict}_m2" for verdict in VERDICTS), *(f"{verdict}_share" for verdict in VERDICTS))
_LEAST = ("least_margin_m", "least_lon", "least_lat")
TRACK_COLUMNS = ("verdict", *_OF_LINES, *_LEAST, "crossings", "gaps", "regions", "error")
COLUMNS = ("verdict", *_OF_LINES, *_OF_AREAS, *_LEAST, "greatest_margin_m", "greatest_lon", "greatest_lat", "crossings", "gaps", "regions", "error")


def evaluate_geometries(
    df: DataFrame, geometry: str, accuracy_m: float | None = None, at: Any = None, activity: str | None = None, *,
    policy: str | None = None, edges: Edges = "planar", config: str | os.PathLike[str] | None = None, prefix: str = "",
    **parameters: float | None,
) -> DataFrame:
    """The DataFrame with the sums of its lines and areas added; see docs/lines-and-areas.md.

    Args:
        geometry: name of a column of WKB (Sedona: ST_AsBinary) or of texts of WKT, in WGS 84; its workers need Shapely.
        at: a time for all rows. Default: now, the same for all rows.
        config: a kordon.json that all workers can read; default: the data in the package.
        prefix: of the names of the added columns.

    The others are those of Evaluator.evaluate_geometries. A row with null, or with what is no line or area, gets an `error`.

    Raises:
        InputError: for what is wrong with the arguments, before any task runs.
    """
    check_columns(df, {"geometry": (geometry, ("binary", "string"))}, True, [prefix + name for name in COLUMNS])
    asked = {"accuracy_m": accuracy_m, "at": text_or_now(at), "activity": activity, "policy": policy, "edges": edges, **parameters}
    path = None if config is None else os.fspath(config)
    worker_evaluator(path).evaluate_geometries([], **asked)  # type: ignore[arg-type]

    def answer(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            shapes = [geometries.shape_or_error(value) for value in batch[geometry].to_pylist()]
            rows = worker_evaluator(path).evaluate_geometries([shape for shape, _ in shapes], errors="column", **asked)  # type: ignore[arg-type]
            rows = [{"error": error} if error else _no_point(row) for (_, error), row in zip(shapes, rows, strict=True)]
            for name in COLUMNS:
                batch = batch.append_column(prefix + name, _column(name, rows))
            yield batch

    return df.mapInArrow(answer, StructType([*df.schema.fields, *_fields(COLUMNS, prefix)]))


def evaluate_tracks(
    df: DataFrame, ids: str, lon: str, lat: str, at: str, accuracy_m: str | float | None = None, activity: str | None = None, *,
    config: str | os.PathLike[str] | None = None, at_zone: str | None = None, **asked: Any,
) -> DataFrame:
    """A row for each id with the sums of its track: the rows of one id, in order of time, are one line.

    Args:
        ids: name of the column that says which object a row is of; a worker holds all rows of one.
        lon: name of the column of longitudes, WGS 84 degrees; any numeric type.
        lat: name of the column of latitudes.
        at: name of a column of timestamps or texts.
        accuracy_m: name of a column, or metres for all rows.
        config: a kordon.json that all workers can read; default: the data in the package.
        asked: as in Evaluator.evaluate_tracks: policy, edges, max_gap_s, max_speed_m_s, depth_km.

    An id of which a row is no fix (a null, no such time), or of a single fix, gets an `error`, and null elsewhere.

    Raises:
        InputError: for what is wrong with the arguments, before any task runs.
    """
    columns: dict[str, tuple[str | None, tuple[str, ...]]] = {"ids": (ids, ()), "lon": (lon, NUMBERS), "lat": (lat, NUMBERS), "at": (at, TIMES)}
    if isinstance(accuracy_m, str):
        columns["accuracy_m"] = (accuracy_m, NUMBERS)
    check_columns(df, columns, at_zone is not None, [])
    path = None if config is None else os.fspath(config)
    worker_evaluator(path).evaluate_tracks([], [], [], [], activity=activity, **asked)
    named = {"lon": lon, "lat": lat, "at": at, "ids": ids}
    radius = accuracy_m

    def answer(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in _whole_ids(batches, ids):
            column = {argument: table[name] for argument, name in named.items()}
            place = doubles(column["lon"]), doubles(column["lat"])
            metres = doubles(table[radius]) if isinstance(radius, str) else radius
            yield _track_rows(path, column["ids"], tracks.read_fixes(column["ids"], place, column["at"], metres, at_zone), ids, activity, asked)

    kept = [name for name in (ids, lon, lat, at, accuracy_m) if isinstance(name, str)]
    by_id = df.select(*dict.fromkeys(kept)).repartition(ids).sortWithinPartitions(ids)
    return by_id.mapInArrow(answer, StructType([df.schema[ids], *_fields(TRACK_COLUMNS, "")]))


def _track_rows(path: str | None, ids: Any, fixes: tracks.Fixes, name: str, activity: str | None, asked: dict[str, Any]) -> pa.RecordBatch:
    found, text = fixes.features()
    rows = dict(zip(found, worker_evaluator(path).evaluate_features(text, activity, **asked), strict=True))
    values = ids.to_pylist()
    counts = Counter(values[row] for row, _, _ in fixes.faults)
    said = {values[row]: f"{code}: {counts[values[row]]} rows are no fixes, such as one with {message}" for row, code, message in reversed(fixes.faults)}
    answers = {value: {"error": said[value]} if value in said else rows[value] for value in dict.fromkeys(values)}
    columns = [_column(column, list(answers.values())) for column in TRACK_COLUMNS]
    return pa.record_batch([pa.array(list(answers), ids.type), *columns], names=[name, *TRACK_COLUMNS])


def _no_point(row: dict[str, Any]) -> dict[str, Any]:
    return {"error": "bad_geometry: geometry: expected a line or an area, got a point"} if "distance_m" in row else row


def _whole_ids(batches: Iterator[pa.RecordBatch], ids: str) -> Iterator[pa.Table]:
    """Rows in order of their ids as tables that hold all rows of each."""
    held: pa.Table | None = None
    for batch in batches:
        if batch.num_rows == 0:
            continue
        held = pa.Table.from_batches([batch]) if held is None else pa.concat_tables([held, pa.Table.from_batches([batch])])
        values = batch[ids].to_pylist()
        first = next((row for row, value in enumerate(values) if value == values[-1]), 0)
        ready = held.num_rows - batch.num_rows + first
        if first > 0:
            yield held.slice(0, ready)
            held = held.slice(ready)
    if held is not None:
        yield held


def _fields(names: tuple[str, ...], prefix: str) -> list[StructField]:
    return [StructField(prefix + name, StringType() if name in _TEXTS else DoubleType()) for name in names]


def _column(name: str, rows: list[dict[str, Any]]) -> pa.Array:
    values = [row.get(name) for row in rows]
    if name == "regions":
        values = [None if value is None else ";".join(value) for value in values]
    if name == "error":
        values = [f"{value['code']}: {value['message']}" if isinstance(value, dict) else value for value in values]
    return pa.array(values, pa.string() if name in _TEXTS else pa.float64())
