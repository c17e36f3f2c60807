"""What the other calls give, and times."""

import json
import subprocess
import sys
import threading
import warnings
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta, timezone
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from conftest import AT, Points

import kordon
from kordon.tables import score_file

BELGOROD = (36.5873, 50.5956)
BEFORE, AFTER = "2024-05-29T23:59:59.999Z", "2024-05-30T00:00:00Z"


def times() -> list[object]:
    """The two instants in every form that there is."""
    first = datetime(2024, 5, 30, tzinfo=timezone.utc)
    pair = [first - timedelta(milliseconds=1), first]
    return [
        [BEFORE, AFTER],
        pair,
        [instant.astimezone(timezone(timedelta(hours=3))) for instant in pair],
        np.array(["2024-05-29T23:59:59.999", "2024-05-30"], dtype="datetime64[ms]"),
        np.array(["2024-05-29T23:59:59.999999999", "2024-05-30"], dtype="datetime64[ns]"),
        pd.Series(pair),
        pd.Series(pair).dt.tz_convert("Europe/Kyiv"),
        pd.Series([BEFORE, AFTER]),
    ]


@pytest.mark.parametrize("at", times(), ids=lambda at: f"{type(at).__name__} of {type(at[0]).__name__}")
def test_each_row_at_its_own_time(evaluator: kordon.Evaluator, at: object) -> None:
    scores = evaluator.evaluate([BELGOROD[0]] * 2, [BELGOROD[1]] * 2, at=at, activity="counter-fire")
    assert list(scores.verdict) == ["ineligible", "eligible"]


@pytest.mark.parametrize("at", [AFTER, datetime(2024, 5, 30, tzinfo=timezone.utc), np.datetime64("2024-05-30"), pd.Timestamp("2024-05-30", tz="UTC")])
def test_one_time_for_all(evaluator: kordon.Evaluator, at: object) -> None:
    assert evaluator.evaluate(*BELGOROD, at=at).verdict == "eligible"
    assert evaluator.explain(*BELGOROD, at=at).answer["at"] == AFTER


def test_a_hole_among_times_is_a_bad_row(evaluator: kordon.Evaluator) -> None:
    for at in (pd.Series([pd.NaT, pd.Timestamp(BEFORE)]), [None, BEFORE], ["soon", BEFORE], ["2024-05-30T00:00:00", BEFORE]):
        scores = evaluator.evaluate([BELGOROD[0]] * 2, [BELGOROD[1]] * 2, at=at, errors="column")
        assert list(scores.verdict)[1] == "ineligible"
        assert scores.bad_count == 1
        assert "at" in scores.error[0]


def test_times_without_a_zone_take_the_stated_one(evaluator: kordon.Evaluator) -> None:
    naive = ["2024-05-30T02:59:59.999", "2024-05-30T03:00:00"]
    for at in (naive, pd.Series(naive), pd.Series(pd.to_datetime(naive, format="ISO8601")), np.array(naive, dtype="datetime64[ms]")):
        scores = evaluator.evaluate([BELGOROD[0]] * 2, [BELGOROD[1]] * 2, at=at, at_zone="Europe/Kyiv", activity="counter-fire")
        assert list(scores.verdict) == ["ineligible", "eligible"]
    assert evaluator.evaluate(*BELGOROD, at="2024-05-30 03:00", at_zone="Europe/Kyiv").verdict == "eligible"


def test_a_frame_keeps_its_rows_where_its_index_repeats(evaluator: kordon.Evaluator) -> None:
    frame = pd.DataFrame({"lon": [BELGOROD[0], 36.0], "lat": [BELGOROD[1], 49.0]}, index=[7, 7])
    scored = frame.kordon.score("lon", "lat", at=AT, evaluator=evaluator)
    assert list(scored.index) == [7, 7]
    assert list(scored.columns[:3]) == ["lon", "lat", "verdict"]
    assert scored.verdict.iloc[0] == "eligible"
    with pytest.raises(kordon.InputError):
        scored.kordon.score("lon", "lat", at=AT, evaluator=evaluator)


@pytest.mark.parametrize(("name", "argument"), [("timestamp", "at"), ("at", "at"), ("acq_date", "at"), ("accuracy_m", "accuracy_m"), ("hdop", "accuracy_m")])
def test_columns_that_look_meant_and_are_not_stated_are_warned_of(evaluator: kordon.Evaluator, tmp_path: Path, name: str, argument: str) -> None:
    frame = pd.DataFrame({"lon": [BELGOROD[0]], "lat": [BELGOROD[1]], name: [5]})
    frame.to_parquet(tmp_path / "in.parquet")
    expected = f"`{name}`.*state it \\({argument}\\)"
    with pytest.warns(UserWarning, match=expected):
        frame.kordon.evaluate("lon", "lat", evaluator=evaluator)
    with pytest.warns(UserWarning, match=expected):
        score_file(tmp_path / "in.parquet", tmp_path / "out.parquet", "lon", "lat", evaluator=evaluator)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame.kordon.evaluate("lon", "lat", accuracy_m=5, at=AT, evaluator=evaluator)


def test_parameters_and_activities(evaluator: kordon.Evaluator) -> None:
    assert evaluator.evaluate(*BELGOROD, at=AT, activity="counter-fire", depth_km=20).verdict == "ineligible"
    assert evaluator.evaluate(*BELGOROD, at=AT, activity="long-range").verdict == "ineligible"
    assert evaluator.evaluate(*BELGOROD, at=AT, activity="air-defence").verdict == "eligible"


