#!/usr/bin/env python3
"""Objects whose compiler may fuse operations share no fused one: of what headers have inline (weak symbols) the linker
takes one object's code for all, and answers would differ by which: weak_symbols.py OBJECT..."""

import re
import subprocess
import sys

FUSED = re.compile(r"\svfn?m(add|sub)")


def output(*command: str) -> str:
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def fused_weak_symbols(path: str) -> list[str]:
    weak = {line.split()[-1] for line in output("nm", "--defined-only", path).splitlines() if " W " in line}
    found = set()
    name = ""
    for line in output("objdump", "-d", "--no-show-raw-insn", path).splitlines():
        head = re.match(r"[0-9a-f]+ <(.+)>:$", line)
        name = head.group(1) if head else name
        if name in weak and FUSED.search(line):
            found.add(name)
    return sorted(found)


def main() -> None:
    objects = [path for path in sys.argv[1:] if re.search(r"(prune|query_packet)\.cpp\.o$", path)]
    if len(objects) != 2:
        raise SystemExit(f"expected the two objects that may fuse operations, got {objects}")
    faults = [f"{path}: {name}" for path in objects for name in fused_weak_symbols(path)]
    if faults:
        raise SystemExit("fused operations that other objects may be given:\n" + "\n".join(faults))
    print("no fused operation is shared")


if __name__ == "__main__":
    main()
