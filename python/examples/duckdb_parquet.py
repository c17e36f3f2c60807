#!/usr/bin/env python3
"""Scores a Parquet file from DuckDB by way of Arrow, piece by piece, and asks SQL about the answers.

    python/examples/duckdb_parquet.py [positions.parquet]      with columns lon and lat; default: seeded ones
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import kordon

AT = "2024-06-15T00:00:00Z"
BATCH_ROWS = 131_072


def scored(evaluator: kordon.Evaluator, positions: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """The same rows with Kordon's columns beside them; one batch at a time is in memory."""

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in positions:
            answers = pa.record_batch(evaluator.evaluate(batch["lon"], batch["lat"], at=AT, errors="column", threads=2))
            yield pa.record_batch([*batch.columns, *answers.columns], schema=schema)

    answer_schema = pa.record_batch(evaluator.evaluate(pa.array([0.0]), pa.array([0.0]))).schema
    schema = pa.schema([*positions.schema, *answer_schema])
    return pa.RecordBatchReader.from_batches(schema, batches())


def seeded(file: Path) -> Path:
    random = np.random.default_rng(1)
    pq.write_table(pa.table({"lon": random.uniform(33, 41, 500_000), "lat": random.uniform(48, 52.5, 500_000)}), file)
    return file


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else seeded(Path(folder, "positions.parquet"))
        reading = duckdb.connect()  # one of its own: a connection has one stream under way at a time
        positions = reading.read_parquet(str(file)).fetch_arrow_reader(BATCH_ROWS)
        answers = scored(kordon.Evaluator(), positions)  # noqa: F841  DuckDB finds it by its name
        duckdb.sql(
            "SELECT verdict, regions, count(*) AS positions, round(min(distance_m)) AS nearest_m "
            "FROM answers GROUP BY ALL ORDER BY positions DESC"
        ).show()
        reading.close()


if __name__ == "__main__":
    main()
