"""Columns of a Spark DataFrame through the engine: the same answers on as many machines as Spark has.

Rows travel as Arrow batches. Each Python worker process loads the data once and keeps it between tasks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from kordon.errors import InputError
from kordon.inputs import warn_of_unused
from kordon.scores import COLUMNS
from kordon.spark_columns import NUMBERS, TIMES, check_columns, doubles, text_or_now, worker_evaluator
from kordon.spark_extents import evaluate_geometries, evaluate_tracks

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["evaluate", "evaluate_geometries", "evaluate_tracks", "register"]

# A batch of this size costs least for each row: rows that lie near each other are searched for together.
BATCH_ROWS = 1 << 17


def _answer_type() -> StructType:
    texts = ("verdict", "regions", "error")
    return StructType([StructField(name, StringType() if name in texts else DoubleType()) for name in COLUMNS])


def evaluate(
    df: DataFrame, lon: str | None = None, lat: str | None = None, accuracy_m: str | float | None = None, at: Any = None,
    activity: str | None = None, *, position: str | None = None, crs: str | int | None = None, at_zone: str | None = None,
    policy: str | None = None, config: str | os.PathLike[str] | None = None, prefix: str = "", **parameters: float | None,
) -> DataFrame:
    """The DataFrame with the columns of Evaluator.evaluate added.

    Args:
        df: a row for each position; its order and number of rows stay.
        lon: name of the column of longitudes, WGS 84 degrees; any numeric type.
        lat: name of the column of latitudes.
        accuracy_m: name of a column, or metres for all rows.
        at: name of a column of timestamps or texts, or a time for all rows. Default: now, the same for all rows.
        position: name of a column of texts in place of `lon` and `lat`: degrees, MGRS, UTM, H3 cells and more.
        crs: the reference system of `lon` and `lat`; see Evaluator.evaluate.
        at_zone: of times without an offset (texts, `timestamp_ntz`), such as Europe/Kyiv.
        config: a kordon.json that all workers can read; default: the data in the package.
        prefix: of the names of the added columns.

    Columns that look like an accuracy or a time, and are not stated, are warned of.
    Rows with nulls, in `at`, too, or with positions that do not exist get an `error`, and null elsewhere.

    Raises:
        InputError: for what is wrong with the arguments, before any task runs.
    """
    added = [prefix + name for name in COLUMNS]
    place = {"position": position} if position is not None else {"lon": lon, "lat": lat}
    if position is not None and (lon is not None or lat is not None):
        raise InputError([("position", "conflict", "expected lon and lat, or position, not both")])
    columns = _Columns(df, place, accuracy_m, at, at_zone, added)
    warn_of_unused(df.columns, at, accuracy_m)
    shared = {"activity": activity, "policy": policy, "crs": crs, "at_zone": at_zone, **parameters, **columns.shared}
    path = None if config is None else os.fspath(config)
    worker_evaluator(path).evaluate(**{argument: [] for argument in place}, **shared)
    schema = StructType([*df.schema.fields, *(StructField(prefix + field.name, field.dataType) for field in _answer_type())])
    names = columns.names

    def answer(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in _pieces(batches):
            stated = {argument: table[name] for argument, name in names.items()}
            answers = _answers(path, stated, shared)
            for name, column in zip(added, answers.columns, strict=True):
                table = table.append_column(name, column)
            yield from table.combine_chunks().to_batches()

    return df.mapInArrow(answer, schema)


def register(
    spark: SparkSession, name: str = "kordon_evaluate", *, at: Any = None, activity: str | None = None,
    crs: str | int | None = None, policy: str | None = None, config: str | os.PathLike[str] | None = None,
    **parameters: float | None,
) -> Callable[..., Any]:
    """SQL functions of (lon, lat) or (lon, lat, accuracy_m), and of a text, whose value is a struct with the columns of
    Evaluator.evaluate.

        SELECT id, answer.* FROM (SELECT id, kordon_evaluate(lon, lat) AS answer FROM positions)
        SELECT kordon_evaluate_position('37U CR 29072 07654').verdict

    Args:
        name: of the first function; the other one's begins with it.
        at: the time asked for; default: now.
        crs: the reference system of `lon` and `lat`.

    Returns:
        The first function.
    """
    from pyspark.sql.functions import pandas_udf

    shared = {"activity": activity, "policy": policy, "at": text_or_now(at), **parameters}
    path = None if config is None else os.fspath(config)
    worker_evaluator(path).evaluate([], [], crs=crs, **shared)

    def answer(*columns: pd.Series) -> pd.DataFrame:  # type: ignore[type-arg]
        stated = dict(zip(("lon", "lat", "accuracy_m"), (pa.array(column, from_pandas=True) for column in columns), strict=False))
        return _answers(path, stated, {**shared, "crs": crs}).to_pandas()

    def answer_text(position: pd.Series) -> pd.DataFrame:  # type: ignore[type-arg]
        return _answers(path, {"position": pa.array(position, pa.string(), from_pandas=True)}, shared).to_pandas()

    spark.udf.register(f"{name}_position", pandas_udf(answer_text, _answer_type()))
    return spark.udf.register(name, pandas_udf(answer, _answer_type()))  # type: ignore[no-any-return]
_KINDS = {"at": TIMES, "position": ("string",)}


class _Columns:
    """Which arguments are columns, and which hold for all rows."""

    def __init__(
        self, df: DataFrame, place: dict[str, str | None], accuracy_m: Any, at: Any, at_zone: str | None, added: list[str]
    ) -> None:
        stated = dict(place)
        self.shared: dict[str, Any] = {}
        if isinstance(accuracy_m, str):
            stated["accuracy_m"] = accuracy_m
        elif accuracy_m is not None:
            self.shared["accuracy_m"] = accuracy_m
        if isinstance(at, str) and at in df.columns:
            stated["at"] = at
        else:
            self.shared["at"] = text_or_now(at)
        kinds = {argument: (name, _KINDS.get(argument, NUMBERS)) for argument, name in stated.items()}
        check_columns(df, kinds, at_zone is not None, added)
        self.names = {argument: name for argument, name in stated.items() if name is not None}


def _pieces(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches together, until they are many rows."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= BATCH_ROWS:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)


def _answers(config: str | None, columns: dict[str, Any], shared: dict[str, Any]) -> pa.RecordBatch:
    """Spark has no dictionaries: verdict and regions become texts."""
    stated = {argument: column if argument in _KINDS else doubles(column) for argument, column in columns.items()}
    batch = pa.record_batch(worker_evaluator(config).evaluate(**stated, errors="column", **shared))
    plain = [pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column for column in batch.columns]
    return pa.record_batch(plain, names=batch.schema.names)


