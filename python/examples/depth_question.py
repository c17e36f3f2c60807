#!/usr/bin/env python3
"""A question from start to answer: how many kilometres of Russia does the guidance of 30 May 2024 speak of?

The source states no depth, and Kordon assumes 100 km. This asks how much land the answer covers for each depth, how much of that
is certain in view of how well the border is known, and draws both. All from the data in the package (OpenStreetMap, ODbL).

    python/examples/depth_question.py --out question.png
"""

import argparse

import matplotlib
import numpy as np
import pandas as pd

import kordon

matplotlib.use("Agg")
import matplotlib.pyplot as plt

AT = "2024-06-15T00:00:00Z"
DEPTHS_KM = [5, 10, 20, 40, 60, 80, 100, 150, 200]
POSITIONS = 400_000
"""More make the areas better: their error is about 1 / sqrt(positions inside)."""


def even_by_area(west: float, south: float, east: float, north: float) -> tuple[pd.DataFrame, float]:
    """Positions spread evenly over a box of the globe, and the square kilometres that each stands for."""
    random = np.random.default_rng(2024)
    sines = random.uniform(np.sin(np.radians(south)), np.sin(np.radians(north)), POSITIONS)
    frame = pd.DataFrame({"lon": random.uniform(west, east, POSITIONS), "lat": np.degrees(np.arcsin(sines))})
    radius_km = 6371.0088
    area_km2 = radius_km**2 * np.radians(east - west) * (np.sin(np.radians(north)) - np.sin(np.radians(south)))
    return frame, area_km2 / POSITIONS


def areas(evaluator: kordon.Evaluator, positions: pd.DataFrame, each_km2: float) -> pd.DataFrame:
    """Square kilometres by depth and verdict."""
    rows = []
    for depth_km in DEPTHS_KM:
        scores = evaluator.evaluate(
            positions["lon"], positions["lat"], at=AT, activity="counter-fire", depth_km=depth_km, threads=2
        )
        rows.append(scores["verdict"].value_counts() * each_km2)
    return pd.DataFrame(rows, index=pd.Index(DEPTHS_KM, name="depth_km"))[["eligible", "indeterminate"]]


def draw(evaluator: kordon.Evaluator, table: pd.DataFrame, out: str) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.5))
    for name, edge in (("UA", "#888"), ("RU", "#888")):
        evaluator.regions(frame=True, simplify_deg=0.005).loc[[name]].boundary.plot(ax=left, color=edge, linewidth=0.6)
    for depth_km, colour in ((100, "#c6dbef"), (40, "#6baed6"), (10, "#2171b5")):
        zone = evaluator.zones(activity="counter-fire", depth_km=depth_km, simplify_deg=0.002, frame=True)
        zone.plot(ax=left, color=colour)
    left.set(xlim=(33, 41), ylim=(48, 53), aspect=1.55, title="depth 10, 40 and 100 km", xlabel="longitude", ylabel="latitude")
    right.plot(table.index, table["eligible"], marker="o", label="for certain")
    right.fill_between(table.index, table["eligible"], table.sum(axis=1), alpha=0.4, label="as uncertain as the border")
    right.set(xlabel="assumed depth, km", ylabel="land within it, km²", title="what the assumption decides", ylim=0)
    right.legend()
    figure.suptitle("Land that the guidance of 30 May 2024 speaks of. © OpenStreetMap contributors. Not an authorisation.", fontsize=9)
    figure.tight_layout()
    figure.savefig(out, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="question.png")
    out = parser.parse_args().out
    evaluator = kordon.Evaluator()
    positions, each_km2 = even_by_area(31, 47, 43, 54)
    table = areas(evaluator, positions, each_km2)
    print(table.round(-1).to_string())
    draw(evaluator, table, out)


if __name__ == "__main__":
    main()
