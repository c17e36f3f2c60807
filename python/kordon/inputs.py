"""Columns of whatever kind as the engine takes them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from kordon import _core
from kordon.errors import InputError

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def is_arrow(values: object) -> bool:
    return hasattr(values, "__arrow_c_array__") or hasattr(values, "__arrow_c_stream__")


def is_pandas(values: object) -> bool:
    return type(values).__module__.partition(".")[0] in ("pandas", "geopandas")


def is_scalar(values: object) -> bool:
    return np.ndim(values) == 0 if not is_arrow(values) else False  # type: ignore[arg-type]


def number_column(values: Any, name: str) -> _core.Column:
    """Doubles of NumPy and Arrow stay where they are; None, NaN and nulls are missing."""
    if is_arrow(values) and not is_pandas(values):
        return _core.arrow_column(_without_decimals(values), name)
    try:
        if is_pandas(values):
            numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise InputError([(name, "wrong_type", f"expected numbers: {fault}")]) from None
    if numbers.ndim != 1:
        raise InputError([(name, "wrong_type", f"expected one dimension, got {numbers.ndim}")])
    return _core.numpy_column(np.ascontiguousarray(numbers))


def _without_decimals(values: Any) -> Any:
    """Decimals of Arrow or Polars as doubles, by way of texts, for their own casts miss the nearest double; any other
    column as it is."""
    kind = getattr(values, "type", None) or getattr(values, "dtype", None)
    if not str(kind).lower().startswith("decimal"):
        return values
    if hasattr(values, "dtype"):
        import polars as pl

        return values.cast(pl.String).cast(pl.Float64)
    import pyarrow as pa

    return values.cast(pa.string()).cast(pa.float64())


def time_text(at: object, zone: str | None = None) -> object:
    """RFC 3339 of a datetime with its offset or by a zone, of a NumPy or pandas time without both as UTC; texts as they are."""
    if isinstance(at, np.datetime64):
        if zone is None or np.isnat(at):
            return str(at.astype("datetime64[ms]")) + "Z"
        at = at.astype("datetime64[ms]").item()
    if isinstance(at, datetime):
        if at.tzinfo is None and zone is not None:
            at = _localized(at, _zone(zone))
        if at.tzinfo is None:
            if type(at) is datetime:
                message = "a datetime without a time zone; expected one such as datetime(2024, 6, 15, tzinfo=timezone.utc), or at_zone"
                raise InputError([("at", "bad_time", message)])
            at = at.replace(tzinfo=timezone.utc)
        text = at.astimezone(timezone.utc).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")
    if isinstance(at, date):
        raise InputError([("at", "bad_time", "a date without a time; expected a datetime or an RFC 3339 text")])
    return at


def time_column(values: Any, zone: str | None = None) -> npt.NDArray[np.int64]:
    """Milliseconds since 1970 UTC. A missing time becomes `no_time`, one that cannot be read `bad_time`.

    Texts and datetimes without an offset are read by the zone; without a zone they cannot be read. NumPy's datetime64,
    which cannot state one, is UTC unless there is a zone; a column of pandas or Arrow can state one and must.
    """
    if is_arrow(values) and not is_pandas(values):
        values = _arrow_times(values)
        if isinstance(values, np.ndarray):
            return np.ascontiguousarray(values).view(np.int64)
    if is_pandas(values):
        values = _pandas_times(values, zone)
    if isinstance(values, np.ndarray) and values.dtype.kind in "iufb" and values.size > 0:
        raise _no_times()
    if isinstance(values, np.ndarray) and values.dtype.kind == "M" and zone is None:
        return np.ascontiguousarray(values.astype("datetime64[ms]")).view(np.int64)  # NaT has the number of `no_time`
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        values = values.astype("datetime64[ms]").tolist()
    tz = None if zone is None else _zone(zone)
    return np.fromiter((_milliseconds(at, tz) for at in values), dtype=np.int64, count=len(values))


def _no_times() -> InputError:
    message = "expected times, got numbers; numbers since 1970 become times by pandas.to_datetime(..., unit=\"s\", utc=True)"
    return InputError([("at", "wrong_type", message)])


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise InputError([("at_zone", "bad_time", f"expected a time zone such as UTC or Europe/Kyiv: {fault}")]) from None


def _localized(naive: datetime, zone: tzinfo) -> datetime:
    """Of a time that clocks skipped or showed twice nobody can say which it was."""
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise InputError([("at", "bad_time", f"clocks in {zone} skipped {naive.isoformat(' ')} or showed it twice; state its offset")])
    return first


def _pandas_times(values: Any, zone: str | None) -> Any:
    """A column with a zone as UTC of NumPy; texts as a list."""
    kind = getattr(values.dtype, "kind", "O")
    if kind in "iufb" and len(values) > 0 and not values.isna().all():
        raise _no_times()
    if kind != "M":
        return values.to_list()
    if getattr(values.dtype, "tz", None) is not None:
        return [None if moment != moment else moment for moment in values.to_list()] if zone else _utc_numpy(values)
    if zone is None and values.notna().any():
        message = "a column of times without a zone; state it: Series.dt.tz_localize(...), or at_zone"
        raise InputError([("at", "bad_time", message)])
    return values.to_numpy(dtype="datetime64[ms]")


def _utc_numpy(values: Any) -> npt.NDArray[Any]:
    import pandas as pd

    return pd.DatetimeIndex(values).tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[ms]")


def _arrow_times(values: Any) -> Any:
    """A column of pyarrow with a zone as UTC of NumPy; any other as a list."""
    kind = str(getattr(values, "type", ""))
    if not (kind.startswith("timestamp[") and "tz=" in kind):
        return values.to_pylist() if hasattr(values, "to_pylist") else values.to_list()
    import pyarrow as pa

    return values.cast(pa.timestamp("ms", "UTC"), safe=False).to_numpy(zero_copy_only=False).astype("datetime64[ms]")


def _milliseconds(at: object, zone: tzinfo | None) -> int:
    if at is None or at != at:  # NaN and NaT differ from themselves
        return _core.no_time
    if isinstance(at, (int, float, np.number)):
        raise _no_times()
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        if isinstance(moment, np.datetime64):
            moment = moment.astype("datetime64[ms]").item().replace(tzinfo=zone or timezone.utc)
        if not isinstance(moment, datetime) or (moment.tzinfo is None and zone is None):
            return _core.bad_time
        if moment.tzinfo is None and zone is not None:
            moment = _localized(moment, zone)
    except ValueError:  # InputError, too
        return _core.bad_time
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def warn_of_unused(names: Iterable[object], at: object, accuracy_m: object, stacklevel: int = 3) -> None:
    """Warns once each of columns that look like an accuracy or a time where none is stated."""
    texts = [name for name in names if isinstance(name, str)]
    for notice in _core.unused_columns(texts, at is not None, accuracy_m is not None):
        warnings.warn(notice, stacklevel=stacklevel)


def broadcast(lon: Any, lat: Any) -> tuple[Any, Any]:
    """A number beside a column holds for all its rows."""
    if is_scalar(lon):
        return np.full(len(lat), lon, dtype=np.float64), lat
    if is_scalar(lat):
        return lon, np.full(len(lon), lat, dtype=np.float64)
    return lon, lat
