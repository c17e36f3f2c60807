"""Messages whose framing lies, does not end, or is legal and rare."""

import json
import time
from urllib.parse import quote

from service import Service
from wire import Wire, ask, chunk, chunked, get, parsed, post, rows, status_of

AT = "?at=2024-06-15T00:00:00Z"
MB = 1 << 20


def endless_trailer(service: Service) -> str:
    """A trailer that does not end is refused, and never held."""
    before = service.resident_bytes()
    for start in (b"0\r\nX: ", b"1;x=", b'1;x="'):
        for target in ("/v1/evaluate" + AT + "&detail=full", "/v1/evaluate" + AT):
            with Wire(service.port) as wire:
                wire.send(chunked(target=target) + chunk(rows(200)))
                wire.receive_until(b"\r\n\r\n")
                wire.send(start)
                wire.send_what_fits(b"x" * (32 * MB), 3)  # a closing server reads past what still comes, for 2 s
                begin = time.monotonic()
                wire.socket.settimeout(5)
                wire.receive_rest()
                if time.monotonic() - begin > 4:
                    return f"{start!r}: the connection did not end"
    growth = service.resident_bytes() - before
    return f"memory grew by {growth / MB:.0f} MB" if growth > 24 * MB else ""


def legal_trailer(service: Service) -> str:
    """A trailer of 3,000 bytes ends an answer as none does."""
    for target in ("/v1/evaluate" + AT + "&detail=full", "/v1/evaluate" + AT):
        begin = time.monotonic()
        body = chunk(rows(500)) + chunk(rows(500, 500)) + b"0\r\nDigest: " + b"x" * 3000 + b"\r\nY: z\r\n\r\n"
        status, _, answer = ask(service.port, chunked(target=target) + body + get("/livez"))
        if status != 200 or [row["id"] for row in parsed(answer)] != list(range(1000)):
            return f"status {status}, {len(answer)} bytes"
        if time.monotonic() - begin > 5:
            return f"took {time.monotonic() - begin:.1f} s"
    return ""


def long_extension(service: Service) -> str:
    """A chunk extension over the limit is refused however it comes."""
    for piece_bytes in (100_000, 1000):
        with Wire(service.port) as wire:
            body = chunk(rows(1), b";x=" + b"y" * 60_000) + b"0\r\n\r\n"
            request = chunked(content_type="application/json") + body
            for at in range(0, len(request), piece_bytes):
                wire.send(request[at : at + piece_bytes])
            try:
                status = wire.receive()[0]
            except ConnectionError:
                status = 0
            if status not in (400, 0):
                return f"status {status} in pieces of {piece_bytes}"
    return ""


# What is sent, and the status that RFC 9110, 9112 and 3986 give it.
TO_THE_LETTER = [
    (b"GET /livez HTTP/1.1\r\nHost: [\r\n\r\n", 400),
    (b"GET /livez HTTP/1.1\r\nHost: a:b:c\r\n\r\n", 400),
    (b"GET /livez HTTP/1.1\r\nHost: a%zz\r\n\r\n", 400),
    (b"GET /livez HTTP/1.1\r\nHost: a:99999999\r\n\r\n", 400),
    (b"GET /livez HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200),
    (b"GET http://a/livez HTTP/1.1\r\nHost: b\r\n\r\n", 200),
    (b"GET HTTP://a:80/livez?x HTTP/1.1\r\nHost: b\r\n\r\n", 200),
    (b"GET http://a:99999/livez HTTP/1.1\r\nHost: b\r\n\r\n", 400),
    (b"GET http://u@a/livez HTTP/1.1\r\nHost: b\r\n\r\n", 400),
    (b"GET /%6civez HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    (b"GET /%72eadyz HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    (b"GET /%256civez HTTP/1.1\r\nHost: a\r\n\r\n", 404),
    (b"GET livez HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET /livez HTTP/1.2\r\nHost: a\r\n\r\n", 200),
    (b"GET /livez HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    (b"GET /livez HTTP/0.9\r\nHost: a\r\n\r\n", 505),
    (chunked("application/json") + b"2\r\n[]\r\n0\r\n\n", 400),
    (chunked("application/json") + b'2;a="b\r\n[]\r\n0\r\n\r\n', 400),
    (chunked("application/json") + b"2\r\n[]\r\n0\r\nx: y\r\n z\r\n\r\n", 400),
    (chunked("application/json") + b'2;a="b"\r\n[]\r\n0;c\r\nx: y\r\n\r\n', 200),
]


def to_the_letter(service: Service) -> str:
    """Hosts, targets, versions and chunks are read as the RFCs have them."""
    wrong = []
    for request, expected in TO_THE_LETTER:
        try:
            status = status_of(service.port, request, timeout_s=2)
        except TimeoutError:
            status = -1
        if status != expected:
            wrong.append(f"{request[:70]!r}: {status} instead of {expected}")
    return "; ".join(wrong)


def authority_wins(service: Service) -> str:
    """Links are made with the host of an absolute target, not with the Host field (RFC 9112, 3.2.2)."""
    request = b"GET http://right.example/collections HTTP/1.1\r\nHost: wrong.example\r\n\r\n"
    status, _, body = ask(service.port, request)
    good = status == 200 and b"http://right.example/collections" in body and b"wrong.example" not in body
    return "" if good else f"status {status}: {body[:100]!r}"


def zone_names(service: Service) -> str:
    """Names of time zones that are paths: refused by the field's name, by GET, in rows and for a whole batch."""
    row = '{"lon":37,"lat":50.6,"at":"2024-06-15T00:00:00","at_zone":%s}'
    for zone in ("Europe", "Europe/", "../etc/passwd", "/etc/passwd", "/usr/share/zoneinfo/UTC", "posix/../UTC", "x" * 5000, "\x00"):
        quoted = quote(zone, safe="")
        place = "&lon=37&lat=50.6&at=2024-06-15T00:00:00"
        body = row.replace("%s", json.dumps(zone)).encode()
        requests = [get(f"/v1/evaluate?at_zone={quoted}{place}"), post(body, "application/json", "/v1/evaluate"),
                    post(b"lon,lat,at\n37,50.6,2024-06-15T00:00:00\n", "text/csv", f"/v1/evaluate?at_zone={quoted}")]
        for request in requests:
            status, _, answer = ask(service.port, request)
            if status != 400 or b'"at_zone"' not in answer or b"root:" in answer:
                return f"{zone[:30]!r}: {status} {answer[:300]!r}"
    return ""


CASES = [zone_names, endless_trailer, legal_trailer, long_extension, to_the_letter, authority_wins]
