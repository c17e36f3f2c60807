#!/usr/bin/env python3
"""Installs the library below a prefix of its own, builds a program of somebody else's against it, and asks it the
README's first request; then the program of docs/library.md: installed.py --build build/release --config config/kordon.json"""

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPECTED = "counter-fire eligible 31420.337 because inside RU\n"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], text=True, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
    return done.stdout


def inner_names(library: Path) -> list[str]:
    """Names that the library shows beyond its face."""
    shown = run("nm", "--dynamic", "--defined-only", "--demangle", library)
    faces = ("kordon::Configuration", "kordon::CompiledQuery", "kordon::name_of")
    return [line for line in shown.splitlines() if "kordon::" in line and not any(face in line for face in faces)]


def documented(prefix: Path, folder: Path) -> tuple[str, str]:
    """What the program of docs/library.md says, and what the page says that it says."""
    page = (HERE.parents[1] / "docs/library.md").read_text()
    blocks = {kind: text for kind, text in re.findall(r"```(cmake|cpp|text)\n(.*?)```", page, re.S)}
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text(blocks["cmake"])
    (folder / "main.cpp").write_text(blocks["cpp"])
    run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", folder / "build")
    return run(folder / "build/where", cwd=HERE.parents[1]), blocks["text"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--config", type=Path, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        prefix = Path(name) / "prefix"
        build = Path(name) / "build"
        run("cmake", "--install", arguments.build, "--component", "library", "--prefix", prefix)
        run("cmake", "-S", HERE / "consumer", "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}")
        run("cmake", "--build", build)
        answer = run(build / "consumer", arguments.config.resolve())
        (library,) = prefix.glob("lib*/**/libkordon.so")
        shown = inner_names(library)
        says, expected = documented(prefix, Path(name) / "where")
    if answer != EXPECTED:
        raise SystemExit(f"expected {EXPECTED!r}, got {answer!r}")
    if says != expected:
        raise SystemExit(f"docs/library.md: expected {expected!r}, got {says!r}")
    if shown:
        raise SystemExit("the library shows what is inside it:\n" + "\n".join(shown[:20]))
    print(answer, end="")


if __name__ == "__main__":
    main()
