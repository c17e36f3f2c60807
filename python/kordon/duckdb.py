"""Kordon as functions of DuckDB's SQL.

    >>> import duckdb, kordon.duckdb
    >>> con = duckdb.connect()
    >>> kordon.duckdb.register(con, at="2024-06-15T00:00:00Z")
    >>> con.sql("SELECT kordon(lon, lat).verdict FROM (VALUES (36.5873, 50.5956)) AS t(lon, lat)").fetchall()
    [('eligible',)]
"""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from kordon.evaluator import Evaluator
from kordon.scores import Scores

_TYPE = (
    "STRUCT(verdict VARCHAR, margin_m DOUBLE, distance_m DOUBLE, nearest_lon DOUBLE, nearest_lat DOUBLE, regions VARCHAR, "
    "error VARCHAR)"
)


def register(
    con: duckdb.DuckDBPyConnection, name: str = "kordon", *, evaluator: Evaluator | None = None, **asked: Any
) -> duckdb.DuckDBPyConnection:
    """Adds `kordon(lon, lat)` and `kordon_position(text)` to a connection: a struct of the columns of `kordon score`.

    A bad row has its `error`, and a row with a null in it is null.

    Args:
        name: of the first function; the other one's begins with it.
        evaluator: default: the data in the package.
        asked: what holds for all rows, as in `Evaluator.evaluate`: at, activity, accuracy_m, crs, depth_km.

    Returns:
        The connection.
    """
    engine = evaluator or Evaluator()

    def by_numbers(lon: pa.ChunkedArray, lat: pa.ChunkedArray) -> pa.Array:
        return _answers(engine.evaluate(lon, lat, errors="column", **asked))

    def by_text(position: pa.ChunkedArray) -> pa.Array:
        return _answers(engine.evaluate(position=position, errors="column", **asked))

    con.create_function(name, by_numbers, ["DOUBLE", "DOUBLE"], _TYPE, type="arrow")
    con.create_function(f"{name}_position", by_text, ["VARCHAR"], _TYPE, type="arrow")
    return con


def _answers(scores: Scores) -> pa.Array:
    batch = pa.record_batch(scores)
    return pa.StructArray.from_arrays([_plain(column) for column in batch.columns], names=batch.schema.names)


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
