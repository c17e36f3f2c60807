"""Positions as people have them: texts, points of WKB and GeoArrow, decimals, coordinates of a map, SQL."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
import shapely

import kordon
import kordon.duckdb
from kordon.tables import Counts, score_file

AT = "2024-06-15T00:00:00Z"
LON = [36.5873, 37.25, 30.52]
LAT = [50.5956, 50.75, 50.45]
TEXTS = ["50.5956N 36.5873E", "37UDS 0000 2000", "nowhere", None, "50°27'00\"N 30°31'12\"E"]


def same(scores: kordon.Scores, others: kordon.Scores) -> bool:
    numbers = ("margin_m", "distance_m", "nearest_lon", "nearest_lat")
    return all(np.array_equal(getattr(scores, name), getattr(others, name), equal_nan=True) for name in numbers)


@pytest.mark.parametrize("column", [list, pd.Series, pa.array, pl.Series], ids=["list", "pandas", "arrow", "polars"])
def test_texts_are_read_as_the_service_reads_them(evaluator: kordon.Evaluator, column: type) -> None:
    scores = evaluator.evaluate(position=column(TEXTS), at=AT, activity="counter-fire", errors="column")
    errors = list(scores["error"]) if isinstance(scores, pd.DataFrame) else list(scores.error)
    margins = scores["margin_m"] if isinstance(scores, pd.DataFrame) else scores.margin_m
    assert [error is None for error in errors] == [True, True, False, False, True]
    assert errors[2].startswith("bad_position: position: ")
    for row in (0, 1, 4):
        explained = evaluator.explain(position=TEXTS[row], at=AT, activity="counter-fire").answer["verdicts"][0]
        assert margins[row] == pytest.approx(explained["margin_m"], abs=0.0006)
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(position=column(TEXTS), at=AT)
    assert [error.where for error in raised.value.errors] == ["position[2]", "position[3]"]


def test_a_column_of_texts_in_a_frame(evaluator: kordon.Evaluator) -> None:
    frame = pd.DataFrame({"grid": TEXTS}, index=[7, 7, 8, 8, 9])
    scored = frame.kordon.score(position="grid", at=AT, evaluator=evaluator)
    assert len(scored) == len(frame)
    assert scored["error"].isna().tolist() == [True, True, False, False, True]
    one = evaluator.evaluate(position=TEXTS[0], at=AT)
    assert one.verdict == scored["verdict"].iloc[0]


def test_coordinates_of_a_map(evaluator: kordon.Evaluator) -> None:
    """The true place is pyproj's: see tests/geo/crs_places_test.cpp."""
    scores = evaluator.evaluate([7329289.81, 36.6], [5609979.5, 50.6], at=AT, crs="EPSG:28407", errors="column")
    there = evaluator.evaluate([36.587299968], [50.595599993], accuracy_m=3, at=AT)
    assert scores.distance_m[0] == pytest.approx(there.distance_m[0], abs=0.002)
    assert scores.error[0] is None and scores.error[1].startswith("out_of_range: lon: ")
    with pytest.raises(kordon.InputError):
        evaluator.evaluate([1.0], [2.0], crs="EPSG:1")


def test_points_of_wkb_and_geoarrow(evaluator: kordon.Evaluator) -> None:
    expected = evaluator.evaluate(LON, LAT, at=AT)
    points = shapely.points(LON, LAT)
    assert same(evaluator.evaluate(geometry=list(shapely.to_wkb(points)), at=AT), expected)
    assert same(evaluator.evaluate(geometry=list(shapely.to_wkb(points, byte_order=0)), at=AT), expected)
    assert same(evaluator.evaluate(geometry=list(shapely.to_wkb(shapely.set_srid(points, 4326), include_srid=True)), at=AT), expected)
    assert same(evaluator.evaluate(geometry=pa.array(shapely.to_wkb(points)), at=AT), expected)
    frame = gpd.GeoDataFrame(geometry=points, crs="EPSG:4326")
    for encoding in ("WKB", "geoarrow"):
        column = pa.table(frame.to_arrow(geometry_encoding=encoding))["geometry"]
        assert same(evaluator.evaluate(geometry=column, at=AT), expected)


def test_what_is_no_point_is_an_error_of_its_row(evaluator: kordon.Evaluator) -> None:
    shapes = [shapely.Point(LON[0], LAT[0]), shapely.box(36, 50, 37, 51), None]
    scores = evaluator.evaluate(geometry=[None if shape is None else shape.wkb for shape in shapes], at=AT, errors="column")
    assert scores.error[0] is None
    assert scores.error[1] == "bad_geometry: geometry: expected a point, got WKB of type 3"
    assert scores.error[2].startswith("missing: lon: ")
    frame = gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4326")
    answers = frame.kordon.evaluate(at=AT, evaluator=evaluator)
    assert answers["error"].isna().tolist() == [True, False, False]
    assert "expected a point, got Polygon" in answers["error"].iloc[1]
    with pytest.raises(kordon.InputError) as raised:
        frame.kordon.evaluate(at=AT, evaluator=evaluator, errors="raise")
    assert raised.value.errors[0].where == "geometry[1]"


