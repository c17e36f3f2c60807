"""Lines and areas: the same answers from Shapely, GeoPandas and GeoJSON, as the program gives."""

import json
import os
import subprocess
from datetime import datetime, timezone

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from shapely.geometry import LineString, Polygon, mapping

import kordon

LINE = LineString([(36.5, 50.1), (36.5, 50.6)])
AREA = Polygon([(36.5, 50.2), (36.6, 50.2), (36.6, 50.5), (36.5, 50.5)])
TIMES = [datetime(2024, 6, 1, hour, tzinfo=timezone.utc) for hour in (0, 1)]
ASKED = {"activity": "counter-fire"}
AT = "2024-06-15T00:00:00Z"


@pytest.fixture(scope="module")
def evaluator() -> kordon.Evaluator:
    return kordon.Evaluator(os.environ.get("KORDON_TEST_CONFIG"))


def test_the_same_sums_from_shapely_geojson_and_another_crs(evaluator):
    rows = evaluator.evaluate_geometries([LINE, AREA], at=AT, **ASKED)
    assert rows == evaluator.evaluate_geometries([mapping(LINE), mapping(AREA)], at=AT, **ASKED)
    assert abs(sum(rows[1][f"{v}_share"] for v in ("eligible", "ineligible", "indeterminate", "not_applicable")) - 1) < 1e-7
    series = gpd.GeoSeries([LINE, AREA], index=["line", "area"], crs="EPSG:4326")
    frame = evaluator.evaluate_geometries(series.to_crs("EPSG:3857"), at=AT, **ASKED)
    assert list(frame.index) == ["line", "area"]
    assert abs(frame.loc["line", "eligible_m"] - rows[0]["eligible_m"]) < 0.01
    assert abs(frame.loc["area", "eligible_share"] - rows[1]["eligible_share"]) < 1e-6


def test_times_give_dwell_and_crossings_in_full(evaluator):
    sums, none = evaluator.evaluate_geometries([LINE, LINE], [TIMES, None], **ASKED)
    assert sums["duration_s"] == 3600
    assert "duration_s" not in none
    (full,) = evaluator.evaluate_geometries([LINE], [TIMES], full=True, **ASKED)
    assert full["crossings"][0]["time_range"] == ["2024-06-01T00:00:00Z", "2024-06-01T01:00:00Z"]
    (gap,) = evaluator.evaluate_geometries([LINE], [TIMES], max_gap_s=60, **ASKED)
    assert gap["gaps"] == 1


