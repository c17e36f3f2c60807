#!/usr/bin/env python3
"""Databases that strangers sent, through the program: none makes it run what its schema says.

strangers_databases.py --program build/release/kordon"""

from __future__ import annotations

import sqlite3

from strangers import SECRET, Folder, main, score


class Databases(Folder):
    def test_a_database_with_a_virtual_table(self) -> None:
        secret = self.write("secret.csv", f"id,lon,lat\n{SECRET},36.6,50.6\n")
        for ending in ("sqlite", "db"):
            file = str(self.folder / f"points.{ending}")
            with sqlite3.connect(file) as database:
                database.execute("CREATE TABLE kept (id TEXT, lon REAL, lat REAL)")
                database.execute("PRAGMA writable_schema=ON")
                database.execute(
                    "INSERT INTO sqlite_master VALUES ('table','other','other',0,?)",
                    (f"CREATE VIRTUAL TABLE other USING VirtualOGR('{secret}')",),
                )
            database.close()
            self.assertIn("virtual", self.is_refused(file))

    def database(self, name: str, *statements: str) -> str:
        """With a table `kept`, and with these statements in its schema, in place of what SQLite may refuse to make."""
        file = self.folder / name
        file.unlink(missing_ok=True)
        with sqlite3.connect(file) as database:
            database.execute("CREATE TABLE kept (id TEXT, lon REAL, lat REAL)")
            database.executemany("INSERT INTO kept VALUES (?, 36.6, 50.6)", [(str(i),) for i in range(1000)])
            for statement in statements:
                database.execute(statement)
        database.close()
        return str(file)

    def test_a_database_whose_views_show_columns_of_one_table(self) -> None:
        for view in (
            "SELECT id, lon, lat FROM kept WHERE lat > 0",
            "SELECT k.id AS \"the id\", [lon], `lat` FROM main.kept AS k",
            "SELECT * FROM kept k WHERE id <> 'a (b)' AND lat BETWEEN 0 AND 90;",
        ):
            with self.subTest(view):
                done = score(self.database("points.sqlite", f"CREATE VIEW made AS {view}"), "--layer", "kept", "--to", "csv")
                self.assertNotIn("a view", self.said(done))

    def test_a_database_with_a_view_that_computes(self) -> None:
        for view in (
            "CREATE VIEW made AS SELECT id, lon, abs(lat) AS lat FROM kept",
            "CREATE VIEW made\nAS\nSELECT id, lon, lat, hex(zeroblob(3000000))\tt, hex(zeroblob(3000001))\tu FROM kept",
            "CREATE VIEW made/* as (*/AS--\nSELECT id, lon, lat, hex(zeroblob(3000000)) t FROM kept",
            "CREATE VIEW made (id, lon, lat) AS WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT 1, 36, 50 FROM n",
            "CREATE VIEW made AS SELECT a.id, a.lon, a.lat FROM kept a, kept b, kept c, kept d, kept e",
            "CREATE VIEW made AS SELECT a.id, a.lon, a.lat FROM kept a JOIN kept b JOIN kept c JOIN kept d JOIN kept e",
            "CREATE VIEW made AS SELECT id, lon, lat || lat || lat AS lat FROM kept",
            "CREATE VIEW made AS SELECT * FROM kept UNION ALL SELECT * FROM kept",
            "CREATE VIEW made AS SELECT * FROM kept WHERE id IN kept",
            "CREATE VIEW made AS SELECT id, lon, lat FROM vector_layers",
            # Read while the file is opened, before any layer is chosen.
            "CREATE VIEW geometry_columns AS SELECT a.id AS f_table_name, hex(zeroblob(3000000)) AS f_geometry_column FROM kept a, kept b",
        ):
            with self.subTest(view):
                said = self.is_refused(self.database("points.sqlite", view))
                self.assertIn("more than show columns of one table", said)
                self.assertIn("ogr2ogr", said)

    def test_a_database_with_a_generated_column(self) -> None:
        for column in ("TEXT GENERATED ALWAYS AS (hex(zeroblob(3000000))) VIRTUAL", "AS\n(hex(zeroblob(3000000)))"):
            made = f"CREATE TABLE made (id TEXT, lon REAL, lat REAL, t {column})"
            file = self.database("points.sqlite", made, "INSERT INTO made VALUES ('a', 36.6, 50.6)")
            self.assertIn("generated column", self.is_refused(file))

    def test_a_geopackage_whose_contents_are_a_view(self) -> None:
        points = self.write("points.csv", "id,lon,lat\na,36.6,50.6\n")
        file = str(self.folder / "made.gpkg")
        self.assertEqual(score(points, "-o", file).returncode, 0)
        self.assertEqual(score(file, "--to", "csv").returncode, 0)
        with sqlite3.connect(file) as database:
            database.execute("ALTER TABLE gpkg_contents RENAME TO contents")
            database.execute("CREATE VIEW gpkg_contents AS SELECT a.* FROM contents a, contents b")
        database.close()
        self.assertIn("'gpkg_contents'", self.is_refused(file))


if __name__ == "__main__":
    main(__doc__)
