"""Every fault is an exception that names the argument."""

import pickle
from datetime import date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import kordon

ONE = [36.5]
LAT = [50.6]

BAD_ARGUMENTS = {
    "lon[1]": {"lon": [36.5, 200], "lat": [50, 50]},
    "lat[0]": {"lon": [36.5], "lat": [-91]},
    "lon[0]": {"lon": [None], "lat": [50]},
    "lat": {"lon": ONE, "lat": [1, 2]},
    "lon": {"lon": ["east"], "lat": LAT},
    "accuracy_m": {"lon": ONE, "lat": LAT, "accuracy_m": -1},
    "accuracy_m[0]": {"lon": ONE, "lat": LAT, "accuracy_m": [1e9]},
    "at": {"lon": ONE, "lat": LAT, "at": "yesterday"},
    "activity": {"lon": ONE, "lat": LAT, "activity": "swim"},
    "policy": {"lon": ONE, "lat": LAT, "policy": "none"},
    "depth_km": {"lon": ONE, "lat": LAT, "depth_km": -3},
    "parameters.width_km": {"lon": ONE, "lat": LAT, "width_km": 7},
}


@pytest.mark.parametrize("where", BAD_ARGUMENTS)
def test_a_fault_names_its_argument(evaluator: kordon.Evaluator, where: str) -> None:
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(**BAD_ARGUMENTS[where])
    assert [error.where for error in raised.value.errors] == [where]
    assert where in str(raised.value)


@pytest.mark.parametrize("arguments", [(200.0, 50.0), (float("nan"), 50.0), (36.5, None)])
def test_so_does_one_of_a_single_position(evaluator: kordon.Evaluator, arguments: tuple[float, float]) -> None:
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(*arguments)
    assert [error.where for error in raised.value.errors] in (["lon"], ["lat"])


def test_exchanged_axes_are_told(evaluator: kordon.Evaluator) -> None:
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(50.6, 136.6)
    assert raised.value.errors[0].code == "coordinates_swapped"


@pytest.mark.parametrize("at", [datetime(2024, 6, 15), date(2024, 6, 15), [datetime(2024, 6, 15)], ["soon"], [7.5], [1717027200000]])
def test_times_must_say_which_they_are(evaluator: kordon.Evaluator, at: object) -> None:
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(ONE, LAT, at=at)
    assert raised.value.errors[0].where.split("[")[0] == "at"


def test_all_faults_come_at_once(evaluator: kordon.Evaluator) -> None:
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(ONE, [1.0, 2.0], activity="swim", width_km=7)
    assert {error.where for error in raised.value.errors} == {"lat", "activity", "parameters.width_km"}


@pytest.mark.parametrize("column", [pa.array(["36.5"]), pa.chunked_array([["36.5"]]), pa.array([[36.5]]), pa.array([36.5]).dictionary_encode()])
def test_arrow_that_is_no_numbers(evaluator: kordon.Evaluator, column: object) -> None:
    with pytest.raises(kordon.InputError) as raised:
        evaluator.evaluate(column, pa.array(LAT))
    assert raised.value.errors[0].where == "lon"


def test_bad_rows_as_a_column(evaluator: kordon.Evaluator) -> None:
    scores = evaluator.evaluate([36.5, 200], [50.6, 50.6], errors="column")
    assert list(scores.error)[0] is None and scores.error[1].startswith("out_of_range: lon: ")
    assert scores.verdict[1] is None and np.isnan(scores.margin_m[1]) and scores.regions[1] == ""


def test_the_accessor_names_columns(evaluator: kordon.Evaluator) -> None:
    frame = pd.DataFrame({"x": ONE, "y": LAT})
    for arguments, where in (({"lon": "x", "lat": "z"}, "lat"), ({"lon": "x"}, "lat"), ({}, "lon")):
        with pytest.raises(kordon.InputError) as raised:
            frame.kordon.evaluate(**arguments)
        assert raised.value.errors[0].where == where
    no_crs = gpd.GeoDataFrame(geometry=gpd.points_from_xy(ONE, LAT))
    with pytest.raises(kordon.InputError) as raised:
        no_crs.kordon.evaluate()
    assert raised.value.errors[0].where == "geometry"


def test_a_missing_point_is_a_bad_row() -> None:
    frame = gpd.GeoDataFrame(geometry=gpd.GeoSeries.from_wkt(["POINT (36.5 50.6)", None, "POINT EMPTY"]), crs="EPSG:4326")
    assert list(frame.kordon.evaluate()["error"].isna()) == [True, False, False]


def test_a_configuration_with_faults(tmp_path: Path) -> None:
    file = tmp_path / "kordon.json"
    file.write_text('{"layers": [], "policies": ["none.json"]}')
    with pytest.raises(kordon.ConfigError) as raised:
        kordon.Evaluator(file)
    assert len(raised.value.faults) >= 2 and str(file) in raised.value.faults[0][0]


def test_errors_and_evaluators_travel_between_processes(evaluator: kordon.Evaluator) -> None:
    error = kordon.InputError([("lat[3]", "missing", "expected degrees")])
    assert pickle.loads(pickle.dumps(error)).errors == error.errors
    assert pickle.loads(pickle.dumps(evaluator)).data_version == evaluator.data_version
