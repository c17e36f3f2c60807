#!/usr/bin/env python3
"""Draws bench/results.json as bench/results.png: what an evaluation costs, and how that grows with the edges."""

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402  (after the choice of the backend)

SERIES = {
    "limit": ("only read and write", "#b8b8b8"),
    "full": ("Kordon, full", "#08519c"),
    "single": ("Kordon, full, one by one", "#4292c6"),
    "geos": ("GEOS prepared, doing less", "#e6550d"),
    "s2": ("S2, doing less", "#fdae6b"),
}
WORKLOADS = ["theatre", "near border", "whole world"]


def words(ns: float) -> str:
    unit, size = next((unit, size) for unit, size in (("ms", 1e6), ("us", 1e3), ("ns", 1)) if ns >= size)
    return f"{ns / size:.3g} {unit}"


def draw_costs(axes, costs: dict):
    height = 0.8 / len(SERIES)
    for number, (key, (title, colour)) in enumerate(SERIES.items()):
        at = [place + number * height for place in range(len(WORKLOADS))]
        ns = [costs[f"{key}/{workload}"]["ns"] for workload in WORKLOADS]
        bars = axes.barh(at, ns, height * 0.9, label=title, color=colour)
        axes.bar_label(bars, [words(x) for x in ns], padding=3, fontsize=8)
    axes.set_yticks([place + 0.4 - height / 2 for place in range(len(WORKLOADS))], WORKLOADS)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(left=1, right=3e7)
    axes.set_xlabel("processor time for each position, ns (log)")
    axes.set_title("One evaluation")
    axes.legend(fontsize=8, loc="upper right")


def draw_growth(axes, growth: list[dict]):
    edges = [row["edges"] for row in growth]
    ns = [row["ns"] for row in growth]
    axes.plot(edges, ns, "o-", color=SERIES["full"][1], label="Kordon, full, theatre")
    axes.plot(edges, [row["single_ns"] for row in growth], "o-", color=SERIES["single"][1], label="one by one")
    axes.plot(edges, [2 * ns[0]] * len(edges), "--", color="#888888", label="twice the cost of the first")
    for row in growth:
        label = f"{words(row['ns'])}\n{row['index_bytes'] / row['edges']:.0f} B an edge"
        place = {"textcoords": "offset points", "xytext": (0, 10), "ha": "center", "fontsize": 8}
        axes.annotate(label, (row["edges"], row["ns"]), **place)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(edges[0] / 3, edges[-1] * 3)
    axes.set_ylim(min(ns) / 2, max(row["single_ns"] for row in growth) * 4)
    axes.set_xlabel("edges of a rough line across the theatre (log)")
    axes.set_ylabel("processor time for each position, ns (log)")
    axes.set_title("Growth")
    axes.legend(fontsize=8, loc="lower right")


def plot(results: dict, file: Path):
    figure, (costs, growth) = pyplot.subplots(1, 2, figsize=(13, 5.5), width_ratios=[3, 2])
    draw_costs(costs, results["costs"])
    draw_growth(growth, results["growth"])
    figure.tight_layout()
    figure.savefig(file, dpi=110)


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    plot(json.loads((here / "results.json").read_text()), here / "results.png")
