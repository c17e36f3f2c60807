#!/usr/bin/env python3
"""Clients that nobody wants, against a service of their own: each case says in a line what it saw, nothing of it may hang,
and what a client may cost is bounded.

    tests/hostile/bench.py --program build/release/kordon [CASE ...]
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import cost  # noqa: E402
import framing  # noqa: E402
import loader  # noqa: E402
import memory  # noqa: E402
from service import Service, settle  # noqa: E402

ANY_NAME = {"hosts": ["*"]}  # so that what is meant is tested, and not who is asked
MODULES = {"framing": framing, "memory": memory, "cost": cost, "loader": loader}


def judge(case, subject: Service | str) -> bool:
    """Of a case that starts its services itself the subject is the program."""
    begin = time.monotonic()
    try:
        fault = case(subject)
    except Exception as error:  # whatever it was, the case is not good, and the others are to be seen, too
        fault = f"{type(error).__name__}: {error}"
    if not fault and isinstance(subject, Service) and subject.process.poll() is not None:
        fault = f"the service ended with {subject.process.returncode}"
    print(f"{'bad ' if fault else 'good'} {case.__name__:24} {time.monotonic() - begin:5.1f} s  {fault}", flush=True)
    return not fault


def run(cases: list, program: str) -> int:
    """How many are good. One service for all that want no other settings: what one leaves behind, the next one meets."""
    good = 0
    common = [case for case in cases if not hasattr(case, "server") and not hasattr(case, "alone")]
    if common:
        with Service(program, ANY_NAME) as service:
            settle(service.process.pid)
            for case in common:
                good += judge(case, service)
                if service.process.poll() is not None:
                    return good
    for case in cases:
        if hasattr(case, "server"):
            with Service(program, ANY_NAME | case.server) as service:
                good += judge(case, service)
        if hasattr(case, "alone"):
            good += judge(case, program)
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("chosen", nargs="*", help="cases, or groups of them: " + ", ".join(MODULES))
    arguments = parser.parse_args()
    cases = [case for module in MODULES.values() for case in module.CASES]
    chosen = [case for name in arguments.chosen if name in MODULES for case in MODULES[name].CASES]
    chosen += [case for case in cases if case.__name__ in arguments.chosen]
    if arguments.chosen and not chosen:
        raise SystemExit(f"no such case: {', '.join(case.__name__ for case in cases)}")
    cases = chosen or cases
    good = run(cases, arguments.program)
    print(f"{good} of {len(cases)} cases are good")
    return 0 if good == len(cases) else 1


if __name__ == "__main__":
    sys.exit(main())