def test_regions_are_those_that_shapely_finds(evaluator: kordon.Evaluator, points: Points) -> None:
    frame = evaluator.regions(frame=True)
    assert frame.crs == "EPSG:4326" and list(frame.index) == ["RU", "UA", "UA-63"]
    scores = evaluator.evaluate(points.lon, points.lat, at=AT)
    shapely.prepare(frame.geometry.array)
    places = shapely.points(points.lon, points.lat)
    held = {name: shapely.contains(shape, places) for name, shape in frame.geometry.items()}
    expected = [";".join(name for name in held if held[name][i]) for i in range(len(places))]
    assert list(scores.regions) == expected


def test_zones_hold_what_is_eligible(evaluator: kordon.Evaluator, points: Points) -> None:
    zones = evaluator.zones(activity="counter-fire", at=AT, depth_km=60, frame=True)
    assert list(zones.index) == ["us-kharkiv-2024:counter-fire-kharkiv"]
    scores = evaluator.evaluate(points.lon, points.lat, at=AT, activity="counter-fire", depth_km=60)
    inside = shapely.contains_xy(zones.geometry.iloc[0], points.lon, points.lat)
    clear = np.abs(scores.margin_m) > 10  # a zone's edge lies within 10 m of where the margin is 0
    assert ((scores.margin_m > 0) == inside)[clear].all() and inside.any()


def test_features_as_geojson(evaluator: kordon.Evaluator) -> None:
    borders = evaluator.borders(simplify_deg=0.01)
    assert [feature["id"] for feature in borders["features"]] == ["RU|UA", "RU|UA-63"]
    assert gpd.GeoDataFrame.from_features(borders).geometry.is_valid.all()
    assert len(evaluator.regions(bbox=(100, 60, 101, 61), simplify_deg=0.1)["features"]) == 1
    with pytest.raises(kordon.InputError) as raised:
        evaluator.zones(activity="swim")
    assert raised.value.errors[0].where == "activity"
    assert evaluator.policies()[0]["id"] == "us-kharkiv-2024"


def test_an_explanation_is_what_the_program_says(evaluator: kordon.Evaluator, program: str) -> None:
    explanation = evaluator.explain(position="37UCS2907", at=AT, depth_km=60)
    options = ["--position", "37UCS2907", "--at", AT, "--set", "depth_km=60"]
    for command in ([sys.executable, "-m", "kordon"], [program]):
        said = subprocess.run([*command, "evaluate", *options], check=True, capture_output=True, text=True).stdout
        assert json.loads(said) == explanation.answer


def test_an_explanation_as_text_and_as_a_map(evaluator: kordon.Evaluator) -> None:
    explanation = evaluator.explain(*BELGOROD, at=AT, accuracy_m=2000)
    text = str(explanation)
    for part in ("counter-fire (us-kharkiv-2024): eligible", "31.4 km from RU|UA-63", "depth_km = 100 (assumed)"):
        assert part in text
    assert text.splitlines()[0] in explanation._repr_html_()
    svg = explanation.svg()
    assert len(svg) < 60_000
    drawn = ElementTree.fromstring(svg)
    names = {title.text for title in drawn.iter("{http://www.w3.org/2000/svg}title")}
    assert {"RU", "UA", "RU|UA-63", "us-kharkiv-2024:counter-fire-kharkiv"} <= names
    assert "href" not in svg and "url(" not in svg


def test_the_interpreter_is_free_while_columns_are_evaluated(evaluator: kordon.Evaluator, million: Points) -> None:
    counted = 0
    during = []
    stop = threading.Event()

    def count() -> None:
        nonlocal counted
        while not stop.is_set():
            counted += 1

    counter = threading.Thread(target=count)
    counter.start()
    during.append(counted)
    evaluator.evaluate(million.lon, million.lat, at=AT)
    during.append(counted)
    stop.set()
    counter.join()
    # With the lock held, the counter would stand still except for a turn before and one after.
    assert during[1] - during[0] > 100_000


def test_layers_in_another_crs(evaluator: kordon.Evaluator, tmp_path: Path) -> None:
    west, east, border = (35, 50), (38, 50), [(35, 50), (38, 50)]
    countries = {
        "RU": [*border, (41, 50), (41, 53), (33, 53), (33, 50)],
        "UA": [(33, 50), (33, 48), (41, 48), (41, 50), east, west],
    }
    oblasts = {"UA-63": [west, (35, 49), (38, 49), east]}
    described = {"accuracy_m": 1, "attribution": "a", "licence": "l", "source": "s"}
    for name, rings in (("countries", countries), ("oblasts", oblasts)):
        shapes = [shapely.Polygon(ring) for ring in rings.values()]
        frame = gpd.GeoDataFrame({"id": list(rings)}, geometry=shapes, crs="EPSG:4326")
        frame.to_crs("EPSG:3857").to_file(tmp_path / f"{name}.shp")
    layers = [{"id": name, "file": f"{name}.shp", **described} for name in ("countries", "oblasts")]
    policy = evaluator.config.parent / "policies" / "us-kharkiv-2024.json"
    (tmp_path / "kordon.json").write_text(json.dumps({"layers": layers, "policies": [str(policy)]}))
    made = kordon.Evaluator(tmp_path / "kordon.json").evaluate(36.5, 50.1, at=AT)
    assert made.verdict == "eligible" and made.regions == "RU"
    assert made.nearest_lat == pytest.approx(50, abs=1e-6)
    assert made.distance_m == pytest.approx(11_124, abs=5)  # a tenth of a degree of latitude at 50 N
