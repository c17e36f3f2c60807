#!/usr/bin/env python3
"""Breaks a small tree in each way that tree.py must notice."""

import tempfile
import unittest
from pathlib import Path

import tree

ARCHITECTURE = """
| room | namespace | stands on | third party |
|---|---|---|---|
| `geo/atlas` | `geo` | - | GDAL |
| `geo` | `geo` | geo/atlas | - |
| `api` | `api` | geo | - |

| another | table |
"""
GOOD = {
    "ARCHITECTURE.md": ARCHITECTURE,
    "geo/atlas/load.cpp": '#include "geo/atlas/load.hpp"\n#include <gdal_priv.h>\n#include <vector>\n',
    "geo/atlas/load.hpp": "#include <vector>\n",
    "geo/index.cpp": '#include "geo/atlas/load.hpp"\n',
    "geo/index.hpp": "namespace kordon::geo {\n",
    "api/answer.cpp": '#include "geo/index.hpp"\n',
    "tests/geo/load.cpp": '#include <doctest/doctest.h>\n#include "geo/atlas/load.hpp"\n',
    "tests/e2e/serve.cpp": '#include <spdlog/spdlog.h>\n#include "api/answer.hpp"\n',
}


class Tree(unittest.TestCase):
    def problems(self, changes: dict[str, str]) -> list[str]:
        files = GOOD | changes
        with tempfile.TemporaryDirectory() as name:
            for path, text in files.items():
                (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(name) / path).write_text(text)
            return tree.problems(Path(name), sorted(files))

    def one(self, expected: str, path: str, text: str):
        found = self.problems({path: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])

    def test_a_good_tree_has_no_problem(self):
        self.assertEqual(self.problems({}), [])

    def test_an_include_against_the_direction(self):
        self.one("geo must not include api/answer.hpp", "geo/up.cpp", '#include "api/answer.hpp"\n')

    def test_an_include_against_the_direction_within_a_room(self):
        self.one("geo/atlas must not include geo/index.hpp", "geo/atlas/up.cpp", '#include "geo/index.hpp"\n')

    def test_a_namespace_of_another_room(self):
        self.one("namespace kordon::geo in api", "api/names.cpp", "namespace kordon::geo {\n")

    def test_a_third_party_in_the_wrong_library(self):
        self.one("GEOS has no place in api", "api/topology.cpp", "#include <geos_c.h>\n")

    def test_a_third_party_in_a_header(self):
        self.one("belongs in a .cpp", "geo/atlas/gdal.hpp", "#include <ogrsf_frmts.h>\n")

    def test_an_unknown_third_party(self):
        self.one("no library", "api/fast.cpp", "#include <abc/fast.hpp>\n")

    def test_a_claim_of_the_table_that_no_file_fills(self):
        self.one("does not include geo", "api/answer.cpp", "#include <vector>\n")

    def test_a_long_file(self):
        self.one("301 lines", "api/long.cpp", "\n" * 301)

    def test_a_long_function(self):
        self.one("at most 50", "api/long.py", "def long():\n" + "    pass\n" * 50)

    def test_long_functions_of_javascript(self):
        lines = "  run();\n" * 49
        self.one("long has 51 lines", "web/a.js", f"function long(a = {{}}) {{\n{lines}}}\n")
        self.one("long has 51 lines", "web/a.js", f"class A {{\n  long() {{\n{lines}  }}\n}}\n")
        self.one("a function has 51 lines", "web/a.js", f"run(async () => {{\n{lines}}});\n")
        self.one("a function has 51 lines", "web/a.js", "run((a) =>\n" + "  a +\n" * 49 + "  1);\n")
        self.one("web/a.js:52: last has 51 lines", "web/a.js", f"function fits() {{\n{lines[9:]}}}\n\nfunction last() {{\n{lines}}}\n")

    def test_braces_of_javascript_that_are_no_functions(self):
        lines = "  run();\n" * 60
        good = f"""#!/usr/bin/env node
            if (a) {{\n{lines}}}
            for (const b of c) {{\n{lines}}}
            const text = `}} ${{a ? `{{ ${{b}}` : "{{"}} {{`, pattern = /[/"{{]\\//g, ratio = a / b / c; // {{
            const object = {{\n{lines.replace(";", ",")}}};\n"""
        self.assertEqual(self.problems({"web/a.js": good}), [])

    def test_a_path_of_one_machine(self):
        self.one("path of one machine", "api/path.cpp", "// see " + "/home" + "/ann/notes\n")

    def test_an_architecture_without_the_table(self):
        self.assertIn("no table", self.problems({"ARCHITECTURE.md": "nothing"})[0])


if __name__ == "__main__":
    unittest.main()
