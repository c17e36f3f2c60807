"""What the engine says of lines and areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from kordon import _core, geometries, tracks
from kordon.inputs import time_text
from kordon.members import members_of

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np

    At = str | datetime | np.datetime64

Edges = Literal["planar", "geodesic"]


class Extents:
    """Those methods of `kordon.Evaluator`; see docs/lines-and-areas.md."""

    _world: _core.World

    def evaluate_geometries(
        self, shapes: Any, times: Sequence[Any] | None = None, accuracy_m: float | None = None, at: At | None = None,
        activity: str | None = None, *, policy: str | None = None, full: bool = False, at_zone: str | None = None,
        edges: Edges = "planar", max_gap_s: float | None = None, max_speed_m_s: float | None = None,
        errors: Literal["raise", "column"] = "raise", **parameters: float | None,
    ) -> Any:
        """How lines and areas stand: metres, seconds and shares of each verdict; see docs/lines-and-areas.md.

        Args:
            shapes: lines and polygons: a GeoSeries or GeoDataFrame, which is transformed from its CRS, or in WGS 84 any of
                Shapely, GeoJSON, WKB, an Arrow column of WKB or of GeoArrow's own encodings.
            times: for each LineString a list with a time for each of its positions, as `at`, or None. Without `at` a line
                with times is judged by the rules in force at its own times.
            full: all intervals, crossings, gaps and regions, as `POST /v1/evaluate` answers JSON.

        The others are those of `evaluate`, and of the document.

        Returns:
            A DataFrame with the index of `shapes` for pandas, else, and where `full`, a list of dicts.
        """
        members = members_of(activity=activity, policy=policy, parameters=parameters)
        members += [("at", time_text(at, at_zone), False), ("accuracy_m", accuracy_m, False)]
        return geometries.answer(self._world, shapes, times, at_zone, members, full, edges, max_gap_s, max_speed_m_s, errors)

    def evaluate_tracks(
        self, ids: Any, lon: Any, lat: Any, at: Any, accuracy_m: Any = None, activity: str | None = None, *,
        policy: str | None = None, full: bool = False, at_zone: str | None = None, edges: Edges = "planar",
        max_gap_s: float | None = None, max_speed_m_s: float | None = None, errors: Literal["raise", "column"] = "raise",
        **parameters: float | None,
    ) -> Any:
        """How recorded ways stand: the fixes of one id, in order of time, are one line, as `kordon score --lines` has it.

        Args:
            ids: which object each fix is of: texts or numbers, of the length of the others.
            lon: longitudes, WGS 84 degrees.
            lat: latitudes.
            at: times, as in `evaluate`; each line is judged by the rules in force at its own times.
            accuracy_m: radius that holds each position with 95 %, a column or one for all.
            full: as in `evaluate_geometries`.
            errors: `raise` raises for rows that are no fixes and for ids of a single one. `column` leaves the rows out with a
                warning that names them, and gives such an id an `error`.

        The others are those of `evaluate`, and of the document.

        Returns:
            A DataFrame with an index of ids, in order of their first fixes, for pandas, else, and where `full`, a list of
            dicts with `id`.
        """
        fixes = tracks.read_fixes(ids, (lon, lat), at, accuracy_m, at_zone)
        fixes.tell(errors)
        found, text = fixes.features()
        rows = self.evaluate_features(
            text, activity, policy=policy, full=full, edges=edges, max_gap_s=max_gap_s, max_speed_m_s=max_speed_m_s, **parameters
        )
        return tracks.named(ids, found, rows, full, errors)

    def evaluate_features(
        self, text: str, activity: str | None = None, *, policy: str | None = None, full: bool = False, edges: Edges = "planar",
        max_gap_s: float | None = None, max_speed_m_s: float | None = None, **parameters: float | None,
    ) -> list[dict[str, Any]]:
        """How lines and areas stand that are features of GeoJSON, one a line of text; bad ones have an `error`."""
        members = members_of(activity=activity, policy=policy, parameters=parameters)
        return geometries.answer_features(self._world, text, members, full, edges, max_gap_s, max_speed_m_s)
