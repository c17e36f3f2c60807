#!/usr/bin/env python3
"""Files that strangers sent, through the program: none makes it read another file or ask an address, steers a terminal, takes
memory without end or changes whose a file is.

strangers.py --program build/release/kordon"""

from __future__ import annotations

import argparse
import json
import os
import pty
import resource
import socket
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "config/kordon.json"
SECRET = "a-row-of-the-users-own"
TIME = "2024-06-15T00:00:00Z"

VIRTUAL = """<OGRVRTDataSource><OGRVRTLayer name="other"><SrcDataSource>{source}</SrcDataSource>{layer}
<GeometryType>wkbPoint</GeometryType><GeometryField encoding="PointFromColumns" x="lon" y="lat"/></OGRVRTLayer></OGRVRTDataSource>"""

REMOTE_GML = """<?xml version="1.0"?>
<ogr:FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ogr="http://ogr.maptools.org/"
 xmlns:gml="http://www.opengis.net/gml" xsi:schemaLocation="http://ogr.maptools.org/ http://127.0.0.1:{port}/points.xsd">
<gml:featureMember><ogr:points><ogr:geometryProperty><gml:Point srsName="EPSG:4326"><gml:coordinates>36.6,50.6</gml:coordinates></gml:Point>
</ogr:geometryProperty><ogr:name>a</ogr:name></ogr:points></gml:featureMember></ogr:FeatureCollection>"""

KML = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{0}</Document></kml>'
PLACEMARK = "<Placemark><name>a</name><Point><coordinates>36.6,50.6</coordinates></Point></Placemark>"


