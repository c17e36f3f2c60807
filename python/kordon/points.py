"""Points by column: WKB, GeoArrow, and texts of positions."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from kordon.errors import InputError
from kordon.inputs import is_arrow, is_pandas, is_scalar

_POINT = 1
_EWKB_SRID = 0x20000000
_EWKB_Z = 0x80000000
_EWKB_M = 0x40000000
_WGS84 = {"OGC:CRS84", "EPSG:4326", "OGC:CRS84h", "EPSG:4979"}

Doubles = npt.NDArray[np.float64]


class Given:
    """Where things are, by whichever of the arguments it was said."""

    lon: Any
    lat: Any
    source: Any
    """The argument whose rows they are."""

    def __init__(self, lon: Any, lat: Any, position: Any, geometry: Any) -> None:
        numbers = lon is not None or lat is not None
        ways = numbers, position is not None, geometry is not None
        if sum(ways) != 1 or (numbers and (lon is None or lat is None)):
            raise InputError([("lon", "conflict", "expected one of `lon` with `lat`, `position`, `geometry`")])
        self.crs: str | None = None
        self.bad: list[tuple[int, str]] = []
        self.lon, self.lat, self.source = lon, lat, lon
        self.is_one = is_scalar(position) if ways[1] else not ways[2] and is_scalar(lon) and is_scalar(lat)
        if ways[1]:
            self.source = position
        if ways[2]:
            self.lon, self.lat, self.crs, self.bad = points_of(geometry)
            self.source = geometry


def position_texts(values: Any) -> list[str]:
    """One text a row; an empty one where there is none, which is an error of its row."""
    if is_pandas(values):
        values = values.to_list()
    elif is_arrow(values):
        values = values.to_pylist() if hasattr(values, "to_pylist") else values.to_list()
    return ["" if value is None or value != value else str(value) for value in values]


def points_of(values: Any) -> tuple[Doubles, Doubles, str | None, list[tuple[int, str]]]:
    """Longitudes, latitudes, the reference system where another one than WGS 84 is stated, and rows that hold no point.

    Takes WKB and EWKB as a list or a column of bytes, GeoArrow's points (struct or fixed-size list, separate or
    interleaved) and its WKB, with the reference system of its metadata. A missing point is NaN.
    """
    crs = None
    if is_arrow(values) and not is_pandas(values):
        import pyarrow as pa

        array = values if isinstance(values, (pa.Array, pa.ChunkedArray)) else pa.chunked_array(values)
        array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        crs = crs_of(array.type)
        array = getattr(array, "storage", array)
        if pa.types.is_struct(array.type) or pa.types.is_fixed_size_list(array.type):
            return *_coordinates(array), crs, []
        values = array.to_pylist()
    lon, lat = np.full(len(values), np.nan), np.full(len(values), np.nan)
    bad = []
    for row, point in enumerate(values):
        if point is None or point != point:
            continue
        try:
            lon[row], lat[row] = _wkb_point(bytes(getattr(point, "wkb", point)))
        except (TypeError, ValueError, struct.error) as fault:
            bad.append((row, str(fault)))
    return lon, lat, crs, bad


def _coordinates(array: Any) -> tuple[Doubles, Doubles]:
    """Of points as GeoArrow has them: x and y apart, or one behind the other."""
    import pyarrow as pa

    if pa.types.is_struct(array.type):
        x, y = (array.field(name) for name in ("x", "y"))
    else:
        width = array.type.list_size
        flat = array.flatten() if array.null_count == 0 else array.values.slice(array.offset * width, len(array) * width)
        x, y = flat[0::width], flat[1::width]
    there = np.asarray(array.is_valid())
    numbers = (np.asarray(axis.to_numpy(zero_copy_only=False), dtype=np.float64) for axis in (x, y))
    lon, lat = (np.where(there, axis, np.nan) for axis in numbers)
    return lon, lat


def crs_of(kind: Any) -> str | None:
    """What GeoArrow's metadata says; None: WGS 84, or nothing."""
    serialized = getattr(kind, "__arrow_ext_serialize__", lambda: b"")()
    return code_of_crs(json.loads(serialized or b"{}").get("crs"))


def code_of_crs(stated: Any) -> str | None:
    """`EPSG:28407` of PROJJSON or a text; None: WGS 84, or nothing."""
    if isinstance(stated, dict):
        identity = stated.get("id", {})
        stated = f"{identity.get('authority')}:{identity.get('code')}"
    if stated is None or stated in _WGS84:
        return None
    return str(stated)


def _wkb_point(data: bytes) -> tuple[float, float]:
    order = "<" if data[:1] == b"\x01" else ">"
    (kind,) = struct.unpack_from(order + "I", data, 1)
    start = 9 if kind & _EWKB_SRID else 5
    plain = (kind & ~(_EWKB_SRID | _EWKB_Z | _EWKB_M)) % 1000
    if kind & _EWKB_SRID and struct.unpack_from(order + "I", data, 5)[0] not in (0, 4326):
        raise ValueError(f"expected WGS 84, got SRID {struct.unpack_from(order + 'I', data, 5)[0]}")
    if plain != _POINT:
        raise ValueError(f"expected a point, got WKB of type {plain}")
    return struct.unpack_from(order + "dd", data, start)


def note_bad(errors: npt.NDArray[np.object_], bad: list[tuple[int, str]]) -> None:
    """Puts into a column of errors what was wrong with these rows before anything was asked."""
    for row, fault in bad:
        errors[row] = f"bad_geometry: geometry: {fault}"


def refuse_bad(bad: list[tuple[int, str]]) -> None:
    raise InputError([(f"geometry[{row}]", "bad_geometry", fault) for row, fault in bad[:100]])
