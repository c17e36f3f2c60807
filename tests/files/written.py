#!/usr/bin/env python3
"""Files as pandas, Polars, openpyxl, odfpy, GDAL and R write them, each scored by one command: the verdicts are those of the
plain decimals, or the refusal names the option, and with that option they are.

tests/files/written.py --program build/release/kordon"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import polars as pl

ROWS = 60
AT = ("--at", "2024-06-15T00:00:00Z")
PROGRAM = "build/release/kordon"
SK42 = "EPSG:28407"


def program(*arguments: str, quiet: bool = True) -> subprocess.CompletedProcess[str]:
    stated = ["--quiet", *arguments] if quiet else arguments
    return subprocess.run([PROGRAM, "score", *stated], capture_output=True, text=True, timeout=120)


def positions() -> pd.DataFrame:
    """Names, degrees with six decimals and times of places on both sides of the border, and of the rule's first day."""
    random = np.random.default_rng(2024)
    day = pd.Timestamp("2024-05-30", tz="UTC")
    return pd.DataFrame({
        "name": [f"p{i}" for i in range(ROWS)],
        "lon": random.uniform(36.2, 37.6, ROWS).round(6),
        "lat": random.uniform(50.2, 51, ROWS).round(6),
        "at": [day + pd.Timedelta(hours=int(hours)) for hours in random.integers(-48, 72, ROWS)],
    })


