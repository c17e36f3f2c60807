#!/usr/bin/env python3
"""Scores Parquet with Spark: reads positions, adds Kordon's columns, writes Parquet.

    spark-submit --master 'local[2]' python/examples/spark_job.py positions.parquet scored.parquet \\
        --lon lon --lat lat --at 2024-06-15T00:00:00Z --set depth_km=60
"""

import argparse

from pyspark.sql import SparkSession

import kordon.spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("positions", help="Parquet, in any file system that Spark knows")
    parser.add_argument("scored", help="where the Parquet files go")
    parser.add_argument("--lon", default="lon", help="name of the column")
    parser.add_argument("--lat", default="lat", help="name of the column")
    parser.add_argument("--accuracy-m", help="name of a column")
    parser.add_argument("--at", help="RFC 3339, or the name of a timestamp column")
    parser.add_argument("--activity")
    parser.add_argument("--config", help="a kordon.json that every worker can read")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a parameter: depth_km=60")
    arguments = parser.parse_args()
    parameters = {key: float(value) for key, _, value in (setting.partition("=") for setting in arguments.set)}

    # Larger batches cost less for each row; see docs/spark.md.
    spark = SparkSession.builder.appName("kordon").config("spark.sql.execution.arrow.maxRecordsPerBatch", 131072).getOrCreate()
    positions = spark.read.parquet(arguments.positions)
    scored = kordon.spark.evaluate(
        positions, arguments.lon, arguments.lat, arguments.accuracy_m, arguments.at, arguments.activity,
        config=arguments.config, **parameters,
    )  # fmt: skip
    scored.write.mode("overwrite").parquet(arguments.scored)
    spark.stop()


if __name__ == "__main__":
    main()
