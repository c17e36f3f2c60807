"""Every text of tests/evaluation/notations.tsv, whose places are known from elsewhere, through Python and the command line."""

import csv
import json
import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import kordon
from conftest import AT, ROOT


class Notation(NamedTuple):
    text: str
    lon: float | None
    lat: float | None
    accuracy_m: float
    read_as: str


def notations() -> list[Notation]:
    with (ROOT / "tests/evaluation/notations.tsv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Notation(text.replace("\\t", "\t"), *(None if place == "-" else float(place) for place in (lon, lat)),
                     0 if accuracy == "-" else float(accuracy), read_as)
            for text, lon, lat, accuracy, read_as in rows]


ALL = notations()
READ = [one for one in ALL if one.lon is not None]


def check(position: dict[str, Any], one: Notation) -> None:
    assert position["lon"] == pytest.approx(one.lon, abs=1e-6), one.text
    assert position["lat"] == pytest.approx(one.lat, abs=1e-6), one.text
    assert position["accuracy_m"] == pytest.approx(one.accuracy_m, abs=0.01), one.text
    assert position["read_as"] == one.read_as, one.text


def test_there_are_many() -> None:
    assert len(ALL) > 200 and 100 < len(READ) < len(ALL)


def test_one_by_one(evaluator: kordon.Evaluator) -> None:
    for one in ALL:
        if one.lon is None:
            with pytest.raises(kordon.InputError):
                evaluator.explain(position=one.text, at=AT)
        else:
            check(evaluator.explain(position=one.text, at=AT).answer["position"], one)


def test_as_a_column(evaluator: kordon.Evaluator) -> None:
    scores = evaluator.evaluate(position=[one.text for one in ALL], at=AT, errors="column")
    by_numbers = evaluator.evaluate([one.lon for one in READ], [one.lat for one in READ], [one.accuracy_m for one in READ], AT)
    read = [row for row, one in enumerate(ALL) if one.lon is not None]
    assert [row for row, error in enumerate(scores.error) if error is None] == read
    assert [scores.verdict[row] for row in read] == list(by_numbers.verdict)
    assert [scores.distance_m[row] for row in read] == pytest.approx(list(by_numbers.distance_m), abs=0.2)


def test_command_line(tmp_path: Path) -> None:
    with (tmp_path / "texts.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["position"], *([one.text] for one in ALL)])
    done = subprocess.run([os.environ["KORDON_PROGRAM"], "score", tmp_path / "texts.csv", "--full", "--to", "ndjson", "--at", AT, "--quiet"],
                          capture_output=True, text=True, timeout=60, check=True)
    for one, line in zip(ALL, done.stdout.splitlines(), strict=True):
        answer = json.loads(line)
        assert ("error" in answer) == (one.lon is None), one.text
        if one.lon is not None:
            check(answer["position"], one)
