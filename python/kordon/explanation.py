"""The whole answer to one position, as text and as a small map."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kordon.map import draw

if TYPE_CHECKING:
    from kordon.evaluator import Evaluator


class Explanation:
    """What `Evaluator.explain` gives. `answer` is the JSON of `GET /v1/evaluate`."""

    def __init__(self, answer: dict[str, Any], evaluator: Evaluator, parameters: Mapping[str, float | None]) -> None:
        self.answer = answer
        self._evaluator = evaluator
        self._parameters = {key: value for key, value in parameters.items() if value is not None}

    def __str__(self) -> str:
        return "\n".join(_lines(self.answer))

    __repr__ = __str__

    def svg(self) -> str:
        """A map of the position, the border sections and the zones around it, as SVG without anything from outside."""
        return draw(self.answer, self._evaluator, self._parameters)

    def _repr_html_(self) -> str:
        text = html.escape(str(self))
        return (
            '<div style="display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start">'
            f'{self.svg()}<pre style="white-space:pre-wrap;max-width:60ch">{text}</pre></div>'
        )


def _distance(metres: float | None) -> str:
    if metres is None:
        return "no end"
    return f"{metres:,.0f} m" if abs(metres) < 10_000 else f"{metres / 1000:,.1f} km"


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    position = answer["position"]
    accuracy = f", known to {_distance(position['accuracy_m'])}" if position["accuracy_m"] else ""
    yield f"{position['lat']:.6f} N, {position['lon']:.6f} E{accuracy}, at {answer['at']}"
    for region in answer["regions"]:
        yield f"  {region['state']} {region['id']}, {_distance(abs(region['margin_m']))} from its boundary"
    for border in answer["borders"]:
        yield f"  {_distance(border['distance_m'])} from {border['id']}, which is known to {_distance(border['accuracy_m'])}"
    for verdict in answer["verdicts"]:
        yield from _verdict_lines(verdict)
    for warning in answer["warnings"]:
        yield f"  note: {warning}"
    for notice in answer["metadata"]["notices"]:
        yield f"  {notice}"


def _verdict_lines(verdict: Mapping[str, Any]) -> Iterator[str]:
    because = verdict["because"]
    low, high = verdict["margin_range_m"]
    yield f"{verdict['activity']} ({verdict['policy']}): {verdict['verdict']}"
    margin = "" if verdict["margin_exact"] else "at least "
    yield f"  margin {margin}{_distance(verdict['margin_m'])}, between {_distance(low)} and {_distance(high)}"
    rule = f"rule {because['rule']}: " if because["rule"] else ""
    yield f"  because of {rule}{because['text']}"
    for name, use in verdict["parameters"].items():
        assumed = " (assumed)" if use["assumed"] else ""
        flips = "" if use["flips_at"] is None else f"; another verdict from {use['flips_at']:.6g} on"
        yield f"  {name} = {use['value']:g}{assumed}{flips}"
