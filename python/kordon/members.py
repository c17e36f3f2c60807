"""What is asked of all rows, and what was wrong with some, as the engine has them."""

from __future__ import annotations

from collections.abc import Mapping

from kordon import _core

Members = list[tuple[str, object, bool]]
_MOST_ERRORS = 100


def members_of(*, activity: str | None, policy: str | None, parameters: Mapping[str, object], crs: str | int | None = None) -> Members:
    own: Members = [("activity", activity, False), ("policy", policy, False), ("crs", None if crs is None else str(crs), False)]
    return own + [(key, value, True) for key, value in parameters.items()]


def row_errors(scores: _core.Scores) -> list[tuple[str, str, str]]:
    return [
        (f"{where}[{row}]", code, message)
        for row, _, faults in scores.bad_rows(_MOST_ERRORS)
        for where, code, message in faults
    ]