class Written(unittest.TestCase):
    """Its cases are those of who writes the files."""
    @classmethod
    def setUpClass(cls) -> None:
        cls.frame = positions()
        cls.places = cls.frame.drop(columns="at")
        cls.scratch = tempfile.TemporaryDirectory(prefix="kordon-written-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = Path(cls.scratch.name)
        plain = "".join(f"{row.name_},{row.lon!r},{row.lat!r},{row.at:%Y-%m-%dT%H:%M:%SZ}\n"
                        for row in cls.frame.rename(columns={"name": "name_"}).itertuples())
        (cls.folder / "plain.csv").write_text("name,lon,lat,at\n" + plain)
        (cls.folder / "places.csv").write_text("name,lon,lat\n" + "".join(
            line.rsplit(",", 1)[0] + "\n" for line in plain.splitlines()))
        cls.timed = cls.verdicts_of("plain.csv")
        cls.fixed = cls.verdicts_of("places.csv", *AT)
        assert {"eligible", "not_applicable"} <= set(cls.fixed.values()) and cls.timed != cls.fixed

    @classmethod
    def verdicts_of(cls, name: str, *arguments: str) -> dict[str, str]:
        done = program(str(cls.folder / name), "--to", "csv", *arguments)
        assert done.returncode == 0, f"{name}: {done.stderr}{done.stdout[:300]}"
        head = done.stdout.splitlines()[0]
        delimiter = next(sign for sign in (";", "\t", "|", ",") if sign in head)
        rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")), delimiter=delimiter))
        name_of = next(key for key in rows[0] if key.lower() in ("name", "id"))
        return {row[name_of]: row["verdict"] for row in rows}

    def path(self, name: str) -> Path:
        return self.folder / f"{self.id().rsplit('.', 1)[1]}-{name}"

    def scored(self, path: Path, *arguments: str, times: bool = False) -> None:
        """The file gives the verdicts of the plain decimals."""
        expected = self.timed if times else self.fixed
        stated = arguments if times else (*AT, *arguments)
        self.assertEqual(expected, self.verdicts_of(path.name, *stated), path.name)

    def refused(self, path: Path, option: str, *arguments: str) -> None:
        """The file is refused with this option named."""
        done = program(str(path), "--to", "csv", *arguments)
        self.assertNotEqual(0, done.returncode, f"{path.name}: {done.stdout[:300]}")
        self.assertIn(option, done.stderr, path.name)


class Pandas(Written):
    def test_csv(self) -> None:
        for name, options in {
            "index.csv": {}, "plain.csv": {"index": False}, "semicolon.csv": {"sep": ";", "decimal": ",", "index": False},
            "tab.tsv": {"sep": "\t", "index": False}, "packed.csv.gz": {"index": False}, "mark.csv": {"encoding": "utf-8-sig"},
            "quoted.csv": {"quoting": csv.QUOTE_ALL}, "exponents.csv": {"float_format": "%.8e", "index": False},
            "carriage.csv": {"lineterminator": "\r\n"},
        }.items():
            with self.subTest(name):
                self.places.to_csv(self.path(name), **options)
                self.scored(self.path(name))

    def test_csv_with_times(self) -> None:
        self.frame.to_csv(self.path("aware.csv"), index=False)
        self.scored(self.path("aware.csv"), times=True)
        naive = self.frame.assign(at=self.frame["at"].dt.tz_localize(None))
        naive.to_csv(self.path("naive.csv"), index=False)
        self.refused(self.path("naive.csv"), "at_zone")
        self.scored(self.path("naive.csv"), "--at-zone", "UTC", times=True)
        kyiv = self.frame.assign(at=self.frame["at"].dt.tz_convert("Europe/Kyiv"))
        kyiv.to_csv(self.path("kyiv.csv"), index=False)
        self.scored(self.path("kyiv.csv"), times=True)
        split = self.frame.assign(day=self.frame["at"].dt.strftime("%d.%m.%Y"), hour=self.frame["at"].dt.strftime("%H:%M"))
        split.drop(columns="at").to_csv(self.path("split.csv"), index=False)
        self.scored(self.path("split.csv"), "--at-column", "day", "--at-time-column", "hour", "--at-format",
                    "%d.%m.%Y %H:%M", "--at-zone", "UTC", times=True)

    def test_json(self) -> None:
        self.places.to_json(self.path("records.json"), orient="records")
        self.scored(self.path("records.json"))
        self.frame.to_json(self.path("lines.ndjson"), orient="records", lines=True, date_format="iso")
        self.scored(self.path("lines.ndjson"), times=True)
        self.frame.to_json(self.path("epoch.ndjson"), orient="records", lines=True, date_format="epoch", date_unit="ms")
        self.refused(self.path("epoch.ndjson"), "at_format")
        self.scored(self.path("epoch.ndjson"), "--at-format", "unix_ms", times=True)
        self.places.to_json(self.path("columns.json"), orient="columns")
        self.refused(self.path("columns.json"), "array")

    def test_sheets(self) -> None:
        self.places.to_excel(self.path("sheet.xlsx"))
        self.scored(self.path("sheet.xlsx"))
        self.places.to_excel(self.path("sheet.ods"), engine="odf", index=False)
        self.scored(self.path("sheet.ods"))

    def test_parquet_and_feather(self) -> None:
        self.places.to_parquet(self.path("rows.parquet"))
        self.refused(self.path("rows.parquet"), "kordon.tables")
        self.places.to_feather(self.path("rows.feather"))
        self.refused(self.path("rows.feather"), "kordon.tables")


class Polars(Written):
    def test_files(self) -> None:
        frame = pl.from_pandas(self.frame)
        frame.write_csv(self.path("aware.csv"))
        self.scored(self.path("aware.csv"), times=True)
        frame.write_csv(self.path("semicolon.csv"), separator=";", decimal_comma=True)
        self.scored(self.path("semicolon.csv"), times=True)
        frame.write_ndjson(self.path("lines.ndjson"))
        self.scored(self.path("lines.ndjson"), times=True)
        frame.drop("at").write_json(self.path("rows.json"))
        self.scored(self.path("rows.json"))
        frame.drop("at").write_excel(self.path("sheet.xlsx"))
        self.scored(self.path("sheet.xlsx"))


class Sheets(Written):
    def book(self, name: str, cell) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Places"
        sheet.append(["Name", "Longitude", "Latitude"])
        for row in self.places.itertuples(index=False):
            sheet.append([row.name, cell(row.lon), cell(row.lat)])
        book.create_sheet("Notes").append(["written by hand"])
        book.save(self.path(name))
        return self.path(name)

    def test_two_sheets(self) -> None:
        path = self.book("numbers.xlsx", float)
        self.refused(path, "--layer", *AT)
        self.scored(path, "--layer", "Places")

    def test_text_in_cells(self) -> None:
        self.scored(self.book("text.xlsx", str), "--layer", "Places")
        self.scored(self.book("comma.xlsx", lambda value: str(value).replace(".", ",")), "--layer", "Places")

    def test_dates_in_cells(self) -> None:
        book = openpyxl.Workbook()
        book.active.append(["name", "lon", "lat", "at"])
        for row in self.frame.itertuples(index=False):
            book.active.append([row.name, row.lon, row.lat, row.at.tz_localize(None).to_pydatetime()])
        book.save(self.path("dates.xlsx"))
        # openpyxl's own format of a time is one that GDAL takes for a date (findings/gdal-drops-time-of-day.sh).
        done = program(str(self.path("dates.xlsx")), "--at-zone", "UTC", quiet=False)
        self.assertEqual(3, done.returncode)
        self.assertIn("a date without a time of day", done.stderr)
        self.assertIn("look: the column `at` was read as dates", done.stderr)
        for row in book.active.iter_rows(min_row=2, min_col=4):
            row[0].number_format = "yyyy-mm-dd hh:mm:ss"
        book.save(self.path("times.xlsx"))
        self.refused(self.path("times.xlsx"), "at_zone")
        self.scored(self.path("times.xlsx"), "--at-zone", "UTC", times=True)


class Gdal(Written):
    def features(self, crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
        points = gpd.points_from_xy(self.places["lon"], self.places["lat"], crs="EPSG:4326")
        return gpd.GeoDataFrame(self.places[["name"]], geometry=points).to_crs(crs)

    def test_vector_files(self) -> None:
        for ending, driver in {
            "gpkg": "GPKG", "shp": "ESRI Shapefile", "geojson": "GeoJSON", "geojsonl": "GeoJSONSeq", "fgb": "FlatGeobuf",
            "kml": "LIBKML", "gpx": "GPX", "tab": "MapInfo File", "gml": "GML", "sqlite": "SQLite",
        }.items():
            with self.subTest(driver):
                self.features().to_file(self.path(f"rows.{ending}"), driver=driver, engine="pyogrio")
                self.scored(self.path(f"rows.{ending}"))

    def test_another_reference_system(self) -> None:
        for ending, driver in {"gpkg": "GPKG", "shp": "ESRI Shapefile", "fgb": "FlatGeobuf"}.items():
            with self.subTest(driver):
                self.features(SK42).to_file(self.path(f"rows.{ending}"), driver=driver, engine="pyogrio")
                self.scored(self.path(f"rows.{ending}"))

    def translated(self, ending: str, driver: str, *options: str) -> Path:
        """What the distribution's GDAL makes of a GeoPackage."""
        source, target = self.path("source.gpkg"), self.path(f"{'-'.join(options) or 'plain'}.{ending}")
        if not source.exists():
            self.features().to_file(source, driver="GPKG", engine="pyogrio")
        subprocess.run(["/usr/bin/python3", "-c", "import sys; from osgeo import gdal; gdal.UseExceptions()\n"
                        "gdal.VectorTranslate(sys.argv[2], sys.argv[1], format=sys.argv[3], layerCreationOptions=sys.argv[4:])",
                        str(source), str(target), driver, *options], check=True)
        return target

    def test_tables_of_geometries(self) -> None:
        for options in [("GEOMETRY=AS_WKT",), ("GEOMETRY=AS_XY",), ("GEOMETRY=AS_YX", "SEPARATOR=SEMICOLON"),
                        ("GEOMETRY=AS_XYZ", "SEPARATOR=TAB", "WRITE_BOM=YES"), ("GEOMETRY=AS_XY", "LINEFORMAT=CRLF")]:
            with self.subTest(options):
                self.scored(self.translated("csv", "CSV", *options))
        for ending, driver in {"kml": "KML", "geojson": "GeoJSON", "gpx": "GPX"}.items():
            with self.subTest(driver):
                self.scored(self.translated(ending, driver))


class R(Written):
    """What write.csv, write.csv2, readr::write_excel_csv and data.table::fwrite leave, to the byte."""

    def written(self, name: str, head: str, row: str, decimal: str = ".") -> Path:
        lines = [head] + [
            row.format(number=number + 1, name=place.name, lon=f"{place.lon:.15g}".replace(".", decimal),
                       lat=f"{place.lat:.15g}".replace(".", decimal))
            for number, place in enumerate(self.places.itertuples(index=False))]
        self.path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return self.path(name)

    def test_files(self) -> None:
        self.scored(self.written("write.csv", '"","name","lon","lat"', '"{number}","{name}",{lon},{lat}'))
        self.scored(self.written("long.csv", '"X","name","lat","long"', '{number},"{name}",{lat},{lon}'))
        self.scored(self.written("write2.csv", '"";"name";"lon";"lat"', '"{number}";"{name}";{lon};{lat}', ","))
        self.scored(self.written("excel.csv", "\ufeffname,lon,lat", "{name},{lon},{lat}"))
        self.scored(self.written("fwrite.csv", "name|lon|lat", "{name}|{lon}|{lat}"))
        self.scored(self.written("none.csv", '"name","lon","lat","note"', '"{name}",{lon},{lat},NA'))


def main() -> None:
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=PROGRAM)
    arguments, rest = parser.parse_known_args()
    PROGRAM = arguments.program
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
