"""The engine with its data."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

import numpy as np
import numpy.typing as npt

from kordon import _core, data, features
from kordon.errors import InputError
from kordon.explanation import Explanation
from kordon.extents import Extents
from kordon.inputs import broadcast, is_pandas, is_scalar, number_column, time_column, time_text
from kordon.members import Members, members_of, row_errors
from kordon.points import Given, note_bad, position_texts, refuse_bad
from kordon.scores import VERDICTS, Score, Scores

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas
    import pandas

    At = str | datetime | np.datetime64
    Numbers = Sequence[float | None] | npt.NDArray[Any]

GeoJson = dict[str, Any]


class SupportsArrow(Protocol):
    """An Arrow array (pyarrow.Array, polars.Series, ...)."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...


class SupportsArrowStream(Protocol):
    """An Arrow array in chunks (pyarrow.ChunkedArray, polars.Series, ...)."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class Evaluator(Extents):
    """Borders and policies, loaded, verified and const: safe for any number of threads.

    Args:
        config: a kordon.json; default: the data in the package. Processes share its index in memory where it is the
            system administrator's file; else each copies it.

    Raises:
        ConfigError: with all faults of the configuration and of what it names.
    """

    def __init__(self, config: str | os.PathLike[str] | None = None) -> None:
        _core.use_proj_data(os.fspath(data.proj()))
        self.config = Path(config) if config is not None else data.config()
        self._world = _core.World.load(os.fspath(self.config))

    def __repr__(self) -> str:
        return f"kordon.Evaluator({os.fspath(self.config)!r})"

    def __reduce__(self) -> tuple[type[Evaluator], tuple[Path]]:
        return Evaluator, (self.config,)

    @property
    def data_version(self) -> str:
        """`sha256:` and 64 hex digits over all that answers depend on."""
        return self._world.data_version

    @property
    def warnings(self) -> list[str]:
        """What was repaired while loading, one sentence each."""
        return self._world.warnings

    @overload
    def evaluate(
        self, lon: float, lat: float, accuracy_m: float | None = None, at: At | None = None,
        activity: str | None = None, *, policy: str | None = None, threads: int = 1, at_zone: str | None = None,
        crs: str | int | None = None, errors: Literal["raise", "column"] = "raise", **parameters: float | None,
    ) -> Score: ...

    @overload
    def evaluate(
        self, lon: pandas.Series[Any], lat: pandas.Series[Any] | float,
        accuracy_m: pandas.Series[Any] | float | None = None, at: pandas.Series[Any] | At | None = None,
        activity: str | None = None, *, policy: str | None = None, threads: int = 1, at_zone: str | None = None,
        crs: str | int | None = None, errors: Literal["raise", "column"] = "raise", **parameters: float | None,
    ) -> pandas.DataFrame: ...

    @overload
    def evaluate(
        self, lon: Numbers | SupportsArrow | SupportsArrowStream, lat: Numbers | SupportsArrow | SupportsArrowStream | float,
        accuracy_m: Numbers | SupportsArrow | SupportsArrowStream | float | None = None,
        at: Sequence[At | None] | npt.NDArray[Any] | At | None = None,
        activity: str | None = None, *, policy: str | None = None, threads: int = 1, at_zone: str | None = None,
        crs: str | int | None = None, errors: Literal["raise", "column"] = "raise", **parameters: float | None,
    ) -> Scores: ...

    @overload
    def evaluate(
        self, *, position: str, accuracy_m: float | None = None, at: At | None = None, activity: str | None = None,
        policy: str | None = None, at_zone: str | None = None, **parameters: float | None,
    ) -> Score: ...

    @overload
    def evaluate(
        self, *, position: Any = None, geometry: Any = None, accuracy_m: Any = None, at: Any = None, activity: str | None = None,
        policy: str | None = None, threads: int = 1, at_zone: str | None = None, crs: str | int | None = None,
        errors: Literal["raise", "column"] = "raise", **parameters: float | None,
    ) -> Any: ...

    def evaluate(
        self, lon: Any = None, lat: Any = None, accuracy_m: Any = None, at: Any = None, activity: str | None = None, *,
        position: Any = None, geometry: Any = None, crs: str | int | None = None, policy: str | None = None,
        threads: int = 1, at_zone: str | None = None, errors: Literal["raise", "column"] = "raise",
        **parameters: float | None,
    ) -> Score | Scores | pandas.DataFrame:
        """Where positions stand: verdict, margin, nearest border section, regions.

        Args:
            lon: WGS 84 longitudes in degrees, -180 to 180: a number, or N of them as a list, NumPy array, pandas
                Series or Arrow array. Doubles of NumPy and Arrow are read where they are.
            lat: latitudes in degrees, -90 to 90; a number holds for all rows.
            accuracy_m: radius in metres that holds the true place with 95 %, 0 to 1e7; default 0.
            at: the time asked for, with its offset or as NumPy's datetime64, which is UTC: RFC 3339, datetime, datetime64;
                or one for each row. A row that has none where others have one is bad. Default: now.
            activity: what is asked about; default: the first of the policy.
            position: a text in place of `lon` and `lat`, or one for each row: degrees, MGRS, UTM and more, as the
                service reads them.
            geometry: points in place of `lon` and `lat`: WKB, or an Arrow column of GeoArrow.
            crs: the reference system of `lon` and `lat`, which are then easting or longitude, northing or latitude:
                `EPSG:28407`. The best datum shift for each place is taken, and its accuracy is added in square.
            policy: default: the first.
            threads: that work on it; the interpreter is free meanwhile.
            at_zone: of times without an offset, such as `Europe/Kyiv`; default: they are errors.
            errors: `raise`: a bad row raises; `column`: it gets an `error`, and the rest is answered.
            parameters: of the policy, such as `depth_km=60`.

        Returns:
            Score for numbers, a DataFrame with the index of `lon` for pandas, else Scores, which are NumPy arrays and
            an Arrow record batch.

        Raises:
            InputError: naming each argument, and each row as in `lat[3]`.
        """
        members = members_of(activity=activity, policy=policy, parameters=parameters, crs=crs)
        given = Given(lon, lat, position, geometry)
        if given.is_one:
            zone = ("at_zone", at_zone, False)
            return self._evaluate_one(lon, lat, position, accuracy_m, time_text(at, at_zone), [*members, zone])
        if errors == "raise" and given.bad:
            refuse_bad(given.bad)
        if given.crs is not None and crs is None:
            members.append(("crs", given.crs, False))
        scores = self._score(given.lon, given.lat, position, accuracy_m, at, at_zone, members, threads)
        if errors == "raise" and scores.bad_count > 0:
            raise InputError(row_errors(scores))
        made = Scores(scores)
        note_bad(made.error, given.bad)
        return made.to_pandas(given.source.index) if is_pandas(given.source) else made

    def _score(
        self, lon: Any, lat: Any, position: Any, accuracy_m: Any, at: Any, at_zone: str | None, members: Members, threads: int
    ) -> _core.Scores:
        members = list(members)
        accuracies = None
        if accuracy_m is not None and not is_scalar(accuracy_m):
            accuracies = number_column(accuracy_m, "accuracy_m")
        else:
            members.append(("accuracy_m", accuracy_m, False))
        times = None
        if isinstance(at, str) or is_scalar(at):
            members += [("at", time_text(at, at_zone), False), ("at_zone", at_zone, False)]
        else:
            times = time_column(at, at_zone)
        if position is not None:
            return self._world.score(None, None, position_texts(position), accuracies, times, members, threads)
        lon, lat = broadcast(lon, lat)
        columns = number_column(lon, "lon"), number_column(lat, "lat")
        return self._world.score(*columns, [], accuracies, times, members, threads)

    def _evaluate_one(self, lon: Any, lat: Any, position: Any, accuracy_m: Any, at: Any, members: Members) -> Score:
        members = [*members, ("at", time_text(at), False), ("accuracy_m", accuracy_m, False)]
        if position is not None:
            scores = self._world.score(None, None, [str(position)], None, None, members, 1)
        else:
            one = [number_column([value], name) for value, name in ((lon, "lon"), (lat, "lat"))]
            scores = self._world.score(one[0], one[1], [], None, None, members, 1)
        if scores.bad_count > 0:
            raise InputError(scores.bad_rows(1)[0][2])
        numbers = [float(column[0]) for column in (scores.margin_m, scores.distance_m, scores.nearest_lon, scores.nearest_lat)]
        return Score(VERDICTS[scores.verdict[0]], *numbers, scores.region_sets[scores.regions[0]])

    def explain(
        self, lon: float | None = None, lat: float | None = None, accuracy_m: float | None = None,
        at: At | None = None, activity: str | None = None, *, position: str | None = None, policy: str | None = None,
        **parameters: float | None,
    ) -> Explanation:
        """The whole answer to one position, with reasons: prints as text, shows as a map in a notebook.

        Args:
            position: decimal degrees with latitude first, DMS, MGRS or UTM, in place of lon and lat.

        The others are those of `evaluate`; without `activity`, all of them are answered.
        """
        place = {"lon": lon, "lat": lat, "accuracy_m": accuracy_m, "position": position, "at": time_text(at)}
        members = members_of(activity=activity, policy=policy, parameters=parameters)
        members += [(key, float(value) if isinstance(value, (int, np.number)) else value, False) for key, value in place.items()]
        return Explanation(json.loads(self._world.evaluate_one(members)), self, dict(parameters))

    def policies(self) -> list[dict[str, Any]]:
        """What is known of each policy: its sources, parameters, activities and rules with their dates."""
        found: list[dict[str, Any]] = features.get(self._world, "/v1/policies", {})["policies"]
        return [features.get(self._world, f"/v1/policies/{policy['id']}", {}) for policy in found]

    @overload
    def regions(self, *, simplify_deg: float = ..., bbox: Sequence[float] | None = ..., frame: Literal[False] = ...) -> GeoJson: ...
    @overload
    def regions(self, *, simplify_deg: float = ..., bbox: Sequence[float] | None = ..., frame: Literal[True]) -> geopandas.GeoDataFrame: ...

    def regions(self, *, simplify_deg: float = 0, bbox: Sequence[float] | None = None, frame: bool = False) -> Any:
        """The regions as a GeoJSON FeatureCollection, or a GeoDataFrame in EPSG:4326.

        Args:
            simplify_deg: lines may move by so many degrees.
            bbox: west, south, east, north in degrees; only features that touch it.
            frame: a GeoDataFrame.
        """
        return features.collection(self._world, "regions", simplify_deg, bbox, {}, frame)

    @overload
    def borders(self, *, simplify_deg: float = ..., bbox: Sequence[float] | None = ..., frame: Literal[False] = ...) -> GeoJson: ...
    @overload
    def borders(self, *, simplify_deg: float = ..., bbox: Sequence[float] | None = ..., frame: Literal[True]) -> geopandas.GeoDataFrame: ...

    def borders(self, *, simplify_deg: float = 0, bbox: Sequence[float] | None = None, frame: bool = False) -> Any:
        """The border sections; see `regions`."""
        return features.collection(self._world, "borders", simplify_deg, bbox, {}, frame)

    @overload
    def zones(
        self, *, at: At | None = ..., activity: str | None = ..., policy: str | None = ..., simplify_deg: float = ...,
        bbox: Sequence[float] | None = ..., frame: Literal[False] = ..., **parameters: float,
    ) -> GeoJson: ...
    @overload
    def zones(
        self, *, at: At | None = ..., activity: str | None = ..., policy: str | None = ..., simplify_deg: float = ...,
        bbox: Sequence[float] | None = ..., frame: Literal[True], **parameters: float,
    ) -> geopandas.GeoDataFrame: ...

    def zones(
        self, *, at: Any = None, activity: str | None = None, policy: str | None = None, simplify_deg: float = 0,
        bbox: Sequence[float] | None = None, frame: bool = False, **parameters: float,
    ) -> Any:
        """The areas of the policies' rules as polygons, with these parameters; see `regions`.

        Args:
            at: only rules in force then; default: all rules.
        """
        query = {"datetime": time_text(at), "activity": activity, "policy": policy, **parameters}
        return features.collection(self._world, "zones", simplify_deg, bbox, query, frame)
