"""`python -m kordon` is the program `kordon`."""

import os
import sys

from kordon import data


def main() -> None:
    program = os.fspath(data.program())
    os.environ.setdefault("PROJ_LIB", os.fspath(data.proj()))
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
