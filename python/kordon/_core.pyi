from typing import Any

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_Members = list[tuple[str, object, bool]]

no_time: int
bad_time: int

def unused_columns(names: list[str], has_at: bool, has_accuracy: bool) -> list[str]: ...

class Column:
    def __len__(self) -> int: ...

class Scores:
    verdict: npt.NDArray[np.uint8]
    margin_m: _Floats
    distance_m: _Floats
    nearest_lon: _Floats
    nearest_lat: _Floats
    regions: npt.NDArray[np.uint32]
    region_sets: list[str]
    bad_count: int
    def __len__(self) -> int: ...
    def bad_rows(self, limit: int) -> list[tuple[int, str, list[tuple[str, str, str]]]]: ...
    def arrow_capsules(self) -> tuple[object, object]: ...

class World:
    data_version: str
    warnings: list[str]
    @staticmethod
    def load(file: str) -> World: ...
    def score(
        self,
        lon: Column | None,
        lat: Column | None,
        positions: list[str],
        accuracy_m: Column | None,
        at_ms: npt.NDArray[np.int64] | None,
        members: _Members,
        threads: int,
    ) -> Scores: ...
    def evaluate_one(self, members: _Members) -> str: ...
    def answer_features(
        self, features: str, members: _Members, full: bool, edges: str, max_gap_s: float, max_speed_m_s: float
    ) -> str: ...
    def get(self, target: str) -> tuple[int, str]: ...

def numpy_column(values: npt.NDArray[np.float64]) -> Column: ...
def arrow_column(source: Any, name: str) -> Column: ...
def arrow_schema() -> object: ...
def use_proj_data(folder: str) -> None: ...
