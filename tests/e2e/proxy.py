#!/usr/bin/env python3
"""What must not cost a request behind a proxy: copies that are replaced one after the other, and copies that are killed.

proxy.py replace|kill --program build/release/kordon --load build/release/load [--count N] [--rate R]
`replace`: each copy in turn is asked to stop and another takes its place, N times over. Nothing may be lost.
`kill`: SIGKILL, N times. With the proxy's retries nothing may be lost; without them only what the copy had in hand: requests
that it had taken and not answered. Prints figures; exit 1 if a promise is broken."""

import argparse
import signal
import ssl
import sys
import time
import urllib.request

from proxied import Copy, Proxied
from service import Load

CONNECTIONS = 32


def replace(given) -> list[str]:
    with Proxied(given.program) as service:
        found = tls_problems(service)
        load = Load(given.load, service.port, given.rate, 3600, CONNECTIONS)
        began = time.monotonic()
        for _ in range(given.count):
            for copy in service.copies:
                found += status_problems(copy.end(signal.SIGTERM))
                copy.start()
                service.wait_until_used(copy)
        seconds = time.monotonic() - began
        result, again = load.end(), service.total("retry_warnings")
    print(f"{given.count} rolling replacements in {seconds:.1f} s at {result['answered'] / seconds:.0f}/s, "
          f"{again} asked again: {result}")
    return found + problems(result, 0)


def kill(given) -> list[str]:
    result, errors, _ = killed(given, None)
    print(f"{given.count} killed with {errors} requests in hand, which were asked again: {result}")
    found = problems(result, 0)
    result, _, in_hand = killed(given, "conn-failure")
    print(f"{given.count} killed with {in_hand} requests in hand, which were not: {result}")
    return found + problems(result, in_hand)


def killed(given, retry_on: str | None) -> tuple[dict, int, int]:
    """The load's result, the copies' errors, and how many requests they were given for good and did not answer."""
    with Proxied(given.program, retry_on) as service:
        load = Load(given.load, service.port, given.rate, 3600, CONNECTIONS)
        for number in range(given.count):
            copy: Copy = service.copies[number % 2]
            time.sleep(0.5)
            copy.end(signal.SIGKILL)
            time.sleep(0.5)
            copy.start()
            service.wait_until_used(copy)
        return load.end(), service.total("response_errors"), service.unanswered()


def tls_problems(service: Proxied) -> list[str]:
    own_certificate = ssl._create_unverified_context()
    url = f"https://127.0.0.1:{service.tls_port}/v1/limits"
    with urllib.request.urlopen(url, timeout=10, context=own_certificate) as answer:
        return [] if answer.status == 200 else [f"HTTPS answers {answer.status}"]


def status_problems(status: int) -> list[str]:
    return [] if status == 0 else [f"a copy ended with status {status}"]


def problems(result: dict, most_lost: int) -> list[str]:
    """The proxy answers 502 for what a copy lost."""
    lost = result["wrong"] + result["lost"]
    found = [f"{lost} requests were lost, at most {most_lost} may be"] if lost > most_lost else []
    return found + ([] if result["answered"] else ["nothing was answered"])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("what", choices=["replace", "kill"])
    options.add_argument("--program", required=True)
    options.add_argument("--load", required=True)
    options.add_argument("--count", type=int, default=5)
    options.add_argument("--rate", type=float, default=2000)
    given = options.parse_args()
    found = {"replace": replace, "kill": kill}[given.what](given)
    print("\n".join(found) or "good")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
