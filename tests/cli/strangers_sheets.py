#!/usr/bin/env python3
"""Sheets and other files that strangers sent, torn or made to swell: none is taken for whole, none takes memory without end.

strangers_sheets.py --program build/release/kordon"""

from __future__ import annotations

import zipfile
from pathlib import Path

from strangers import Folder, main, score

XLSX = "http://schemas.openxmlformats.org/"
PACKAGE, OFFICE, SHEET = (XLSX + part for part in ("package/2006/", "officeDocument/2006/relationships", "spreadsheetml/2006/main"))
DECLARATION = '<?xml version="1.0"?>'
DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
HEAD = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
ROW = '<row><c><v>36</v></c><c><v>50</v></c><c t="s"><v>3</v></c></row>'


class Sheets(Folder):
    def xlsx(self, rows: str, text: str = "a") -> str:
        """A sheet of these rows, whose fourth shared text is `text`."""
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings")
        types = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{kind}.{which}+xml"/>' for part, which in parts)
        types = f'<Types xmlns="{PACKAGE}content-types">{types}</Types>'
        link = f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" Type="{OFFICE}/{{0}}" Target="{{1}}"/>{{2}}</Relationships>'
        shared = f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        book = f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
        texts = "".join(f"<si><t>{each}</t></si>" for each in ("lon", "lat", "note", text))
        file = self.folder / "sheet.xlsx"
        members = {
            "[Content_Types].xml": types,
            "_rels/.rels": link.format("officeDocument", "xl/workbook.xml", ""),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": link.format("worksheet", "worksheets/sheet1.xml", shared),
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{texts}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        }
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, member in members.items():
                archive.writestr(name, DECLARATION + member)
        return str(file)

    def ods(self, rows: str) -> str:
        names = "".join(f' xmlns:{name}="{DOCUMENT}{name}:1.0"' for name in ("office", "table", "text"))
        cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>' for name in ("lon", "lat"))
        body = f'<office:body><office:spreadsheet><table:table table:name="a"><table:table-row>{cells}</table:table-row>{rows}'
        end = "</table:table></office:spreadsheet></office:body></office:document-content>"
        file = self.folder / "sheet.ods"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", f"<office:document-content{names}>{body}{end}")
        return str(file)

    def ods_row(self, repeated: int = 1) -> str:
        cells = "".join(f'<table:table-cell office:value-type="float" office:value="{value}"/>' for value in (36, 50))
        return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'

    def is_torn(self, file: str, rows: str) -> None:
        done = score(file, "--to", "ndjson")
        self.assertEqual(done.returncode, 1, self.said(done)[-300:])
        self.assertIn("cannot be read whole", self.said(done))
        self.assertIn(f"{rows} rows were read", self.said(done))
        kept = self.folder / "kept.csv"
        self.assertEqual(score(file, "-o", str(kept)).returncode, 1)
        self.assertFalse(kept.exists())

    def test_a_whole_sheet_is_read(self) -> None:
        for file in (self.xlsx(HEAD + ROW * 1000), self.ods(self.ods_row() * 500 + self.ods_row(500))):
            done = score(file, "--to", "csv")
            self.assertEqual(done.returncode, 0, self.said(done))
            self.assertIn(b"1,000 rows", done.stderr)

    def test_a_torn_sheet_is_not_taken_for_whole(self) -> None:
        self.is_torn(self.xlsx(HEAD + ROW * 500 + "<row><c></row>" + ROW * 500), "500")
        self.is_torn(self.ods(self.ods_row() * 500 + "<oops>" + self.ods_row() * 500), "")

    def test_a_sheet_of_which_gdal_reads_a_part(self) -> None:
        text = f'<table:table-cell office:value-type="string"><text:p>{"x" * 9000}</text:p></table:table-cell>'
        row = self.ods_row(9000).replace("</table:table-row>", text + "</table:table-row>")
        self.is_torn(self.ods(row * 40), "9000")

    def test_other_files_that_end_in_the_middle(self) -> None:
        points = self.write("points.csv", "id,lon,lat\n" + "".join(f"{i},{36 + i / 1e5},50.6\n" for i in range(1000)))
        for ending in ("shp", "fgb", "gml", "gpkg", "sqlite"):
            with self.subTest(ending):
                made = self.folder / f"torn.{ending}"
                done = score(points, "-o", str(made))
                if done.returncode != 0 or not made.exists():
                    continue  # this GDAL does not write it, or not such fields
                self.assertEqual(score(str(made), "--to", "ndjson").returncode, 0, ending)
                made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
                done = score(str(made), "--to", "ndjson")
                self.assertEqual(done.returncode, 1, self.said(done)[-300:])
                self.assertIn(Path(made).name, self.said(done))

    def test_a_torn_or_hostile_zipped_shapefile(self) -> None:
        points = self.write("points.csv", "id,lon,lat\n" + "".join(f"{i},{36 + i / 1e5},50.6\n" for i in range(1000)))
        shapes = self.folder / "made.shp"
        self.assertEqual(score(points, "-o", str(shapes)).returncode, 0)
        parts = {path.name: path.read_bytes() for path in self.folder.glob("made.*")}
        parts = {name: content for name, content in parts.items() if not name.endswith(".csv")}

        def packed(**instead: bytes) -> Path:
            file = self.folder / "points.shz"
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in parts.items():
                    archive.writestr(name, instead.get(name.rpartition(".")[2], content))
            return file

        self.assertEqual(score(str(packed()), "--to", "ndjson").returncode, 0)
        half = parts["made.shp"][: len(parts["made.shp"]) // 2]
        whole = packed().read_bytes()
        for name, content in (("a torn member", packed(shp=half).read_bytes()), ("a torn archive", whole[: len(whole) // 2]),
                              ("noise", b"PK\x03\x04" + bytes(range(256)) * 50), ("nothing", b""),
                              ("a damaged member", packed(shp=b"\xff" * len(half)).read_bytes())):
            with self.subTest(name):
                (self.folder / "points.shz").write_bytes(content)
                done = score(str(self.folder / "points.shz"), "--to", "ndjson")
                self.assertEqual(done.returncode, 1, self.said(done)[-300:])
                self.assertIn("points.shz", self.said(done))
        large = packed(dbf=parts["made.dbf"] + b" " * (100 << 20))
        self.assertIn("unpacked", self.is_refused(str(large)))

    MIF = 'Version 300\nCharset "Neutral"\nDelimiter ","\nCoordSys Earth Projection 1, 104\nColumns 1\n  id Char(9)\nData\n\n'
    OBJECTS = ("Point 36.6 50.6\n    Symbol (35,0,10)\n", "Pline 3\n36 50\n36.1 50\n36.1 50.1\n    Pen (1,2,0)\n",
               "Pline Multiple 2\n  2\n36 50\n36.1 50\n  2\n36 51\n36.1 51\n",
               "Region 1\n  4\n36 50\n36.1 50\n36.1 50.1\n36 50\n    Brush (1,0,16777215)\n")

    def test_a_torn_mapinfo_text(self) -> None:
        file, rows = self.folder / "lines.mif", self.folder / "lines.mid"
        text = self.MIF + "".join(self.OBJECTS)
        rows.write_text('"a"\n"b"\n"c"\n"d"\n')
        file.write_text(text)
        done = score(str(file), "--to", "ndjson")
        self.assertEqual(done.returncode, 0, self.said(done)[-300:])
        for cut in ("Region", "36.1 50.1\n36 50\n    Brush", "    Symbol", "  2\n36 51"):
            with self.subTest(cut):
                file.write_text(text[: text.index(cut)])
                self.assertRegex(self.is_refused(str(file)), "cut short")
        file.write_text(text)
        rows.write_text('"a"\n"b"\n"c"\n')
        self.assertIn("4 objects and its .mid 3 rows", self.is_refused(str(file)))
        file.write_text(self.MIF[:40])
        self.is_refused(str(file))

    def test_one_text_in_every_cell_takes_no_more_memory_than_is_stated(self) -> None:
        file = self.xlsx(HEAD + ROW * 2000, "x" * 200_000)
        done = score(file, "--memory", "0.2", "-o", str(self.folder / "out.csv"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("--memory", self.said(done))
        self.assertEqual([path.name for path in self.folder.iterdir()], ["sheet.xlsx"])
        self.assertEqual(score(file, "--memory", "3", "-o", str(self.folder / "out.csv")).returncode, 0)


if __name__ == "__main__":
    main(__doc__)
