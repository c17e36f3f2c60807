"""A position and what is around it, as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kordon.evaluator import Evaluator

_SIZE = 360
_METRES_PER_DEGREE = 111_320.0
_LEAST_RADIUS_M = 5_000.0
_MOST_RADIUS_M = 1_500_000.0
_PALETTE = {"permit": "#2a7f4f", "prohibit": "#b0413e"}


class _View:
    """A square around a place, east and north scaled alike."""

    def __init__(self, lon: float, lat: float, radius_m: float) -> None:
        self.north_deg = radius_m / _METRES_PER_DEGREE
        self.east_deg = self.north_deg / max(0.05, math.cos(math.radians(lat)))
        self.west = lon - self.east_deg
        self.top = lat + self.north_deg
        self.lat = lat

    def bbox(self) -> tuple[float, float, float, float]:
        return (
            max(-180.0, self.west),
            max(-90.0, self.top - 2 * self.north_deg),
            min(180.0, self.west + 2 * self.east_deg),
            min(90.0, self.top),
        )

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        half = _SIZE / 2
        return (lon - self.west) / self.east_deg * half, (self.top - lat) / self.north_deg * half


def draw(answer: Mapping[str, Any], evaluator: Evaluator, parameters: Mapping[str, float]) -> str:
    position = answer["position"]
    nearest = min(answer["borders"], key=lambda border: border["distance_m"] or math.inf, default=None)
    away_m = (nearest["distance_m"] or 0) if nearest else 0
    radius_m = min(_MOST_RADIUS_M, max(_LEAST_RADIUS_M, 1.6 * away_m, 2 * position["accuracy_m"]))
    view = _View(position["lon"], position["lat"], radius_m)
    offset_deg = 2 * view.north_deg / _SIZE
    around = {"bbox": view.bbox(), "simplify_deg": offset_deg}
    zones = evaluator.zones(at=answer["at"], **around, **parameters)
    parts = [
        *(_shape(view, feature, "#f1eee6", "none") for feature in evaluator.regions(**around)["features"]),
        *(_zone(view, feature) for feature in zones["features"]),
        *(_shape(view, feature, "none", "#444") for feature in evaluator.borders(**around)["features"]),
        *_marks(view, position, nearest, radius_m),
    ]
    title = html.escape(f"{position['lat']:.4f} N, {position['lon']:.4f} E")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIZE}" height="{_SIZE}" viewBox="0 0 {_SIZE} {_SIZE}" role="img">'
        f"<title>{title}</title>"
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="#dfe9f0"/>{"".join(parts)}'
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#999"/></svg>'
    )


def _zone(view: _View, feature: Mapping[str, Any]) -> str:
    colour = _PALETTE.get(feature["properties"].get("effect", ""), "#666")
    return _shape(view, feature, colour, colour, opacity=0.18)


def _shape(view: _View, feature: Mapping[str, Any], fill: str, stroke: str, opacity: float = 1) -> str:
    path = "".join(_path(view, line) for line in _lines(feature["geometry"]))
    name = html.escape(str(feature["id"]))
    return (
        f'<path d="{path}" fill="{fill}" fill-opacity="{opacity}" fill-rule="evenodd" stroke="{stroke}">'
        f"<title>{name}</title></path>"
    )


def _lines(geometry: Mapping[str, Any] | None) -> Iterator[list[list[float]]]:
    if geometry is None:
        return
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[geometry["type"]]
    level = [geometry["coordinates"]]
    for _ in range(depth):
        level = [part for parts in level for part in parts]
    yield from level


def _side(x: float, y: float) -> int:
    """Bits for left, right, above and below of what is seen."""
    return (x < 0) | (x > _SIZE) << 1 | (y < 0) << 2 | (y > _SIZE) << 3


def _path(view: _View, line: list[list[float]]) -> str:
    """Without vertices that lie on the same side outside as those before and after them."""
    points = [view.xy(*place[:2]) for place in line]
    sides = [_side(*point) for point in points]
    last = len(points) - 1
    kept = [
        points[i] for i in range(last + 1) if i in (0, last) or not sides[i - 1] & sides[i] & sides[i + 1]
    ]
    if len(kept) == 2 and sides[0] & sides[last]:
        return ""
    return "M" + "L".join(f"{_near(x):g} {_near(y):g}" for x, y in kept)


def _near(pixel: float) -> float:
    """Rounded, and not so far outside that drawing suffers."""
    return round(min(50.0 * _SIZE, max(-50.0 * _SIZE, pixel)), 1)


def _marks(view: _View, position: Mapping[str, Any], nearest: Mapping[str, Any] | None, radius_m: float) -> Iterator[str]:
    x, y = view.xy(position["lon"], position["lat"])
    if nearest and nearest["nearest"]:
        to_x, to_y = view.xy(nearest["nearest"]["lon"], nearest["nearest"]["lat"])
        yield f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="#1f4e79" stroke-dasharray="4 3"/>'
    accuracy = position["accuracy_m"] / radius_m * _SIZE / 2
    if accuracy > 0:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{accuracy:.1f}" fill="#1f4e79" fill-opacity="0.15"/>'
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f4e79"/>'
    bar_m = 10 ** math.floor(math.log10(radius_m))
    bar = bar_m / radius_m * _SIZE / 2
    label = f"{bar_m / 1000:g} km"
    yield f'<path d="M10 {_SIZE - 12}h{bar:.1f}" stroke="#222" stroke-width="2"/>'
    yield f'<text x="10" y="{_SIZE - 18}" font-size="11" font-family="sans-serif" fill="#222">{label}</text>'
