#!/usr/bin/python3
"""The verification accepts the committed files and refuses each kind of damage."""
import contextlib
import io
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

from shapely.geometry import MultiPolygon, Polygon, box

import figures
import verify
from layers import write_layer

FOLDER = Path(__file__).resolve().parent
REGIONS = verify.load(FOLDER)
CHAINS = figures.read_chains(FOLDER / figures.SOURCE_LINES)
BORDER = figures.single_path(figures.shared_edges(REGIONS["RU"], REGIONS["UA"]), "RU|UA", verify.Fault)
OBLAST_SIDE = figures.single_path(figures.shared_edges(REGIONS["RU"], REGIONS["UA-63"]), "RU|UA-63", verify.Fault)


def with_vertex_moved(region_ids, vertex, by=(1e-5, 0.0)):
    moved = (vertex[0] + by[0], vertex[1] + by[1])

    def move(part):
        return Polygon([moved if place == vertex else place for place in part.exterior.coords])
    return {key: MultiPolygon([move(part) for part in geometry.geoms]) if key in region_ids else geometry
            for key, geometry in REGIONS.items()}


def with_parts(region_id, parts):
    return {**REGIONS, region_id: MultiPolygon(parts)}


class GeometryIsChecked(unittest.TestCase):
    def refuses(self, check, message, *arguments):
        with self.assertRaisesRegex(verify.Fault, message):
            check(*arguments)

    def test_a_border_vertex_moved_in_one_country_breaks_the_line(self):
        for country in ("RU", "UA"):
            regions = with_vertex_moved({country}, BORDER[1000])
            self.refuses(verify.check_sections, "in 2 pieces", regions, CHAINS)

    def test_a_border_vertex_moved_in_all_regions_leaves_the_source(self):
        regions = with_vertex_moved(set(REGIONS), OBLAST_SIDE[100])
        self.refuses(verify.check_sections, "both source outlines", regions, CHAINS)

    def test_an_oblast_vertex_off_the_border_breaks_its_section(self):
        regions = with_vertex_moved({"UA-63"}, OBLAST_SIDE[100])
        self.refuses(verify.check_sections, r"RU\|UA-63 is in 2 pieces", regions, CHAINS)

    def test_an_oblast_that_ends_before_its_tripoint_is_refused(self):
        ring = list(REGIONS["UA-63"].geoms[0].exterior.coords)
        shorter = Polygon([place for place in ring[:-1] if place not in OBLAST_SIDE[:40]])
        self.refuses(verify.check_sections, "ends at", with_parts("UA-63", [shorter]), CHAINS)

    def test_an_overlap_is_measured(self):
        regions = with_parts("RU", [*REGIONS["RU"].geoms, box(36.0, 49.0, 36.001, 49.001)])
        self.refuses(verify.check_overlaps, "overlap by", regions)

    def test_a_sliver_between_the_countries_is_a_gap(self):
        ends = [((x0 + x2) / 2, (y0 + y2) / 2) for (x0, y0), (x2, y2) in zip(BORDER, BORDER[2:])]
        vertex, middle = BORDER[1001], ends[1000]
        by = (middle[0] - vertex[0], middle[1] - vertex[1])
        self.refuses(verify.check_overlaps, "1 gaps between|overlap by", with_vertex_moved({"RU"}, vertex, by))
        self.refuses(verify.check_overlaps, "1 gaps between|overlap by", with_vertex_moved({"UA"}, vertex, by))

    def test_an_oblast_outside_its_country_is_refused(self):
        regions = with_parts("UA-63", [*REGIONS["UA-63"].geoms, box(30.0, 60.0, 30.1, 60.1)])
        self.refuses(verify.check_overlaps, "UA-63 leaves UA", regions)

    def test_crimea_in_russia_is_refused(self):
        crimea = Polygon([(33.9, 44.8), (34.3, 44.8), (34.3, 45.1), (33.9, 45.1)])
        regions = with_parts("RU", [*REGIONS["RU"].geoms, crimea])
        self.refuses(verify.check_places, "Simferopol", regions)

    def test_a_missing_exclave_is_refused(self):
        kept = [part for part in REGIONS["RU"].geoms if not 19 < part.bounds[0] < 22]
        self.refuses(verify.check_places, "Kaliningrad", with_parts("RU", kept))

    def test_a_hole_is_refused(self):
        shell = REGIONS["UA-63"].geoms[0].exterior
        holed = Polygon(shell, [box(36.0, 49.5, 36.1, 49.6).exterior.coords])
        self.refuses(verify.check_shapes, "1 holes", with_parts("UA-63", [holed]))

    def test_a_ring_that_crosses_itself_is_refused(self):
        bow_tie = Polygon([(36, 49), (37, 50), (37, 49), (36, 50)])
        self.refuses(verify.check_shapes, "not valid", with_parts("UA-63", [bow_tie]))


class FilesAreChecked(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "shapefiles"
        shutil.copytree(FOLDER, self.folder)

    def outcome(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = verify.main([str(self.folder)])
        return code, said.getvalue()

    def refused(self, message):
        code, said = self.outcome()
        self.assertEqual(code, 1, said)
        self.assertRegex(said, message)

    def test_the_committed_files_are_accepted(self):
        code, said = self.outcome()
        self.assertEqual(code, 0, said)

    def test_a_missing_file(self):
        (self.folder / "countries.shx").unlink()
        self.refused("missing: countries.shx")

    def test_a_truncated_file(self):
        path = self.folder / "countries.shp"
        path.write_bytes(path.read_bytes()[:3_000_000])
        self.refused("shapefiles: ")

    def test_a_small_island_left_out(self):
        kept = MultiPolygon(sorted(REGIONS["RU"].geoms, key=lambda part: part.area)[1:])
        write_layer(self.folder / "countries.shp", [("RU", "Russia", kept), ("UA", "Ukraine", REGIONS["UA"])], "2026-11-23")
        self.refused("sha256 differs")

    def test_a_stale_table_in_provenance(self):
        path = self.folder / "PROVENANCE.md"
        path.write_text(path.read_text().replace("regions RU: parts", "regions RU: pieces"))
        self.refused("PROVENANCE.md does not hold")

    def test_a_region_renamed(self):
        write_layer(self.folder / "oblasts.shp", [("UA-14", "Kharkiv oblast", REGIONS["UA-63"])], "2026-11-23")
        self.refused("expected UA-63")


if __name__ == "__main__":
    unittest.main()
