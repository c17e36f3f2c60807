"""Columns of whatever kind as the engine takes them."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import numpy as np
import numpy.typing as npt

from kordon import _core
from kordon.errors import InputError


def is_arrow(values: object) -> bool:
    return hasattr(values, "__arrow_c_array__") or hasattr(values, "__arrow_c_stream__")


def is_pandas(values: object) -> bool:
    return type(values).__module__.partition(".")[0] in ("pandas", "geopandas")


def is_scalar(values: object) -> bool:
    return np.ndim(values) == 0 if not is_arrow(values) else False  # type: ignore[arg-type]


def number_column(values: Any, name: str) -> _core.Column:
    """Doubles of NumPy and Arrow stay where they are; None, NaN and nulls are missing."""
    if is_arrow(values) and not is_pandas(values):
        return _core.arrow_column(values, name)
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


def time_text(at: object) -> object:
    """RFC 3339 of a datetime with its offset, of a NumPy or pandas time without one as UTC; texts as they are."""
    if isinstance(at, np.datetime64):
        return str(at.astype("datetime64[ms]")) + "Z"
    if isinstance(at, datetime):
        if at.tzinfo is None:
            if type(at) is datetime:
                message = "a datetime without a time zone; expected one such as datetime(2024, 6, 15, tzinfo=timezone.utc)"
                raise InputError([("at", "bad_time", message)])
            at = at.replace(tzinfo=timezone.utc)
        text = at.astimezone(timezone.utc).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")
    if isinstance(at, date):
        raise InputError([("at", "bad_time", "a date without a time; expected a datetime or an RFC 3339 text")])
    return at


def time_column(values: Any) -> npt.NDArray[np.int64]:
    """Milliseconds since 1970 UTC. Times without a zone are UTC; missing ones become `no_time`."""
    if hasattr(values, "to_pandas") and is_arrow(values):
        values = values.to_pandas()
    try:
        if is_pandas(values):
            import pandas as pd

            index = pd.DatetimeIndex(pd.to_datetime(values, utc=True, format="ISO8601")).tz_localize(None)
            times = index.to_numpy().astype("datetime64[ms]")
        else:
            texts = not isinstance(values, np.ndarray) or values.dtype == object
            times = np.asarray([_utc_text(at) for at in values] if texts else values, dtype="datetime64[ms]")
    except (TypeError, ValueError) as fault:
        raise InputError([("at", "bad_time", f"expected times: {fault}")]) from None
    return np.ascontiguousarray(times).view(np.int64)  # NaT has the number of `no_time`


def _utc_text(at: object) -> str | None:
    if at is None:
        return None
    text = time_text(at)
    if not isinstance(text, str):
        raise ValueError(f"{at!r}")
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return parsed.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="milliseconds")


def broadcast(lon: Any, lat: Any) -> tuple[Any, Any]:
    """A number beside a column holds for all its rows."""
    if is_scalar(lon):
        return np.full(len(lat), lon, dtype=np.float64), lat
    if is_scalar(lat):
        return lon, np.full(len(lon), lat, dtype=np.float64)
    return lon, lat