def score(*arguments: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([Folder.program, "score", "--at", TIME, *arguments], capture_output=True, timeout=120, **options)


class Folder(unittest.TestCase):
    program = "build/release/kordon"

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="kordon-strangers-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def write(self, name: str, text: str | bytes) -> str:
        (self.folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return str(self.folder / name)

    def said(self, done: subprocess.CompletedProcess) -> str:
        return (done.stdout + done.stderr).decode(errors="replace")

    def is_refused(self, file: str) -> str:
        done = score(file, "--to", "csv")
        self.assertEqual(done.returncode, 1, file)
        self.assertNotIn(SECRET, self.said(done), file)
        self.assertIn(Path(file).name, self.said(done))
        return self.said(done)


class OtherFiles(Folder):
    """A name that promises one format, a content that names another file."""

    def setUp(self) -> None:
        super().setUp()
        self.secret = self.write("secret.csv", f"id,lon,lat\n{SECRET},36.6,50.6\n")

    def test_a_virtual_data_set_by_any_name(self) -> None:
        text = VIRTUAL.format(source=self.secret, layer="<SrcLayer>secret</SrcLayer>")
        for ending in ("gpkg", "shp", "gml", "kml", "gpx", "fgb", "sqlite", "tab", "kmz", "xlsx", "vrt", "GPKG", "dxf"):
            with self.subTest(ending):
                self.is_refused(self.write(f"points.{ending}", text))

    def test_a_virtual_data_set_as_a_layer(self) -> None:
        config = json.loads(SHIPPED.read_text())
        config["layers"] = [{**config["layers"][0], "file": self.write("borders.gpkg", VIRTUAL.format(source=self.secret, layer=""))}]
        del config["index_file"]
        config["policies"], config["borders"] = [], {"note": "x", "accuracy_m": {}}
        done = subprocess.run([Folder.program, "check", "--config", self.write("kordon.json", json.dumps(config))], capture_output=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("borders.gpkg", self.said(done))
        self.assertNotIn(SECRET, self.said(done))
        self.assertNotIn("point", self.said(done).lower())

    def test_an_entity_that_names_another_file(self) -> None:
        for encoding in ("US-ASCII", "UTF-8"):
            text = REMOTE_GML.replace("?>", f' encoding="{encoding}"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file://{self.secret}">]>', 1)
            text = text.replace('xsi:schemaLocation="http://ogr.maptools.org/ http://127.0.0.1:{port}/points.xsd"', "")
            done = score(self.write(f"{encoding}.gml", text.replace(">a</ogr:name>", ">&e;</ogr:name>")), "--to", "ndjson")
            self.assertNotIn(SECRET, self.said(done))

    def test_the_operator_may_widen_the_list_by_name(self) -> None:
        file = self.write("points.vrt", VIRTUAL.format(source=self.secret, layer="<SrcLayer>secret</SrcLayer>"))
        self.assertIn("data.drivers", self.is_refused(file))
        config = json.loads(SHIPPED.read_text())
        for layer in config["layers"]:
            layer["file"] = str(SHIPPED.parent / layer["file"])
        config["policies"] = [str(SHIPPED.parent / policy) for policy in config["policies"]]
        config["index_file"] = str(SHIPPED.parent / config["index_file"])
        config["data"] = {"drivers": ["OGR_VRT"]}
        done = score(file, "--to", "csv", "--config", self.write("kordon.json", json.dumps(config)))
        self.assertEqual(done.returncode, 0, self.said(done))
        self.assertIn(SECRET, self.said(done))

    def test_a_mapinfo_table_that_shows_others(self) -> None:
        view = 'Open Table "secret" Hide\nCreate View a As\nSelect * From secret\n'
        for filling in ("", "\n" * 100_000):
            file = self.write("view.tab", "!table\n!version 100\n" + filling + view)
            self.assertIn("other files", self.is_refused(file))

    def test_an_address(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.5)
            port = listener.getsockname()[1]
            score(self.write("points.gml", REMOTE_GML.format(port=port)), "--to", "csv", env={**os.environ, "GML_DOWNLOAD_SCHEMA": "YES"})
            score(f"/vsicurl/http://127.0.0.1:{port}/points.gpkg", "--to", "csv")
            score(self.write("net.gpkg", VIRTUAL.format(source=f"/vsicurl/http://127.0.0.1:{port}/x.csv", layer="")), "--to", "csv")
            with self.assertRaises(TimeoutError):
                listener.accept()

    def test_good_files_are_read_as_before(self) -> None:
        plain = self.write("points.csv", "id,lon,lat\na,36.6,50.6\n")
        for ending in ("gpkg", "fgb", "shp", "gml"):
            made = str(self.folder / f"made.{ending}")
            self.assertEqual(score(plain, "-o", made).returncode, 0, ending)
            done = score(made, "--to", "csv")
            self.assertEqual(done.returncode, 0, self.said(done))
            self.assertIn("eligible", self.said(done))


class Zones(Folder):
    def test_a_zone_that_is_no_zone_of_the_database(self) -> None:
        file = self.write("a.csv", "id,lon,lat,at\na,36.6,50.6,2024-06-15T00:00:00\n")
        for zone in ("Europe", "../etc/passwd", "/etc/passwd", "posix/Europe", "leapseconds", "tzdata.zi", "Europe/"):
            done = score(file, "--at-zone", zone)
            self.assertEqual(done.returncode, 1, zone)
            self.assertIn("expected a time zone", self.said(done))


class Memory(Folder):
    def test_a_small_archive_that_is_large_unpacked(self) -> None:
        file = self.folder / "large.kmz"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            archive.writestr("doc.kml", KML.format(PLACEMARK * 1_000_000))
        self.assertLess(file.stat().st_size, 1_000_000)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        done = score(str(file), "--to", "csv")
        self.assertEqual(done.returncode, 1)
        self.assertIn("unpacked", self.said(done))
        used = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before)
        self.assertLess(used, 400_000, "kB")

    def test_an_archive_of_many_members(self) -> None:
        with zipfile.ZipFile(self.folder / "many.kmz", "w") as archive:
            archive.writestr("doc.kml", KML.format(PLACEMARK))
            for i in range(10_000):
                archive.writestr(f"{i}", "")
        done = score(str(self.folder / "many.kmz"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("more than 10000 members", self.said(done))

    def test_a_usual_archive_is_read(self) -> None:
        file = self.folder / "points.kmz"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("doc.kml", KML.format(PLACEMARK * 10))
        done = score(str(file), "--to", "csv")
        if "GDAL" in self.said(done) and "LIBKML" not in self.said(done):
            self.skipTest("this GDAL has no LIBKML")
        self.assertEqual(done.returncode, 0, self.said(done))


class WhoseFile(Folder):
    def setUp(self) -> None:
        super().setUp()
        self.points = self.write("points.csv", "id,lon,lat\na,36.6,50.6\n")

    @unittest.skipUnless(os.geteuid() == 0, "only root writes another's file so that it stays theirs")
    def test_what_root_replaces_stays_its_owners_without_set_user_id(self) -> None:
        for name in ("out.csv", "out.gpkg"):
            with self.subTest(name):
                out = Path(self.write(name, "old"))
                os.chown(out, 1234, 2345)
                out.chmod(0o6751)
                done = score(self.points, "-o", str(out))
                self.assertEqual(done.returncode, 0, self.said(done))
                state = out.stat()
                self.assertEqual((state.st_uid, state.st_gid), (1234, 2345))
                self.assertEqual(stat.S_IMODE(state.st_mode), 0o751)
                self.assertNotEqual(out.read_bytes(), b"old")

    def test_a_new_file_is_as_the_umask_says(self) -> None:
        out = self.folder / "new.csv"
        score(self.points, "-o", str(out), preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(stat.S_IMODE(out.stat().st_mode), 0o640)


class Formulas(Folder):
    ROWS = 'id,lon,lat,=note\n=1+1,36.6,50.6,"=HYPERLINK(""http://x"",""y"")"\n-7,36.6,50.6,@SUM(A1)\n'

    def test_cells_stay_as_they_came_or_are_disarmed(self) -> None:
        file = self.write("a.csv", self.ROWS)
        kept, disarmed = score(file), score(file, "--disarm-formulas")
        self.assertIn(b"\n=1+1,36.6", kept.stdout)
        self.assertEqual(disarmed.returncode, 0, self.said(disarmed))
        for cell in (b"'=note", b"\n'=1+1,", b'"\'=HYPERLINK(', b"\n-7,", b"'@SUM(A1)"):
            self.assertIn(cell, disarmed.stdout)
        self.assertEqual(disarmed.stdout.replace(b"'", b""), kept.stdout)

    def test_of_rows_that_come_as_json_too(self) -> None:
        file = self.write("a.ndjson", '{"id":"=1+1","lon":36.6,"lat":50.6}\n')
        self.assertIn(b"\n'=1+1,", score(file, "--to", "csv", "--disarm-formulas").stdout)
        self.assertEqual(score(file, "--disarm-formulas").returncode, 1)


class Terminal(Folder):
    HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"

    def shown(self, *arguments: str) -> bytes:
        """What a terminal gets of both streams."""
        parent, child = pty.openpty()
        with subprocess.Popen([Folder.program, "score", "--at", TIME, *arguments], stdout=child, stderr=child) as process:
            os.close(child)
            output = b""
            while True:
                try:
                    piece = os.read(parent, 4096)
                except OSError:
                    break
                output += piece
            process.wait(timeout=60)
        os.close(parent)
        return output.replace(b"\r\x1b[K", b"")  # of the progress line, which is Kordon's own

    def is_tame(self, output: bytes) -> None:
        for sequence in (b"\x1b", b"\x07", "\x9b".encode(), "\u202e".encode()):
            self.assertNotIn(sequence, output)

    def test_headers_ids_and_names_do_not_steer_it(self) -> None:
        hostile = self.HOSTILE
        self.is_tame(self.shown(self.write("a.csv", f"id,lon,lat,{hostile}\n{hostile},36.6,50.6,{hostile}\n")))
        self.is_tame(self.shown(self.write("b.csv", f"id,{hostile},breite\n{hostile},36.6,50.6\n")))
        self.is_tame(self.shown(self.write(f"c{hostile.replace('/', '')}.csv", "nothing\n1\n")))
        self.is_tame(self.shown(self.write("d.csv", "id,lon,lat\n1,36.6,50.6\n"), "--activity", hostile))

    def test_a_file_gets_the_bytes_as_they_came(self) -> None:
        done = score(self.write("a.csv", f"id,lon,lat\n{self.HOSTILE},36.6,50.6\n"))
        self.assertIn(self.HOSTILE.encode(), done.stdout)


def main(doc: str) -> None:
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--program", required=True)
    parsed, rest = parser.parse_known_args()
    Folder.program = parsed.program
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main(__doc__)
