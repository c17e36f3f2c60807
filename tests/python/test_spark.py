"""Spark gives the columns that the engine gives without it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import AT, Points
from pyspark.sql import DataFrame, SparkSession
from shapely import LineString, Point, Polygon

import kordon
import kordon.spark
from kordon.scores import COLUMNS


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False)
    session = builder.config("spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", 2).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def small(spark: SparkSession) -> DataFrame:
    rows = [(1, 36.5873, 50.5956, 10.0), (2, None, 50.0, 10.0), (3, 36.5, 200.0, 10.0), (4, 36.5, 50.6, None), (5, 36.5, 50.6, -1.0)]
    return spark.createDataFrame(rows, "id int, x double, y double, r double")


def test_a_million_rows_of_parquet(spark: SparkSession, evaluator: kordon.Evaluator, million: Points, tmp_path: Path) -> None:
    table = pa.table({"id": np.arange(len(million.lon)), "lon": million.lon, "lat": million.lat, "r": million.accuracy_m})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=200_000)
    scored = kordon.spark.evaluate(spark.read.parquet(str(tmp_path / "in.parquet")), "lon", "lat", "r", AT)
    scored.write.parquet(str(tmp_path / "out"))
    answers = pq.read_table(tmp_path / "out").sort_by("id")
    expected = evaluator.evaluate(million.lon, million.lat, million.accuracy_m, AT, threads=2)
    assert answers.num_rows == len(expected)
    for name in COLUMNS:
        assert (answers[name].to_numpy() == getattr(expected, name)).all(), name


def test_nulls_and_bad_rows_get_an_error(small: DataFrame) -> None:
    answers = kordon.spark.evaluate(small, "x", "y", "r", AT, "counter-fire", depth_km=60).orderBy("id").collect()
    codes = [row["error"] and row["error"].partition(":")[0] for row in answers]
    assert codes == [None, "missing", "out_of_range", None, "out_of_range"]
    assert [row["verdict"] for row in answers] == ["eligible", None, None, "eligible", None]
    assert answers[1]["margin_m"] is None


def test_columns_that_look_meant_and_are_not_stated_are_warned_of(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(36.5873, 50.5956, "2024-05-29")], ["x", "y", "event_date"])
    with pytest.warns(UserWarning, match=r"`event_date`.*state it \(at\)"):
        kordon.spark.evaluate(frame, "x", "y")


def test_lines_and_areas(spark: SparkSession, evaluator: kordon.Evaluator) -> None:
    shapes = [LineString([(36.5, 50.1), (36.5, 50.6)]), Polygon([(36.5, 50.2), (36.6, 50.2), (36.6, 50.5), (36.5, 50.5)]), None, Point(36, 50)]
    expected = evaluator.evaluate_geometries(shapes[:2], at=AT, activity="counter-fire")
    for column in ([None if shape is None else bytearray(shape.wkb) for shape in shapes], [None if shape is None else shape.wkt for shape in shapes]):
        frame = spark.createDataFrame(list(enumerate(column)), ["id", "shape"])
        line, area, none, point = kordon.spark.evaluate_geometries(frame, "shape", at=AT, activity="counter-fire").orderBy("id").collect()
        for row, own in zip((line, area), expected, strict=True):
            assert {name: row[name] for name in own if name != "regions"} == {name: own[name] for name in own if name != "regions"}
        assert line["regions"] == "RU;UA;UA-63" and line["area_m2"] is None
        assert none["error"].startswith("missing: ") and point["error"].startswith("bad_geometry: ") and point["verdict"] is None
    with pytest.raises(kordon.InputError):
        kordon.spark.evaluate_geometries(frame, "id")


def test_tracks(spark: SparkSession, evaluator: kordon.Evaluator) -> None:
    start = pd.Timestamp("2024-06-01", tz="UTC")
    fixes = [(f"ship {i % 50}", 36.5 + i % 50 / 100, 50.1 + i / 5000, (start + pd.Timedelta(minutes=i)).to_pydatetime()) for i in range(2500)]
    fixes += [("alone", 36.5, 50.1, start.to_pydatetime()), ("hole", 36.5, None, start.to_pydatetime()), ("hole", 36.5, 50.0, start.to_pydatetime())]
    shuffled = [fixes[i] for i in np.random.default_rng(5).permutation(len(fixes))]
    frame = spark.createDataFrame(shuffled, "ship string, lon double, lat double, seen timestamp")
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 17)  # so that ids lie across batches
    rows = {row["ship"]: row for row in kordon.spark.evaluate_tracks(frame, "ship", "lon", "lat", "seen", activity="counter-fire").collect()}
    expected = evaluator.evaluate_tracks(*zip(*fixes[:2500], strict=True), activity="counter-fire")
    assert len(rows) == 52
    for own in expected:
        row = rows[own.pop("id")]
        assert {name: row[name] for name in own if name != "regions"} == {name: own[name] for name in own if name != "regions"}
    assert rows["alone"]["error"].startswith("bad_geometry: ") and rows["hole"]["error"].startswith("missing: 1 rows are no fixes")


def test_the_sql_function(spark: SparkSession, small: DataFrame, evaluator: kordon.Evaluator) -> None:
    kordon.spark.register(spark, at=AT, depth_km=60)
    small.createOrReplaceTempView("positions")
    query = "SELECT id, answer.* FROM (SELECT id, kordon_evaluate(x, y{}) AS answer FROM positions) ORDER BY id"
    answers = spark.sql(query.format("")).collect()
    expected = evaluator.evaluate(36.5873, 50.5956, at=AT, depth_km=60)
    assert tuple(answers[0])[1:-1] == expected
    assert [row["error"] is None for row in answers] == [True, False, False, True, True]
    assert [row["error"] is None for row in spark.sql(query.format(", r")).collect()] == [True, False, False, True, False]


def test_other_types_and_each_row_at_its_own_time(spark: SparkSession, evaluator: kordon.Evaluator) -> None:
    times = pd.to_datetime(["2024-05-29T23:59:59Z", "2024-05-30T00:00:00Z", None], format="ISO8601")
    frame = spark.createDataFrame(pd.DataFrame({"x": [37] * 3, "y": [50.5956] * 3, "seen": times}))
    frame = frame.selectExpr("x", "cast(y as decimal(9, 4)) y", "seen")
    answers = kordon.spark.evaluate(frame, "x", "y", at="seen", prefix="k_").collect()
    assert [row["k_verdict"] for row in answers] == ["ineligible", "eligible", None]
    assert "at" in answers[2]["k_error"]
    assert answers[1]["k_distance_m"] == evaluator.evaluate(37, 50.5956).distance_m
    assert kordon.spark.evaluate(frame.limit(0), "x", "y", at=AT).collect() == []


def test_positions_as_texts_and_in_another_reference_system(spark: SparkSession, evaluator: kordon.Evaluator) -> None:
    texts = ["50.5956, 36.5873", "37UCS2907", "8a1182b5b6c7fff", "nowhere", None]
    frame = spark.createDataFrame([(i, text) for i, text in enumerate(texts)], "id int, place string")
    answers = kordon.spark.evaluate(frame, position="place", at=AT).orderBy("id").collect()
    expected = evaluator.evaluate(position=texts, at=AT, errors="column")
    assert [row["verdict"] for row in answers] == list(expected.verdict)
    assert [row["error"] for row in answers] == list(expected.error)
    kordon.spark.register(spark, "judge", at=AT)
    frame.createOrReplaceTempView("texts")
    told = spark.sql("SELECT id, judge_position(place) AS a FROM texts ORDER BY id").collect()
    assert [row["a"]["margin_m"] for row in told] == [row["margin_m"] for row in answers]
    grid = spark.createDataFrame([(7329072.0, 5607654.0)], "x double, y double")
    in_grid = kordon.spark.evaluate(grid, "x", "y", at=AT, crs="EPSG:28407").collect()
    assert in_grid[0]["margin_m"] == evaluator.evaluate(7329072.0, 5607654.0, at=AT, crs="EPSG:28407").margin_m
    kordon.spark.register(spark, "in_grid", at=AT, crs="EPSG:28407")
    assert spark.sql("SELECT in_grid(7329072.0D, 5607654.0D).margin_m AS m").collect()[0]["m"] == in_grid[0]["margin_m"]


def test_times_without_a_zone_are_read_by_the_stated_one(spark: SparkSession) -> None:
    times = ["2024-05-30 02:59:59", "2024-05-30 03:00:00", None]  # the policy begins at 03:00 in Kyiv
    frame = spark.createDataFrame([(i, time) for i, time in enumerate(times)], "id int, seen string")
    frame = frame.selectExpr("id", "36.5873D lon", "50.5956D lat", "seen", "cast(seen as timestamp_ntz) local")
    for column in ("seen", "local"):
        answers = kordon.spark.evaluate(frame, "lon", "lat", at=column, at_zone="Europe/Kyiv").orderBy("id").collect()
        assert [row["verdict"] for row in answers] == ["ineligible", "eligible", None], column


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"lon": "z"}, "lon"),
        ({"lat": "id_text"}, "lat"),
        ({"accuracy_m": "q"}, "accuracy_m"),
        ({"at": "soon"}, "at"),
        ({"at": "local"}, "at"),
        ({"lat": None}, "lat"),
        ({"position": "id_text"}, "position"),
        ({"position": "x", "lon": None, "lat": None}, "position"),
        ({"activity": "swim"}, "activity"),
        ({"width_km": 7}, "parameters.width_km"),
        ({"prefix": "", "lon": "error"}, "prefix"),
    ],
)
def test_faults_are_raised_before_a_task_runs(small: DataFrame, arguments: dict[str, object], where: str) -> None:
    frame = small.selectExpr("*", "cast(id as string) id_text", "cast(timestamp'2024-05-30 00:00:00' as timestamp_ntz) local")
    if "prefix" in arguments:
        frame = frame.selectExpr("*", "x as error")
    with pytest.raises(kordon.InputError) as raised:
        kordon.spark.evaluate(frame, **{"lon": "x", "lat": "y", **arguments})
    assert where in [error.where for error in raised.value.errors]
