"""Answers, one or by column."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kordon import _core

if TYPE_CHECKING:
    import pandas

VERDICTS = ("eligible", "ineligible", "indeterminate", "not_applicable")
COLUMNS = ("verdict", "margin_m", "distance_m", "nearest_lon", "nearest_lat", "regions", "error")


class Score(NamedTuple):
    """The answer to one position."""

    verdict: str
    """`eligible`, `ineligible`, `indeterminate` or `not_applicable`."""
    margin_m: float
    """How far the position could move before the verdict's nominal side changes, metres; positive: eligible."""
    distance_m: float
    """Geodesic distance on WGS 84 to the nearest border section, metres; infinite where there is none."""
    nearest_lon: float
    """Longitude of the nearest point of that section, degrees."""
    nearest_lat: float
    """Latitude of it, degrees."""
    regions: str
    """Ids of the regions that hold the position, such as `UA;UA-63`; empty: none."""


class Scores:
    """Answers to N positions, by column, in their order.

    Numbers are NumPy arrays of shape (N,). It is an Arrow record batch, too: whatever takes `__arrow_c_array__`
    (pyarrow.record_batch, polars.DataFrame, DuckDB by way of them) takes it, and numbers are not copied.
    """

    def __init__(self, scores: _core.Scores) -> None:
        self._scores = scores

    def __len__(self) -> int:
        return len(self._scores)

    def __repr__(self) -> str:
        return f"<kordon.Scores: {len(self)} rows, {self.bad_count} of them bad>"

    @property
    def margin_m(self) -> npt.NDArray[np.float64]:
        """See Score.margin_m; NaN in a bad row. Shape (N,), metres."""
        return self._scores.margin_m

    @property
    def distance_m(self) -> npt.NDArray[np.float64]:
        """See Score.distance_m; NaN in a bad row. Shape (N,), metres."""
        return self._scores.distance_m

    @property
    def nearest_lon(self) -> npt.NDArray[np.float64]:
        """See Score.nearest_lon; NaN in a bad row and where there is no border section. Shape (N,), degrees."""
        return self._scores.nearest_lon

    @property
    def nearest_lat(self) -> npt.NDArray[np.float64]:
        """See Score.nearest_lat; NaN in a bad row and where there is no border section. Shape (N,), degrees."""
        return self._scores.nearest_lat

    @property
    def verdict_codes(self) -> npt.NDArray[np.uint8]:
        """Places in kordon.scores.VERDICTS; 255 in a bad row. Shape (N,). Cheaper than names."""
        return self._scores.verdict

    @cached_property
    def verdict(self) -> npt.NDArray[np.object_]:
        """Names of the verdicts, None in a bad row. Shape (N,)."""
        names = np.full(256, None, dtype=object)
        names[: len(VERDICTS)] = VERDICTS
        return names[self.verdict_codes]

    @property
    def region_codes(self) -> npt.NDArray[np.uint32]:
        """Places in `region_sets`. Shape (N,). Cheaper than texts."""
        return self._scores.regions

    @property
    def region_sets(self) -> list[str]:
        """The different texts of `regions`."""
        return self._scores.region_sets

    @cached_property
    def regions(self) -> npt.NDArray[np.object_]:
        """Ids of the regions that hold each position, such as `UA;UA-63`. Shape (N,)."""
        return np.array(self.region_sets, dtype=object)[self.region_codes] if len(self) else np.array([], dtype=object)

    @property
    def bad_count(self) -> int:
        """How many rows have an `error`."""
        return self._scores.bad_count

    @cached_property
    def error(self) -> npt.NDArray[np.object_]:
        """`code: argument: message` of bad rows, else None. Shape (N,)."""
        texts = np.full(len(self), None, dtype=object)
        for row, text, _ in self._scores.bad_rows(self.bad_count):
            texts[row] = text
        return texts

    def to_pandas(self, index: pandas.Index[Any] | None = None) -> pandas.DataFrame:
        """A DataFrame with the columns of `kordon score`: verdict and regions are categories."""
        import pandas as pd

        codes = self.verdict_codes
        verdict = pd.Categorical.from_codes(np.where(codes == 255, -1, codes).astype(np.int8), list(VERDICTS))
        regions = pd.Categorical.from_codes(self.region_codes.astype(np.int32), self.region_sets)
        numbers = {name: getattr(self, name) for name in COLUMNS[1:5]}
        return pd.DataFrame({"verdict": verdict, **numbers, "regions": regions, "error": self.error}, index=index)

    def __arrow_c_schema__(self) -> object:
        """See the Arrow PyCapsule interface."""
        return _core.arrow_schema()

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """See the Arrow PyCapsule interface. The schema is always its own; bad rows are null except `error`."""
        return self._scores.arrow_capsules()