def test_decimals_are_numbers(evaluator: kordon.Evaluator) -> None:
    expected = evaluator.evaluate(LON, LAT, at=AT)
    lon, lat = ([Decimal(str(value)) for value in values] for values in (LON, LAT))
    assert same(evaluator.evaluate(lon, lat, at=AT), expected)
    assert same(evaluator.evaluate(pa.array(lon), pa.array(lat), at=AT), expected)
    assert same(evaluator.evaluate(pl.Series(lon), pl.Series(lat), at=AT), expected)
    assert evaluator.evaluate(pd.Series(lon), pd.Series(lat), at=AT)["margin_m"].tolist() == expected.margin_m.tolist()


def test_one_way_to_say_where(evaluator: kordon.Evaluator) -> None:
    for place in ({}, {"lon": LON}, {"lon": LON, "lat": LAT, "position": TEXTS}, {"position": TEXTS, "geometry": []}):
        with pytest.raises(kordon.InputError) as raised:
            evaluator.evaluate(**place)
        assert raised.value.errors[0].code == "conflict"


def test_sql_of_duckdb(evaluator: kordon.Evaluator) -> None:
    con = kordon.duckdb.register(duckdb.connect(), evaluator=evaluator, at=AT, activity="counter-fire")
    con.execute("CREATE TABLE seen AS SELECT * FROM (VALUES (36.5873, 50.5956), (200.0, 50.0), (NULL, 50.0)) AS t(lon, lat)")
    rows = con.sql("SELECT a.verdict, a.margin_m, a.error FROM (SELECT kordon(lon, lat) AS a FROM seen)").fetchall()
    one = evaluator.evaluate(36.5873, 50.5956, at=AT, activity="counter-fire")
    assert rows[0] == (one.verdict, one.margin_m, None)
    assert rows[1][0] is None and rows[1][2].startswith("out_of_range: lon: ")
    assert rows[2] == (None, None, None)
    assert con.sql("SELECT kordon_position('50.5956N 36.5873E').verdict").fetchall() == [(one.verdict,)]


def test_polars_by_itself() -> None:
    """Without pyarrow and pandas, as in an environment that has Polars alone."""
    program = f"""
import sys
sys.modules["pyarrow"] = sys.modules["pandas"] = None
import datetime, polars as pl
import kordon
frame = pl.DataFrame({{"lon": {LON}, "lat": {LAT}, "at": [datetime.datetime(2024, 6, 15, tzinfo=datetime.timezone.utc)] * 3}})
scores = kordon.Evaluator().evaluate(frame["lon"], frame["lat"], at=frame["at"])
print(pl.DataFrame(scores)["verdict"].to_list()[0])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() in ("eligible", "indeterminate", "not_applicable"), done.stderr


@pytest.mark.parametrize("ending", ["parquet", "feather", "arrow"])
def test_files_of_tables(evaluator: kordon.Evaluator, tmp_path: Path, ending: str) -> None:
    table = pa.table({"id": [1, 2, 3, 4], "lon": [*LON, 200.0], "lat": [*LAT, 50.0], "seen": pa.array([AT] * 4)})
    source = tmp_path / f"in.{ending}"
    pq.write_table(table, source) if ending == "parquet" else pyarrow.feather.write_feather(table, source, compression="uncompressed")
    for target in (tmp_path / "out.parquet", tmp_path / "out.feather"):
        assert score_file(source, target, "lon", "lat", at="seen", evaluator=evaluator) == Counts(4, 1)
        scored = pq.read_table(target) if target.suffix == ".parquet" else pyarrow.feather.read_table(target)
        assert scored.column_names[:5] == ["id", "lon", "lat", "seen", "verdict"]
        assert scored["margin_m"].to_pylist()[:3] == evaluator.evaluate(LON, LAT, at=AT).margin_m.tolist()
        assert scored["error"].to_pylist()[3].startswith("out_of_range: lon: ")
    with pytest.raises(kordon.InputError):
        score_file(tmp_path / "out.parquet", tmp_path / "again.parquet", "lon", "lat", evaluator=evaluator)
    with pytest.raises(kordon.InputError):
        score_file(source, tmp_path / "out.csv", "lon", "lat", evaluator=evaluator)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted({source.name, "out.feather", "out.parquet"})


def test_geoparquet(evaluator: kordon.Evaluator, tmp_path: Path) -> None:
    gpd.GeoDataFrame({"id": [1, 2, 3]}, geometry=shapely.points(LON, LAT), crs="EPSG:4326").to_parquet(tmp_path / "in.parquet")
    assert score_file(tmp_path / "in.parquet", tmp_path / "out.parquet", geometry="geometry", at=AT, evaluator=evaluator) == Counts(3, 0)
    assert pq.read_table(tmp_path / "out.parquet")["margin_m"].to_pylist() == evaluator.evaluate(LON, LAT, at=AT).margin_m.tolist()
    other = gpd.GeoDataFrame(geometry=shapely.points([7329289.81], [5609979.5]), crs="EPSG:28407")
    other.to_parquet(tmp_path / "sk42.parquet")
    score_file(tmp_path / "sk42.parquet", tmp_path / "out.parquet", geometry="geometry", at=AT, evaluator=evaluator)
    expected = evaluator.evaluate([7329289.81], [5609979.5], crs="EPSG:28407", at=AT).margin_m.tolist()
    assert pq.read_table(tmp_path / "out.parquet")["margin_m"].to_pylist() == expected
