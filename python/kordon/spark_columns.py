"""Columns of a Spark DataFrame as arguments, and the engine of a worker process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kordon.errors import InputError
from kordon.evaluator import Evaluator
from kordon.inputs import time_text

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NUMBERS = ("double", "float", "int", "bigint", "smallint", "tinyint", "decimal")
TIMES = ("timestamp", "string")


@lru_cache(maxsize=4)
def worker_evaluator(config: str | None) -> Evaluator:
    """Of this worker process."""
    return Evaluator(config)


def check_columns(df: DataFrame, columns: dict[str, tuple[str | None, tuple[str, ...]]], has_zone: bool, added: Iterable[str]) -> None:
    """Of each argument the name of its column and the types that it may have; none: any.

    Raises:
        InputError: for a column that is not there or is of another type, times without a zone, an added one that is there.
    """
    types = dict(df.dtypes)
    errors = []
    for argument, (name, expected) in columns.items():
        kind = None if name is None else types.get(name)
        if name is None:
            errors.append((argument, "missing", "expected the name of a column"))
        elif kind is None:
            errors.append((argument, "wrong_columns", f"there is no column {name!r}"))
        elif kind == "timestamp_ntz" and argument == "at" and not has_zone:
            errors.append((argument, "bad_time", f"column {name!r} has times without a zone; state it by at_zone"))
        elif expected and not kind.startswith(expected):
            errors.append((argument, "wrong_type", f"column {name!r} is of type {kind}, expected {' or '.join(expected)}"))
    errors += [("prefix", "conflict", f"there is a column {name!r} already") for name in added if name in types]
    if errors:
        raise InputError(errors)


def text_or_now(at: Any) -> object:
    """All tasks must mean the same now."""
    return time_text(datetime.now(timezone.utc) if at is None else at)


def doubles(column: Any) -> Any:
    """The nearest doubles: Arrow's own way from decimals can miss them."""
    if pa.types.is_decimal(column.type):
        column = pc.cast(column, pa.string())
    return column if pa.types.is_floating(column.type) else pc.cast(column, pa.float64())
