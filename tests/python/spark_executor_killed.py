"""Kills an executor's process in the middle of a job: the job must end with the answers of one without Spark.

    spark_executor_killed.py [--rows 300000]

Runs Spark's `local-cluster`: a master and workers in one JVM, executors in processes of their own.
"""

import argparse
import os
import signal
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from pyspark.sql import SparkSession

import kordon.spark

AT = "2024-06-15T00:00:00Z"
EXECUTOR = b"CoarseGrainedExecutorBackend"


def session() -> SparkSession:
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    return (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", False)
        .config("spark.executor.memory", "1g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.files.maxPartitionBytes", 600_000)
        .config("spark.executorEnv.PYTHONPATH", os.environ.get("PYTHONPATH", ""))
        .getOrCreate()
    )


def descendants(parent: int) -> list[int]:
    """Processes below one, by what /proc says of their parents."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
    found = [parent]
    for process in found:
        found += [child for child, of in parents.items() if of == process]
    return found[1:]


def executors() -> list[int]:
    return [process for process in descendants(os.getpid()) if EXECUTOR in Path(f"/proc/{process}/cmdline").read_bytes()]


def kill_one(spark: SparkSession, killed: list[int]) -> None:
    """Once a task of the job is done and others are not."""
    tracker = spark.sparkContext.statusTracker()
    while not killed:
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and 0 < info.numCompletedTasks < info.numTasks - 2:
                killed.append(executors()[0])
                os.kill(killed[0], signal.SIGKILL)
                return
        time.sleep(0.005)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300_000)
    rows = parser.parse_args().rows
    random = np.random.default_rng(3)
    lon, lat = random.uniform(33, 41, rows), random.uniform(48, 52.5, rows)
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(pa.table({"id": np.arange(rows), "lon": lon, "lat": lat}), f"{folder}/in.parquet", row_group_size=30_000)
        spark = session()
        scored = kordon.spark.evaluate(spark.read.parquet(f"{folder}/in.parquet"), "lon", "lat", at=AT)
        killed: list[int] = []
        killer = threading.Thread(target=kill_one, args=(spark, killed), daemon=True)
        killer.start()
        scored.write.parquet(f"{folder}/out")
        assert killed and killed[0] not in executors(), "no executor was killed while the job ran"
        table = pq.read_table(f"{folder}/out").sort_by("id")
        spark.stop()
    expected = kordon.Evaluator().evaluate(lon, lat, at=AT)
    assert table.num_rows == rows and (table["id"].to_numpy() == np.arange(rows)).all()
    for name in ("margin_m", "distance_m", "nearest_lon", "nearest_lat", "verdict", "regions"):
        assert (table[name].to_numpy() == getattr(expected, name)).all(), name
    print(f"executor {killed[0]} was killed; all {rows:,} rows are there, each once, and right")


if __name__ == "__main__":
    main()
