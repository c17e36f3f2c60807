#!/usr/bin/env python3
"""Installs the library below a prefix of its own, builds a program of somebody else's against it, and asks it the
README's first request: installed.py --build build/release --config config/kordon.json"""

import argparse
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPECTED = "counter-fire eligible 31420.337 because inside RU\n"


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
    return done.stdout


def inner_names(library: Path) -> list[str]:
    """Names that the library shows beyond its face."""
    shown = run("nm", "--dynamic", "--defined-only", "--demangle", library)
    faces = ("kordon::Configuration", "kordon::CompiledQuery", "kordon::name_of")
    return [line for line in shown.splitlines() if "kordon::" in line and not any(face in line for face in faces)]


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
    if answer != EXPECTED:
        raise SystemExit(f"expected {EXPECTED!r}, got {answer!r}")
    if shown:
        raise SystemExit("the library shows what is inside it:\n" + "\n".join(shown[:20]))
    print(answer, end="")


if __name__ == "__main__":
    main()
