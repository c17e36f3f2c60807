"""Columns of a Spark DataFrame through the engine: the same answers on as many machines as Spark has.

Rows travel as Arrow batches. Each Python worker process loads the data once and keeps it between tasks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from kordon.errors import InputError
from kordon.evaluator import Evaluator
from kordon.inputs import time_text
from kordon.scores import COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# A batch of this size costs least for each row: rows that lie near each other are searched for together.
BATCH_ROWS = 1 << 17


def _answer_type() -> StructType:
    texts = ("verdict", "regions", "error")
    return StructType([StructField(name, StringType() if name in texts else DoubleType()) for name in COLUMNS])


@lru_cache(maxsize=4)
def _evaluator(config: str | None) -> Evaluator:
    """Of this worker process."""
    return Evaluator(config)


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

    Rows with nulls, in `at`, too, or with positions that do not exist get an `error`, and null elsewhere.

    Raises:
        InputError: for what is wrong with the arguments, before any task runs.
    """
    added = [prefix + name for name in COLUMNS]
    place = {"position": position} if position is not None else {"lon": lon, "lat": lat}
    if position is not None and (lon is not None or lat is not None):
        raise InputError([("position", "conflict", "expected lon and lat, or position, not both")])
    columns = _Columns(df, place, accuracy_m, at, at_zone, added)
    shared = {"activity": activity, "policy": policy, "crs": crs, "at_zone": at_zone, **parameters, **columns.shared}
    path = None if config is None else os.fspath(config)
    _evaluator(path).evaluate(**{argument: [] for argument in place}, **shared)
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

    shared = {"activity": activity, "policy": policy, "at": _text_or_now(at), **parameters}
    path = None if config is None else os.fspath(config)
    _evaluator(path).evaluate([], [], crs=crs, **shared)

    def answer(*columns: pd.Series) -> pd.DataFrame:  # type: ignore[type-arg]
        stated = dict(zip(("lon", "lat", "accuracy_m"), (pa.array(column, from_pandas=True) for column in columns), strict=False))
        return _answers(path, stated, {**shared, "crs": crs}).to_pandas()

    def answer_text(position: pd.Series) -> pd.DataFrame:  # type: ignore[type-arg]
        return _answers(path, {"position": pa.array(position, pa.string(), from_pandas=True)}, shared).to_pandas()

    spark.udf.register(f"{name}_position", pandas_udf(answer_text, _answer_type()))
    return spark.udf.register(name, pandas_udf(answer, _answer_type()))  # type: ignore[no-any-return]


_NUMBERS = ("double", "float", "int", "bigint", "smallint", "tinyint", "decimal")
_TYPES = {"at": ("timestamp", "string"), "position": ("string",)}


class _Columns:
    """Which arguments are columns, and which hold for all rows."""

    def __init__(
        self, df: DataFrame, place: dict[str, str | None], accuracy_m: Any, at: Any, at_zone: str | None, added: list[str]
    ) -> None:
        self.names = {argument: name for argument, name in place.items() if name is not None}
        absent = [(argument, "missing", "expected the name of a column") for argument, name in place.items() if name is None]
        if absent:
            raise InputError(absent)
        self.shared: dict[str, Any] = {}
        if isinstance(accuracy_m, str):
            self.names["accuracy_m"] = accuracy_m
        elif accuracy_m is not None:
            self.shared["accuracy_m"] = accuracy_m
        if isinstance(at, str) and at in df.columns:
            self.names["at"] = at
        else:
            self.shared["at"] = _text_or_now(at)
        self._check(dict(df.dtypes), at_zone is not None, added)

    def _check(self, types: dict[str, str], has_zone: bool, added: list[str]) -> None:
        errors = []
        for argument, name in self.names.items():
            expected = _TYPES.get(argument, _NUMBERS)
            kind = types.get(name)
            if kind is None:
                errors.append((argument, "wrong_columns", f"there is no column {name!r}"))
            elif kind == "timestamp_ntz" and argument == "at" and not has_zone:
                errors.append((argument, "bad_time", f"column {name!r} has times without a zone; state it by at_zone"))
            elif not kind.startswith(expected):
                errors.append((argument, "wrong_type", f"column {name!r} is of type {kind}, expected {' or '.join(expected)}"))
        errors += [("prefix", "conflict", f"there is a column {name!r} already") for name in added if name in types]
        if errors:
            raise InputError(errors)


def _text_or_now(at: Any) -> object:
    """All tasks must mean the same now."""
    return time_text(datetime.now(timezone.utc) if at is None else at)


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
    stated = {argument: column if argument in _TYPES else _doubles(column) for argument, column in columns.items()}
    batch = pa.record_batch(_evaluator(config).evaluate(**stated, errors="column", **shared))
    plain = [pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column for column in batch.columns]
    return pa.record_batch(plain, names=batch.schema.names)


def _doubles(column: Any) -> Any:
    """The nearest doubles: Arrow's own way from decimals can miss them."""
    if pa.types.is_decimal(column.type):
        column = pc.cast(column, pa.string())
    return column if pa.types.is_floating(column.type) else pc.cast(column, pa.float64())