def test_the_program_gives_the_same(evaluator, tmp_path):
    program = os.environ.get("KORDON_PROGRAM")
    if program is None:
        pytest.skip("KORDON_PROGRAM names no program")
    file = tmp_path / "a.geojsonl"
    file.write_text("".join(json.dumps({"type": "Feature", "properties": {}, "geometry": mapping(shape)}) + "\n" for shape in (LINE, AREA)))
    command = [program, "score", file, "--to", "ndjson", "--at", AT, "--activity", "counter-fire"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [json.loads(line) for line in out.splitlines()] == evaluator.evaluate_geometries([LINE, AREA], at=AT, **ASKED)


def test_what_is_wrong_names_its_row(evaluator):
    bow = Polygon([(36, 50), (36.2, 50.2), (36.2, 50), (36, 50.2)])
    with pytest.raises(kordon.InputError) as caught:
        evaluator.evaluate_geometries([LINE, bow], at=AT)
    assert caught.value.errors[0].where == "geometry[1]"
    rows = evaluator.evaluate_geometries([LINE, bow], at=AT, errors="column")
    assert "error" in rows[1]
    for arguments in ({"edges": "curved"}, {"max_gap_s": 0}, {"times": [TIMES, TIMES]}, {"depth": 3}):
        with pytest.raises(kordon.InputError):
            evaluator.evaluate_geometries([LINE], **arguments)
    with pytest.raises(kordon.InputError):
        evaluator.evaluate_geometries(gpd.GeoSeries([LINE]))
    assert evaluator.evaluate_geometries([]) == []


def test_wkb_and_geoarrow_are_the_same_shapes(evaluator):
    expected = evaluator.evaluate_geometries([LINE, AREA], at=AT, **ASKED)
    assert evaluator.evaluate_geometries(list(shapely.to_wkb([LINE, AREA])), at=AT, **ASKED) == expected
    assert evaluator.evaluate_geometries(pa.array(shapely.to_wkb([LINE, AREA])), at=AT, **ASKED) == expected
    for row, shape in enumerate((LINE, AREA)):
        frame = gpd.GeoDataFrame(geometry=[shape, None], crs="EPSG:4326")
        for encoding in ("WKB", "geoarrow"):
            column = pa.table(frame.to_arrow(geometry_encoding=encoding))["geometry"]
            if encoding == "geoarrow" and shape is AREA:  # its type is lost without geoarrow-pyarrow
                with pytest.raises(kordon.InputError, match="with their type"):
                    evaluator.evaluate_geometries(column, at=AT, errors="column", **ASKED)
                continue
            found, none = evaluator.evaluate_geometries(column, at=AT, errors="column", **ASKED)
            assert found == expected[row]
            assert "error" in none
    with pytest.raises(kordon.InputError, match="expected WKB"):
        evaluator.evaluate_geometries([b"\x01\x02"], at=AT)


# Two objects whose fixes come in no order, the first along LINE.
FIXES = pd.DataFrame({
    "ship": ["a", "b", "a", "b", "a"],
    "lon": [36.5, 36.55, 36.5, 36.55, 36.5],
    "lat": [50.6, 50.2, 50.1, 50.5, 50.35],
    "seen": pd.to_datetime(["2024-06-01 01:00Z", "2024-06-01 00:00Z", "2024-06-01 00:00Z", "2024-06-01 02:00Z", "2024-06-01 00:30Z"], utc=True),
    "radius": [10.0, 5.0, 20.0, 5.0, 10.0],
})


def test_fixes_of_one_id_are_a_line_in_order_of_time(evaluator):
    a, b = (group.sort_values("seen") for _, group in FIXES.groupby("ship"))
    lines = [LineString(list(zip(group.lon, group.lat))) for group in (a, b)]
    expected = evaluator.evaluate_geometries(lines, [list(a.seen), list(b.seen)], **ASKED)
    columns = [FIXES[name] for name in ("ship", "lon", "lat", "seen")]
    frame = evaluator.evaluate_tracks(*columns, **ASKED)
    assert list(frame.index) == ["a", "b"] and frame.index.name == "ship"
    assert frame.to_dict("records") == expected
    plain = evaluator.evaluate_tracks(*(list(column) for column in columns), **ASKED)
    assert plain == [{"id": name, **row} for name, row in zip("ab", expected)]
    arrow = pa.Table.from_pandas(FIXES)
    assert evaluator.evaluate_tracks(*(arrow[name] for name in ("ship", "lon", "lat", "seen")), **ASKED) == plain
    moving = gpd.GeoDataFrame(FIXES[["ship"]], geometry=gpd.points_from_xy(FIXES.lon, FIXES.lat), crs="EPSG:4326").set_index(FIXES.seen)
    assert moving.kordon.evaluate_tracks("ship", evaluator=evaluator, **ASKED).to_dict("records") == expected
    wide = FIXES.kordon.evaluate_tracks("ship", "lon", "lat", "seen", "radius", evaluator=evaluator, **ASKED)
    assert wide.loc["a", "indeterminate_m"] > frame.loc["a", "indeterminate_m"] + 1


def test_the_program_makes_the_same_lines_of_fixes(evaluator, tmp_path):
    program = os.environ.get("KORDON_PROGRAM")
    if program is None:
        pytest.skip("KORDON_PROGRAM names no program")
    FIXES.to_csv(tmp_path / "fixes.csv", index=False)
    command = [program, "score", tmp_path / "fixes.csv", "--lines", "--id-column", "ship", "--at-column", "seen", "--accuracy-column", "radius",
               "--to", "ndjson", "--activity", "counter-fire"]  # fmt: skip
    rows = [json.loads(line) for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()]
    ours = FIXES.kordon.evaluate_tracks("ship", "lon", "lat", "seen", "radius", evaluator=evaluator, **ASKED)
    for row, (name, own) in zip(rows, ours.iterrows(), strict=True):
        assert row["id"] == name
        assert {key: row[key] for key in own.index} == own.to_dict()


def test_rows_that_are_no_fixes_are_named(evaluator):
    holes = FIXES.copy()
    holes.loc[1, "lat"] = np.nan
    holes.loc[2, "seen"] = pd.NaT
    with pytest.raises(kordon.InputError) as caught:
        holes.kordon.evaluate_tracks("ship", "lon", "lat", "seen", evaluator=evaluator)
    assert [(error.where, error.code) for error in caught.value.errors] == [("row[1]", "missing"), ("row[2]", "bad_time")]
    with pytest.warns(UserWarning, match="2 rows are no fixes.*: 1, 2"):
        rows = holes.kordon.evaluate_tracks("ship", "lon", "lat", "seen", evaluator=evaluator, errors="column")
    assert rows.loc["a", "duration_s"] == 1800
    assert "at least two" in rows.loc["b", "error"]["message"]
    with pytest.raises(kordon.InputError, match="index of times"):
        FIXES.kordon.evaluate_tracks("ship", "lon", "lat", evaluator=evaluator)
