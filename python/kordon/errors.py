"""What can be wrong with what a caller gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_SHOWN = 5


class FieldError(NamedTuple):
    """One fault of an argument."""

    where: str
    """The argument: `lat`, `activity`, `parameters.depth_km`; of a column with its row: `lat[3]`."""
    code: str
    """As in the HTTP interface: `out_of_range`, `coordinates_swapped`, `missing`, ..."""
    message: str
    """What was found and what was expected, one sentence."""


class InputError(ValueError):
    """Arguments have faults; `errors` has them all, of bad rows the first hundred."""

    def __init__(self, errors: Iterable[tuple[str, str, str]]) -> None:
        self.errors = [FieldError(*error) for error in errors]
        shown = "; ".join(f"{error.where}: {error.message}" for error in self.errors[:_SHOWN])
        more = len(self.errors) - _SHOWN
        super().__init__(shown + (f"; and {more} more" if more > 0 else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[list[FieldError]]]:
        return InputError, (self.errors,)


class ConfigError(ValueError):
    """A configuration, or what it names, has faults; `faults` has them all as (where, message)."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(f"{where}: {message}" for where, message in self.faults))

    def __reduce__(self) -> tuple[type[ConfigError], tuple[list[tuple[str, str]]]]:
        return ConfigError, (self.faults,)
