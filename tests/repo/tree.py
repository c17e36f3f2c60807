#!/usr/bin/env python3
"""Checks what no compiler checks of the tree: the include graph against the table in ARCHITECTURE.md, the size of
files, and that nothing in it belongs to one person's machine. Prints every problem; exit 1 if there is any."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import javascript

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50
CODE = {".cpp", ".hpp", ".py", ".sh", ".js", ".css", ".html", ".cmake"}
TEXT = CODE | {".md", ".json", ".txt", ".yml", ".yaml", ".toml", ""}

# Which library an include in <> belongs to; the first that matches counts. What matches none is unknown.
OWNERS = [
    ("", r"[a-z_0-9]+|(sys|netinet|arpa|linux)/[a-z_]+\.h|(unistd|fcntl|signal|poll|netdb|dirent|errno|malloc|string|immintrin)\.h"),
    ("", r"kordon/kordon\.hpp"),  # our own, as it is installed
    ("", r"fmt/.*"),  # what std::format is for, which g++ 12 does not have yet
    ("Boost", r"boost/.*"),
    ("protozero", r"protozero/.*"),
    ("H3", r"h3api\.h"),
    ("GDAL", r"(gdal|ogr|cpl|ogrsf)_?[a-z_]*\.h"),
    ("PROJ", r"proj\.h"),
    ("GEOS", r"geos(/.*|_c\.h)"),
    ("GeographicLib", r"GeographicLib/.*"),
    ("xxHash", r"xxhash\.h"),
    ("nlohmann_json", r"nlohmann/.*"),
    ("CLI11", r"CLI/.*"),
    ("simdjson", r"simdjson\.h"),
    ("spdlog", r"spdlog/.*"),
    ("OpenSSL", r"openssl/.*"),
    ("prometheus-cpp", r"prometheus/.*"),
    ("zlib", r"zlib\.h"),
    ("nanobind", r"nanobind/.*"),
    ("doctest", r"doctest/.*"),
    ("Google Benchmark", r"benchmark/.*"),
    ("libFuzzer", r"fuzzer/.*"),
    ("S2", r"s2/.*"),
]


@dataclass
class Library:
    """A row of ARCHITECTURE.md's table: a room, or a sub-room such as geo/atlas."""

    namespace: str  # below kordon
    stands_on: set[str]
    third_party: set[str]
    in_headers: set[str]  # of third_party: those marked with *


def libraries(architecture: str) -> dict[str, Library]:
    """Reads the rows | `geo/atlas` | namespace | stands on | third party | of the table under 'stands on'."""
    found = {}
    for line in architecture.partition("| stands on |")[2].splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 4:
            break
        stands_on, third_party = ({name.strip(" `") for name in cell.split(",")} - {"", "-"} for cell in cells[2:4])
        in_headers = {name.strip("*") for name in third_party if name.endswith("*")}
        third_party = {name.strip("*") for name in third_party}
        found[cells[0].strip("`")] = Library(cells[1].strip("`"), stands_on, third_party, in_headers)
    return found


def owner(header: str) -> str | None:
    return next((name for name, pattern in OWNERS if re.fullmatch(pattern, header)), None)


def room(path: str, table: dict[str, Library]) -> tuple[str, bool]:
    """The room whose rules a file follows, the innermost that has it, and whether the file is a test of it."""
    parts = path.split("/")
    if parts[0] == "tests" and len(parts) > 2:
        return parts[1], True
    inner = "/".join(parts[:2])
    return (inner if inner in table else parts[0]), False


def reach(name: str, table: dict[str, Library]) -> set[str]:
    return {name}.union(*(reach(below, table) for below in table[name].stands_on))


