"""`df.kordon.evaluate(lon="x", lat="y")`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import pandas as pd

from kordon.errors import InputError
from kordon.evaluator import Evaluator
from kordon.inputs import warn_of_unused
from kordon.points import note_bad, refuse_bad

WGS84 = "EPSG:4326"


@lru_cache(maxsize=1)
def shipped() -> Evaluator:
    """The evaluator of accessors that are given none, made when first asked for."""
    return Evaluator()


@pd.api.extensions.register_dataframe_accessor("kordon")
class KordonAccessor:
    """Positions in the columns of a DataFrame, or in the points of a GeoDataFrame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def evaluate(
        self, lon: str | None = None, lat: str | None = None, accuracy_m: str | float | None = None, at: Any = None,
        activity: str | None = None, *, evaluator: Evaluator | None = None, policy: str | None = None, threads: int = 1,
        at_zone: str | None = None, position: str | None = None, crs: str | int | None = None,
        errors: Literal["raise", "column"] = "column", **parameters: float | None,
    ) -> pd.DataFrame:
        """A DataFrame with the same index and the columns of Evaluator.evaluate.

        Args:
            lon: name of the column of longitudes, WGS 84 degrees; `lon` and `lat` are left out of a GeoDataFrame, whose
                points are transformed from its CRS.
            lat: name of the column of latitudes.
            accuracy_m: name of a column, or metres for all rows.
            at: name of a column of times, or a time for all rows. Without it, a column that looks like times is warned of, and so is an accuracy.
            position: name of a column of texts in place of `lon` and `lat`: degrees, MGRS, UTM and more.
            crs: the reference system of `lon` and `lat`; see Evaluator.evaluate.
            at_zone: of times without an offset; see Evaluator.evaluate.
            errors: unlike elsewhere a bad row gets an `error` by default.

        Raises:
            InputError: for a column that is not there, a GeoDataFrame without a CRS; where bad rows raise, geometry that is
                no point.
        """
        bad: list[tuple[int, str]] = []
        if position is not None:
            place = {"position": self._column(position, "position")}
        elif lon is None and lat is None:
            place, bad = self._points()
        else:
            place = {"lon": self._column(lon, "lon"), "lat": self._column(lat, "lat")}
        if errors == "raise" and bad:
            refuse_bad(bad)
        accuracies = self._column(accuracy_m, "accuracy_m") if isinstance(accuracy_m, str) else accuracy_m
        times = self._frame[at] if isinstance(at, str) and at in self._frame.columns else at
        warn_of_unused(self._frame.columns, at, accuracy_m)
        answers: pd.DataFrame = (evaluator or shipped()).evaluate(
            **place, accuracy_m=accuracies, at=times, activity=activity, policy=policy, threads=threads, at_zone=at_zone,
            crs=crs, errors=errors, **parameters,
        )
        if bad:
            errors_of_rows = answers["error"].to_numpy(dtype=object, copy=True)
            note_bad(errors_of_rows, bad)
            answers["error"] = errors_of_rows
        return answers

    def score(self, *arguments: Any, prefix: str = "", **named: Any) -> pd.DataFrame:
        """A copy of the DataFrame with the columns of `evaluate` behind its own, row by row whatever its index.

        Args:
            arguments: those of `evaluate`, by place or name.
            prefix: of the names of the added columns.

        Raises:
            InputError: where there is a column of such a name already.
        """
        answers = self.evaluate(*arguments, **named)
        taken = [prefix + name for name in answers if prefix + name in self._frame.columns]
        if taken:
            raise InputError([("prefix", "conflict", f"there is a column {name!r} already") for name in taken])
        frame = self._frame.copy()
        for name in answers:
            frame[prefix + name] = answers[name].array
        return frame

    def evaluate_tracks(
        self, ids: str, lon: str | None = None, lat: str | None = None, at: str | None = None,
        accuracy_m: str | float | None = None, activity: str | None = None, *, evaluator: Evaluator | None = None, **asked: Any,
    ) -> Any:
        """Evaluator.evaluate_tracks of columns, such as those of a MovingPandas trajectory.

        Args:
            ids: name of the column that says which object a row is of.
            lon: name of the column of longitudes; `lon` and `lat` are left out of a GeoDataFrame, whose points are
                transformed from its CRS.
            lat: name of the column of latitudes.
            at: name of the column of times; default: the index, where it has times.
            accuracy_m: name of a column, or metres for all rows.
            asked: as in Evaluator.evaluate_tracks.
        """
        if at is None and not isinstance(self._frame.index, pd.DatetimeIndex):
            raise InputError([("at", "missing", "expected the name of a column of times, or an index of times")])
        if lon is None and lat is None:
            place, bad = self._points()
            if bad:
                refuse_bad(bad)
        else:
            place = {"lon": self._column(lon, "lon"), "lat": self._column(lat, "lat")}
        times = self._frame.index.to_series() if at is None else self._column(at, "at")
        accuracies = self._column(accuracy_m, "accuracy_m") if isinstance(accuracy_m, str) else accuracy_m
        return (evaluator or shipped()).evaluate_tracks(
            self._column(ids, "ids"), place["lon"], place["lat"], times, accuracies, activity, **asked
        )

    def _column(self, name: str | None, argument: str) -> pd.Series[Any]:
        if name is None:
            raise InputError([(argument, "missing", "expected the name of a column")])
        if name not in self._frame.columns:
            raise InputError([(argument, "wrong_columns", f"there is no column {name!r}")])
        return self._frame[name]

    def _points(self) -> tuple[dict[str, pd.Series[Any]], list[tuple[int, str]]]:
        """Longitudes and latitudes, and the rows that hold something else than a point."""
        geometry = getattr(self._frame, "geometry", None)
        if geometry is None or not hasattr(geometry, "to_crs"):
            raise InputError([("lon", "missing", "expected the names of columns, `lon` and `lat`, or a GeoDataFrame")])
        if geometry.crs is None:
            raise InputError([("geometry", "bad_geometry", "the GeoDataFrame has no CRS; expected one: set_crs(...)")])
        kinds = geometry.geom_type
        there = (kinds.notna() & ~geometry.is_empty).to_numpy()
        is_point = (kinds == "Point").to_numpy()
        bad = [(row, f"expected a point, got {kinds.iloc[row]}") for row in (there & ~is_point).nonzero()[0].tolist()]
        points = geometry.where(there & is_point).to_crs(WGS84)
        return {"lon": points.x, "lat": points.y}, bad
