"""Lines and areas: the same answers from Shapely, GeoPandas and GeoJSON, as the program gives."""

import json
import os
import subprocess
from datetime import datetime, timezone

import geopandas as gpd
import pytest
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
