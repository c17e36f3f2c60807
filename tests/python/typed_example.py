"""Checked by mypy --strict, and run."""

from datetime import datetime, timezone

import numpy as np
import pandas as pd

import kordon

evaluator = kordon.Evaluator()
at = datetime(2024, 6, 15, tzinfo=timezone.utc)

one: kordon.Score = evaluator.evaluate(36.5873, 50.5956, at=at, activity="counter-fire")
print(f"{one.verdict}: {one.margin_m:.0f} m, {one.distance_m:.0f} m from the border")

lon = np.array([36.5873, 36.25])
lat = np.array([50.5956, 49.99])
many: kordon.Scores = evaluator.evaluate(lon, lat, at=at, depth_km=60, threads=2)
total_m: float = float(many.distance_m.sum())
names: list[str] = [str(name) for name in many.verdict]

frame: pd.DataFrame = evaluator.evaluate(pd.Series(lon), pd.Series(lat), at=at)
assert list(frame["verdict"]) == names or total_m > 0

try:
    evaluator.evaluate([36.5], [95.0], at=at)
except kordon.InputError as refused:
    where: list[str] = [error.where for error in refused.errors]
    assert where == ["lat[0]"]

print(evaluator.explain(position="37UCS2907", at=at))
zones: dict[str, object] = evaluator.zones(depth_km=60)
