"""What the tests of the Python package share. They run against the installed wheel, not the source tree."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

import kordon

AT = "2024-06-15T00:00:00Z"
ROOT = Path(__file__).resolve().parents[2]
MILLION = 1_000_000


@pytest.fixture(scope="session")
def evaluator() -> kordon.Evaluator:
    return kordon.Evaluator()


class Points:
    """Seeded positions over the theatre, 33..41 E and 48..52.5 N."""

    def __init__(self, count: int, seed: int = 7) -> None:
        random = np.random.default_rng(seed)
        self.lon = random.uniform(33, 41, count)
        self.lat = random.uniform(48, 52.5, count)
        self.accuracy_m = random.uniform(0, 500, count)


@pytest.fixture(scope="session")
def points() -> Points:
    return Points(20_000)


@pytest.fixture(scope="session")
def million() -> Points:
    return Points(MILLION, seed=8)


@pytest.fixture(scope="session")
def program() -> str:
    """The C++ program as the ordinary build leaves it: another build than the one in the wheel."""
    return os.environ["KORDON_PROGRAM"]


@pytest.fixture(scope="session")
def scored_csv(program: str, million: Points, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The million points as `kordon score` answers them."""
    folder = tmp_path_factory.mktemp("csv")
    table = np.column_stack([million.lon, million.lat, million.accuracy_m])
    np.savetxt(folder / "in.csv", table, fmt="%.17g", delimiter=",", header="lon,lat,accuracy_m", comments="")
    command = [program, "score", folder / "in.csv", "-o", folder / "out.csv", "--at", AT]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return folder / "out.csv"
