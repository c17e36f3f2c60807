"""The data that travels in the package."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def config() -> Path:
    """kordon.json of the shipped borders and policies."""
    return _FOLDER / "share" / "kordon" / "config" / "kordon.json"


def program() -> Path:
    """The program `kordon`."""
    return _FOLDER / "bin" / "kordon"


def proj() -> Path:
    """The folder with PROJ's database, for layers in another CRS."""
    return _FOLDER / "share" / "proj"