def include_problems(path: str, text: str, table: dict[str, Library], used: set[tuple[str, str]]):
    """Problems of one file's includes; `used` collects what each library was seen to include."""
    name, is_test = room(path, table)
    everything = name not in table  # tests/e2e, bench, fuzz: they may use all of it
    mine = set(table) if everything else reach(name, table)
    if is_test:  # they look into all sub-rooms of what their room stands on
        outer = {library.split("/")[0] for library in mine}
        mine = {library for library in table if library.split("/")[0] in outer}
    parties = {party for library in mine for party in table[library].third_party}
    for number, line in enumerate(text.splitlines(), 1):
        if not (match := re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)):
            continue
        quote, header = match.groups()
        where = f"{path}:{number}"
        if quote == '"':
            target = room(header, table)[0]
            if target in table and target not in mine:
                yield f"{where}: {name} must not include {header}: it stands on {sorted(mine - {name})}"
            if target in table and not is_test:
                used.add((name, target))
            continue
        party = owner(header)
        if party is None:
            yield f"{where}: <{header}> belongs to no library that tests/repo/tree.py knows"
        elif party and not is_test and not everything:
            used.add((name, party))
            if party not in table[name].third_party:
                yield f"{where}: {party} has no place in {name}, says ARCHITECTURE.md"
            elif path.endswith(".hpp") and party not in table[name].in_headers:
                yield f"{where}: {party} belongs in a .cpp file"
        elif party and is_test and not everything and party not in parties | {"doctest"}:
            yield f"{where}: {party} has no place in the tests of {name}"


def namespace_problems(path: str, text: str, table: dict[str, Library]):
    """A room's names stand in its own namespace or below, or in one around it: what two rooms call alike cannot meet."""
    name, is_test = room(path, table)
    if is_test or name not in table:
        return
    own = f"kordon::{table[name].namespace}".removesuffix("::-")
    generated = "kordon::embedded"
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"namespace (kordon[\w:]*)", line)
        if not match or match.group(1) == generated:
            continue
        stated = match.group(1)
        if not f"{stated}::".startswith(f"{own}::") and not own.startswith(f"{stated}::"):
            yield f"{path}:{number}: namespace {stated} in {name}, whose namespace is {own}"


def table_problems(table: dict[str, Library], used: set[tuple[str, str]]):
    """What ARCHITECTURE.md says and no file does."""
    for name, library in table.items():
        for claimed in library.third_party | library.stands_on:
            if (name, claimed) not in used:
                yield f"ARCHITECTURE.md: {name} does not include {claimed}"


def size_problems(path: str, text: str):
    is_code = Path(path).suffix in CODE or text.startswith("#!") or Path(path).name in {"Makefile", "CMakeLists.txt"}
    if is_code and (lines := text.count("\n")) > MAX_FILE_LINES:
        yield f"{path}: {lines} lines, at most {MAX_FILE_LINES}"
    for name, line, lines in functions(path, text):
        if lines > MAX_FUNCTION_LINES:
            yield f"{path}:{line}: {name or 'a function'} has {lines} lines, at most {MAX_FUNCTION_LINES}"


def functions(path: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Name, first line and number of lines of each function in Python or JavaScript."""
    if path.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                yield node.name, node.lineno, node.end_lineno - node.lineno + 1
    if path.endswith(".js"):
        for function in javascript.functions(text):
            yield function.name, function.line, function.lines


def machine_problems(path: str, text: str):
    """Paths that only one person's machine has."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.search(r"(?<![\w.])/(work|home|Users|root)/[\w.]+", line):
            yield f"{path}:{number}: {match.group()} is a path of one machine"


def problems(root: Path, paths: list[str]) -> list[str]:
    table = libraries((root / "ARCHITECTURE.md").read_text())
    found = [] if table else ["ARCHITECTURE.md: no table with a column 'stands on'"]
    used: set[tuple[str, str]] = set()
    for path in paths:
        if Path(path).suffix not in TEXT or not (root / path).is_file():
            continue
        text = (root / path).read_text()
        found += size_problems(path, text)
        found += machine_problems(path, text)
        if path.endswith((".cpp", ".hpp")):
            found += include_problems(path, text, table, used)
            found += namespace_problems(path, text, table)
    return found + list(table_problems(table, used))


def main() -> int:
    root = Path(__file__).resolve().parents[2]
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, check=True, capture_output=True, text=True
    )
    paths = sorted(listed.stdout.splitlines())
    found = problems(root, paths)
    print("\n".join([*found, f"{len(paths)} files, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
