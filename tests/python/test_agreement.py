"""The same positions in every form give the same columns, and those are the columns of `kordon score`."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import AT, Points

import kordon
from kordon.scores import COLUMNS

NUMBERS = COLUMNS[1:5]


def assert_same(one: kordon.Scores, other: kordon.Scores) -> None:
    for name in NUMBERS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    for name in ("verdict", "regions", "error"):
        assert (getattr(one, name) == getattr(other, name)).all(), name


def assert_frame_is(frame: pd.DataFrame, scores: kordon.Scores) -> None:
    assert list(frame.columns) == list(COLUMNS)
    for name in NUMBERS:
        np.testing.assert_array_equal(frame[name].to_numpy(), getattr(scores, name), err_msg=name)
    assert (frame["verdict"].to_numpy() == scores.verdict).all()
    assert (frame["regions"].to_numpy() == scores.regions).all()


def test_a_million_points_are_what_the_program_says(evaluator: kordon.Evaluator, million: Points, scored_csv: Path) -> None:
    scores = evaluator.evaluate(million.lon, million.lat, million.accuracy_m, AT, threads=2)
    said = pd.read_csv(scored_csv, dtype={"verdict": str, "regions": str}, keep_default_na=False)
    assert (said["verdict"].to_numpy() == scores.verdict).all()
    assert (said["regions"].to_numpy() == scores.regions).all()
    assert set(scores.verdict) == {"eligible", "ineligible", "indeterminate", "not_applicable"}
    for name in NUMBERS:
        scale = 1e3 if name.endswith("_m") else 1e8  # decimals of an answer
        np.testing.assert_array_equal(said[name].to_numpy(), np.rint(getattr(scores, name) * scale) / scale, err_msg=name)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_nothing(evaluator: kordon.Evaluator, million: Points, threads: int) -> None:
    one = evaluator.evaluate(million.lon, million.lat, at=AT)
    assert_same(one, evaluator.evaluate(million.lon, million.lat, at=AT, threads=threads))


def test_lists_and_strides_and_other_numbers(evaluator: kordon.Evaluator, points: Points) -> None:
    scores = evaluator.evaluate(points.lon, points.lat, at=AT)
    assert_same(scores, evaluator.evaluate(list(points.lon), tuple(points.lat), at=AT))
    both = np.column_stack([points.lon, points.lat])
    assert_same(scores, evaluator.evaluate(both[:, 0], both[:, 1], at=AT))
    whole = np.arange(33, 41)
    assert_same(evaluator.evaluate(whole.astype(float), 50.0, at=AT), evaluator.evaluate(whole, 50, at=AT))
    assert len(evaluator.evaluate([], [], at=AT)) == 0


def test_one_position_is_a_row(evaluator: kordon.Evaluator, points: Points) -> None:
    scores = evaluator.evaluate(points.lon, points.lat, 100, AT)
    for i in range(50):
        one = evaluator.evaluate(points.lon[i], float(points.lat[i]), 100, AT)
        assert one == tuple(getattr(scores, name)[i] for name in one._fields)


def test_pandas(evaluator: kordon.Evaluator, points: Points) -> None:
    scores = evaluator.evaluate(points.lon, points.lat, points.accuracy_m, AT)
    index = pd.Index(np.arange(len(points.lon))[::-1], name="id")
    frame = pd.DataFrame({"x": points.lon, "y": points.lat, "r": points.accuracy_m}, index=index)
    by_series = evaluator.evaluate(frame["x"], frame["y"], frame["r"], AT)
    by_accessor = frame.kordon.evaluate(lon="x", lat="y", accuracy_m="r", at=AT)
    for answer in (by_series, by_accessor):
        assert_frame_is(answer, scores)
        assert answer.index.equals(index)


@pytest.mark.parametrize("crs", ["EPSG:32637", "EPSG:3857", "EPSG:4326"])
def test_geopandas_in_another_crs(evaluator: kordon.Evaluator, points: Points, crs: str) -> None:
    scores = evaluator.evaluate(points.lon, points.lat, at=AT)
    frame = gpd.GeoDataFrame({"id": 1}, index=range(len(points.lon)), geometry=gpd.points_from_xy(points.lon, points.lat), crs="EPSG:4326")
    answer = frame.to_crs(crs).kordon.evaluate(at=AT)
    assert (answer["verdict"].to_numpy() == scores.verdict).all()
    assert (answer["regions"].to_numpy() == scores.regions).all()
    # Projected and back again is good to some tenths of a millimetre.
    np.testing.assert_allclose(answer["margin_m"], scores.margin_m, rtol=0, atol=1e-3)
    np.testing.assert_allclose(answer["distance_m"], scores.distance_m, rtol=0, atol=1e-3)


def test_arrow_in_and_out(evaluator: kordon.Evaluator, points: Points) -> None:
    scores = evaluator.evaluate(points.lon, points.lat, at=AT)
    lon, lat = pa.array(points.lon), pa.array(points.lat)
    assert_same(scores, evaluator.evaluate(lon, lat, at=AT))
    chunks = pa.chunked_array([lon[:7000], lon[7000:]]), pa.chunked_array([lat[:100], lat[100:15000], lat[15000:]])
    assert_same(scores, evaluator.evaluate(*chunks, at=AT))
    assert_same(scores, evaluator.evaluate(pl.Series(points.lon), pl.Series(points.lat), at=AT))
    batch = pa.record_batch(scores)
    batch.validate(full=True)
    assert batch.schema.names == list(COLUMNS)
    assert_frame_is(batch.to_pandas(), scores)
    assert pl.DataFrame(scores)["distance_m"].to_numpy().tolist() == scores.distance_m.tolist()


def test_arrow_nulls_slices_and_bad_rows(evaluator: kordon.Evaluator) -> None:
    lon = pa.array([0.0, 36.5, None, 200.0, 36.5, 36.5])[1:]
    lat = pa.array([0.0, 50.6, 50.6, 50.6, 50.6, None])[1:]
    scores = evaluator.evaluate(lon, lat, at=AT, errors="column")
    batch = pa.record_batch(scores)
    batch.validate(full=True)
    assert [text and text.partition(":")[0] for text in batch["error"].to_pylist()] == [None, "missing", "out_of_range", None, "missing"]
    for name in COLUMNS[:-1]:
        assert [value is None for value in batch[name].to_pylist()] == [False, True, True, False, True], name
    assert batch["distance_m"][0] == batch["distance_m"][3]
    assert list(scores.error) == batch["error"].to_pylist()
    assert list(scores.to_pandas()["verdict"].isna()) == [False, True, True, False, True]


def test_an_exported_batch_outlives_its_scores(evaluator: kordon.Evaluator, points: Points) -> None:
    scores = evaluator.evaluate(points.lon, points.lat, at=AT)
    expected = scores.margin_m.copy()
    batch = pa.record_batch(scores)
    array = scores.distance_m
    distances = array.copy()
    del scores
    np.testing.assert_array_equal(batch["margin_m"].to_numpy(), expected)
    np.testing.assert_array_equal(array, distances)
    unused = evaluator.evaluate(points.lon, points.lat, at=AT).__arrow_c_array__()
    del unused  # is released by its capsules


def test_doubles_are_read_where_they_are(evaluator: kordon.Evaluator) -> None:
    from kordon import _core
    from kordon.inputs import number_column

    lon = np.array([10.0])
    column = number_column(lon, "lon")
    arrow = pa.array(np.array([10.0]))
    shared = number_column(arrow, "lon")
    lon[0] = 36.5
    np.frombuffer(arrow.buffers()[1], dtype=np.float64)
    world = _core.World.load(str(evaluator.config))
    lat = number_column([50.6], "lat")
    assert world.score(column, lat, [], None, None, [], 1).margin_m[0] == evaluator.evaluate(36.5, 50.6).margin_m
    assert world.score(shared, lat, [], None, None, [], 1).margin_m[0] == evaluator.evaluate(10.0, 50.6).margin_m
