"""Files of tables, piece by piece: Parquet, Feather and Arrow IPC, in and out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kordon.errors import InputError
from kordon.evaluator import Evaluator
from kordon.inputs import warn_of_unused
from kordon.points import code_of_crs
from kordon.scores import COLUMNS

BATCH_ROWS = 131_072
_ARROW = (".feather", ".arrow", ".ipc")


class Counts(NamedTuple):
    """Of a file that was scored."""

    rows: int
    rows_in_error: int


def score_file(
    source: str | os.PathLike[str], target: str | os.PathLike[str], lon: str | None = None, lat: str | None = None, *,
    position: str | None = None, geometry: str | None = None, accuracy_m: str | float | None = None, at: Any = None,
    prefix: str = "", evaluator: Evaluator | None = None, **asked: Any,
) -> Counts:
    """Scores a file into another one with the columns of `kordon score` behind its own; one piece at a time is in memory.

    The endings of the names say the formats: `.parquet`, or `.feather`, `.arrow` and `.ipc` for Arrow's file format.

    Args:
        lon: name of the column of longitudes, with `lat`; or `position`, a column of texts; or `geometry`, of WKB or
            GeoArrow, as GeoParquet has it.
        accuracy_m: name of a column, or metres for all rows.
        at: name of a column of times, or a time for all rows; columns that look like times, or accuracies, and are not
            stated are warned of.
        prefix: of the names of the added columns.
        asked: as in Evaluator.evaluate: activity, policy, threads, at_zone, crs, depth_km.

    Raises:
        InputError: for an ending that is not known, a column that is not there, an added one that is.
    """
    engine = evaluator or Evaluator()
    rows = bad = 0
    written = Path(target).with_name(Path(target).name + ".partial")
    try:
        with ExitStack() as stack:
            schema, batches = _reader(Path(source), stack)
            place = {"lon": lon, "lat": lat, "position": position, "geometry": geometry}
            names = {argument: name for argument, name in place.items() if name is not None}
            if geometry is not None and asked.get("crs") is None:
                asked["crs"] = _crs_of(schema, geometry)
            _check(schema, [*names.values(), *([accuracy_m] if isinstance(accuracy_m, str) else [])], prefix)
            warn_of_unused(schema.names, at, accuracy_m)
            write = None
            for batch in batches:
                column = {argument: batch[name] for argument, name in names.items()}
                radius = batch[accuracy_m] if isinstance(accuracy_m, str) else accuracy_m
                times = batch[at] if isinstance(at, str) and at in schema.names else at
                scores = engine.evaluate(**column, accuracy_m=radius, at=times, errors="column", **asked)
                made = _beside(batch, pa.record_batch(scores), prefix)
                write = write or _writer(written, Path(target).suffix.lower(), made.schema, stack)
                write(made)
                rows, bad = rows + len(batch), bad + sum(error is not None for error in scores.error)
            if write is None:
                raise InputError([("source", "missing", f"{source} has no row")])
        os.replace(written, target)
    finally:
        written.unlink(missing_ok=True)
    return Counts(rows, bad)


def _crs_of(schema: pa.Schema, geometry: str) -> str | None:
    """What GeoParquet's metadata says of a column."""
    stated = json.loads((schema.metadata or {}).get(b"geo", b"{}")).get("columns", {}).get(geometry, {}).get("crs")
    return code_of_crs(stated)


def _beside(batch: pa.RecordBatch, answers: pa.RecordBatch, prefix: str) -> pa.RecordBatch:
    columns = [column.dictionary_decode() if pa.types.is_dictionary(column.type) else column for column in answers.columns]
    fields = [pa.field(prefix + name, column.type) for name, column in zip(answers.schema.names, columns, strict=True)]
    return pa.record_batch([*batch.columns, *columns], schema=pa.schema([*batch.schema, *fields], batch.schema.metadata))


def _check(schema: pa.Schema, wanted: list[str], prefix: str) -> None:
    absent = [("column", "wrong_columns", f"there is no column {name!r}") for name in wanted if name not in schema.names]
    taken = [("prefix", "conflict", f"there is a column {prefix + name!r} already") for name in COLUMNS if prefix + name in schema.names]
    if absent or taken:
        raise InputError([*absent, *taken])


def _unknown(file: Path) -> InputError:
    return InputError([("file", "wrong_type", f"{file}: expected the ending .parquet, .feather, .arrow or .ipc")])


def _reader(file: Path, stack: ExitStack) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    if file.suffix.lower() == ".parquet":
        parquet = stack.enter_context(pq.ParquetFile(file))
        return parquet.schema_arrow, parquet.iter_batches(BATCH_ROWS)
    if file.suffix.lower() not in _ARROW:
        raise _unknown(file)
    arrow = pa.ipc.open_file(stack.enter_context(pa.memory_map(os.fspath(file))))
    pieces = (arrow.get_batch(i) for i in range(arrow.num_record_batches))
    return arrow.schema, (piece.slice(first, BATCH_ROWS) for piece in pieces for first in range(0, len(piece), BATCH_ROWS))


def _writer(file: Path, ending: str, schema: pa.Schema, stack: ExitStack) -> Any:
    if ending == ".parquet":
        return stack.enter_context(pq.ParquetWriter(file, schema)).write_batch
    if ending not in _ARROW:
        raise _unknown(file)
    return stack.enter_context(pa.ipc.new_file(os.fspath(file), schema)).write_batch
