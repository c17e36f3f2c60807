#!/usr/bin/env python3
"""Kordon on Spark: Parquet in, Parquet out, on one core and on two, and beside Apache Sedona.

    build/python-test/bin/python bench/spark.py [--rows 50000000] [--sedona-jars A.jar,B.jar]

Each rate is of a process of its own that is held to its cores (`taskset`): JVM and Python workers together. Answers are compared
before the clock starts. Memory is the largest sum of what all of its processes hold (PSS), sampled twice a second.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession

import kordon
import kordon.spark

AT = "2024-06-15T00:00:00Z"
CHECKED = 200_000
SEDONA_ROWS = 500
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"


def make(rows: int, file: Path) -> None:
    """The theatre, 33..41 E and 48..52.5 N, evenly in degrees."""
    random = np.random.default_rng(50)
    with pq.ParquetWriter(file, pa.schema({"id": pa.int64(), "lon": pa.float64(), "lat": pa.float64()}), use_dictionary=False) as out:
        for first in range(0, rows, 1_000_000):
            count = min(1_000_000, rows - first)
            out.write_table(pa.table({"id": np.arange(first, first + count), "lon": random.uniform(33, 41, count), "lat": random.uniform(48, 52.5, count)}))


def session(cores: int, jars: str = "") -> SparkSession:
    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", False)
    builder = builder.config("spark.driver.memory", "3g").config("spark.sql.files.maxPartitionBytes", 32 << 20)
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", kordon.spark.BATCH_ROWS)
    if jars:
        builder = builder.config("spark.jars", jars).config("spark.sql.extensions", "org.apache.sedona.sql.SedonaSqlExtensions")
        builder = builder.config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        builder = builder.config("spark.kryo.registrator", "org.apache.sedona.core.serde.SedonaKryoRegistrator")
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def scored(positions: DataFrame) -> DataFrame:
    return kordon.spark.evaluate(positions, "lon", "lat", at=AT)


def check(positions: DataFrame) -> None:
    """Also warms up."""
    answers = scored(positions.where(f"id < {CHECKED}")).toPandas()
    expected = kordon.Evaluator().evaluate(answers["lon"].to_numpy(), answers["lat"].to_numpy(), at=AT)
    if len(answers) != CHECKED or not (answers["margin_m"].to_numpy() == expected.margin_m).all():
        raise SystemExit("Spark's answers differ")


class Memory(threading.Thread):
    """Of this process and all below it."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest_mb = 0.0
        self.python_mb = 0.0

    def run(self) -> None:
        while True:
            listed = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
            rows = [line.split(None, 2) for line in listed.splitlines()]
            mine, python_mb, total_mb = {os.getpid()}, 0.0, 0.0
            for pid, parent, name in sorted(rows, key=lambda row: int(row[0])):
                if int(parent) in mine:
                    mine.add(int(pid))
                    held_mb = self.pss_mb(int(pid))
                    total_mb += held_mb
                    python_mb += 0 if name == "java" else held_mb
            self.largest_mb, self.python_mb = max((self.largest_mb, self.python_mb), (total_mb, python_mb))
            time.sleep(0.5)

    @staticmethod
    def pss_mb(process: int) -> float:
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            return 0
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def rate(cores: int, file: str, rows: int) -> None:
    spark = session(cores)
    positions = spark.read.parquet(file)
    check(positions)
    memory = Memory()
    memory.start()
    with tempfile.TemporaryDirectory() as out:
        begun = time.monotonic()
        scored(positions).write.parquet(f"{out}/scored")
        seconds = time.monotonic() - begun
        if spark.read.parquet(f"{out}/scored").count() != rows:
            raise SystemExit("rows are missing")
    print(json.dumps({"seconds": seconds, "memory_mb": memory.largest_mb, "python_mb": memory.python_mb}))


def sedona(file: str, jars: str) -> None:
    """Which regions hold each position, and how far the border sections are, by Sedona's SQL and by Kordon."""
    spark = session(2, jars)
    evaluator = kordon.Evaluator()
    for name, frame in (("regions", evaluator.regions(frame=True)), ("borders", evaluator.borders(frame=True))):
        shapes = [(key, bytearray(shape.wkb)) for key, shape in frame.geometry.items()]
        spark.createDataFrame(shapes, "id string, wkb binary").selectExpr("id", "ST_GeomFromWKB(wkb) AS shape").cache().createOrReplaceTempView(name)
    positions = spark.read.parquet(file)
    positions.where(f"id < {SEDONA_ROWS}").repartition(2).cache().createOrReplaceTempView("positions")
    held = spark.sql("SELECT /*+ BROADCAST(r) */ p.id, r.id AS region FROM positions p JOIN regions r ON ST_Contains(r.shape, ST_Point(p.lon, p.lat))")
    near = spark.sql("SELECT /*+ BROADCAST(b) */ p.id, b.id AS border, ST_Distance(b.shape, ST_Point(p.lon, p.lat)) AS degrees FROM positions p CROSS JOIN borders b")
    rows = positions.where(f"id < {SEDONA_ROWS}").orderBy("id").toPandas()
    expected = evaluator.evaluate(rows["lon"].to_numpy(), rows["lat"].to_numpy(), at=AT)
    found = held.toPandas().sort_values("region").groupby("id")["region"].agg(";".join).reindex(rows["id"], fill_value="")
    if (found.to_numpy() != expected.regions).mean() > 0.001:
        raise SystemExit("Sedona finds other regions")
    check(positions)
    begun = time.monotonic()
    held.write.format("noop").mode("overwrite").save()
    near.write.format("noop").mode("overwrite").save()
    theirs = SEDONA_ROWS / (time.monotonic() - begun)
    many = positions.where("id < 2000000")
    begun = time.monotonic()
    scored(many).write.format("noop").mode("overwrite").save()
    ours = 2_000_000 / (time.monotonic() - begun)
    print(json.dumps({"sedona_rows_per_second": theirs, "kordon_rows_per_second": ours, "ratio": ours / theirs}))


def child(cores: int, *arguments: str) -> dict[str, float]:
    held_to = "0" if cores == 1 else "0,1"
    command = ["taskset", "-c", held_to, sys.executable, __file__, *arguments]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--input", help="made before")
    parser.add_argument("--sedona-jars", default="", help="sedona-spark-shaded and geotools-wrapper")
    parser.add_argument("--only", choices=["rates", "sedona"])
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        kind, *rest = arguments.child
        return rate(int(rest[0]), rest[1], int(rest[2])) if kind == "rate" else sedona(*rest)
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.input or f"{folder}/positions.parquet"
        if not arguments.input:
            make(arguments.rows, Path(file))
        if arguments.only != "sedona":
            print("| cores | seconds | rows a second | all processes, MB | Python workers of it, MB | load before |\n|---|---|---|---|---|---|")
            for cores in (1, 2):
                load = os.getloadavg()[0]
                one = child(cores, "--child", "rate", str(cores), file, str(arguments.rows))
                print(f"| {cores} | {one['seconds']:.1f} | {arguments.rows / one['seconds']:,.0f} | {one['memory_mb']:.0f} | {one['python_mb']:.0f} | {load:.1f} |", flush=True)
        if arguments.sedona_jars and arguments.only != "rates":
            print(json.dumps(child(2, "--child", "sedona", file, arguments.sedona_jars)))


if __name__ == "__main__":
    main()
