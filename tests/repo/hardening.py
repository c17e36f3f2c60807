#!/usr/bin/env python3
"""Holds the program's file against what cmake/Hardening.cmake asks of it, as the loader and the processor see it."""
import argparse
import re
import subprocess
import sys


def readelf(program: str, *options: str) -> str:
    return subprocess.run(["readelf", "--wide", *options, program], check=True, capture_output=True, text=True).stdout


def faults_of(program: str) -> list[str]:
    header, segments = readelf(program, "--file-header"), readelf(program, "--segments")
    dynamic, symbols = readelf(program, "--dynamic"), readelf(program, "--dyn-syms")
    stack = re.search(r"GNU_STACK.* (R\S*) ", segments)
    checks = {
        "is no position-independent executable": "DYN" in header and "INTERP" in segments,
        "has no read-only relocations": "GNU_RELRO" in segments,
        "binds symbols late": re.search(r"FLAGS.*\b(NOW|BIND_NOW)\b", dynamic) is not None,
        "has an executable stack": stack is not None and "E" not in stack[1],
        "has no stack protector": "__stack_chk_fail" in symbols,
        "calls no checked library function": re.search(r"__(mem|str|vs|s|f)\w*_chk\b", symbols) is not None,
    }
    faults = [f"{program} {fault}" for fault, good in checks.items() if not good]
    if "X86-64" in header:
        with open(program, "rb") as file:
            landing_pads = file.read().count(b"\xf3\x0f\x1e\xfa")  # endbr64
        if landing_pads < 1000:
            faults.append(f"{program} has {landing_pads} landing pads for indirect branches, expected one a function")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    faults = faults_of(parser.parse_args().program)
    print("\n".join(faults) or "hardened as asked")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
