"""Clients that do not take what they asked for, or take it late."""

import contextlib
import socket
import threading
import time

from service import Service
from wire import Wire, ask, chunk, chunked, get, parsed, post, rows, status_of

AT = "?at=2024-06-15T00:00:00Z"
MB = 1 << 20


class Peak(threading.Thread):
    """The most resident memory of a service while it is looked at, and the slowest /livez."""

    def __init__(self, service: Service):
        super().__init__(daemon=True)
        self.service, self.most_bytes, self.slowest_s, self.failed, self.ended = service, 0, 0.0, 0, False
        self.start()

    def run(self):
        while not self.ended:
            begin = time.monotonic()
            try:
                self.failed += status_of(self.service.port, get("/livez", "Connection: close\r\n")) != 200
            except OSError:
                self.failed += 1
            self.slowest_s = max(self.slowest_s, time.monotonic() - begin)
            self.most_bytes = max(self.most_bytes, self.service.resident_bytes())
            time.sleep(0.05)

    def end(self) -> "Peak":
        self.ended = True
        self.join()
        return self


def fault_of(peak: Peak, before: int) -> str:
    growth = peak.most_bytes - before
    if peak.failed or peak.slowest_s > 2 or growth > 350 * MB:
        return f"/livez failed {peak.failed} times, {peak.slowest_s:.1f} s at most; memory grew by {growth / MB:.0f} MB"
    return ""


def slow_readers(service: Service) -> str:
    """250 clients that ask for all regions and do not read."""
    before = service.resident_bytes()
    peak = Peak(service)
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(service.port, receive_buffer=4096)) for _ in range(250)]
        for wire in wires:
            wire.send(get("/collections/regions/items"))
        time.sleep(8)
        good = status_of(service.port, get("/v1/evaluate" + AT + "&lon=37&lat=50.6"))
        status, fields, body = wires[0].receive()
        same = wires[1].receive()
    peak.end()
    growth = peak.most_bytes - before
    if peak.failed or peak.slowest_s > 2:
        return f"/livez failed {peak.failed} times, took {peak.slowest_s:.1f} s at most"
    if growth > 300 * MB:
        return f"memory grew by {growth / MB:.0f} MB"
    if good != 200 or status != 200 or len(body) != int(fields["content-length"]) or same[2] != body:
        return f"good request {good}, slow reader {status}, {len(body)} bytes"
    return ""


def dripping_readers(service: Service) -> str:
    """Clients that pipeline large answers and read some bytes now and then (slowhttptest -X)."""
    before = service.resident_bytes()
    peak = Peak(service)
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(service.port, receive_buffer=1024)) for _ in range(200)]
        for wire in wires:
            wire.send(get("/openapi.json") * 30)
        for _ in range(20):
            for wire in wires:
                with contextlib.suppress(OSError):
                    wire.socket.recv(32)
            time.sleep(0.2)
    peak.end()
    growth = peak.most_bytes - before
    if peak.failed or growth > 200 * MB:
        return f"/livez failed {peak.failed} times, memory grew by {growth / MB:.0f} MB"
    return ""


def send_first(service: Service, rows_count: int = 400_000) -> str:
    """A client that sends all before it reads, as requests, urllib, httpx and Java's HttpClient do."""
    before = service.resident_bytes()
    peak = Peak(service)
    body = rows(rows_count)
    with Wire(service.port, timeout_s=120) as wire:
        if not wire.send(post(body, "application/x-ndjson", "/v1/evaluate" + AT)):
            return "the body was not taken"
        status, _, answer = wire.receive()
    peak.end()
    ids = [row["id"] for row in parsed(answer)]
    if status != 200 or ids != list(range(rows_count)):
        return f"status {status}, {len(ids)} of {rows_count} rows"
    growth = peak.most_bytes - before
    if growth > 64 * MB or peak.failed:
        return f"memory grew by {growth / MB:.0f} MB; /livez failed {peak.failed} times"
    held = service.metric('kordon_held_bytes{kind="spooled"}')
    return f"{held:.0f} bytes are still on disk" if held else ""


def past_the_spool(service: Service) -> str:
    """Where answers that nobody reads are past their bound, the client is told at once, and the log says why."""
    body = rows(200_000)
    begin = time.monotonic()
    with Wire(service.port, timeout_s=30) as wire:
        wire.send(post(body, "application/x-ndjson", "/v1/evaluate" + AT))
        with contextlib.suppress(OSError):
            wire.receive_rest()
    took_s = time.monotonic() - begin
    if took_s > 12:
        return f"it took {took_s:.1f} s"
    time.sleep(1.5)
    log = (service.folder / "log").read_text()
    return "" if '"cut_off":"answer_not_read"' in log else f"the log does not say why: {log[-300:]}"


past_the_spool.server = {"limits": {"stream_spool_bytes": 4_000_000}}


def many_answers_held(service: Service) -> str:
    """Large batches whose answers nobody reads: past the bound a 503, and small requests are answered on."""
    batch = b"[" + b",".join(b'{"id":%d,"lon":37,"lat":50.6}' % i for i in range(9000)) + b"]"
    before = service.resident_bytes()
    peak = Peak(service)
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(service.port, receive_buffer=4096)) for _ in range(40)]
        for wire in wires:
            threading.Thread(target=wire.send, args=(post(batch, target="/v1/evaluate"),), daemon=True).start()
        time.sleep(12)
    peak.end()
    return fault_of(peak, before)


def endless_rows(service: Service) -> str:
    """Rows that do not end, on as many streams as there may be."""
    before = service.resident_bytes()
    peak = Peak(service)
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(service.port)) for _ in range(60)]
        for wire in wires:
            wire.send(chunked() + b"3e8000\r\n" + b'{"x":"')
        for wire in wires:
            wire.send_what_fits(b"x" * (4_000_000), 2)
        time.sleep(1)
    peak.end()
    growth = peak.most_bytes - before
    if peak.failed or growth > 260 * MB:
        return f"/livez failed {peak.failed} times; memory grew by {growth / MB:.0f} MB"
    return ""


def short_rows_become_long(service: Service) -> str:
    """A megabyte each whose answers have thousands of times as many bytes: very many columns, long names, in streams that
    nobody reads and as uploads."""
    def csv(header: bytes, row: bytes, count: int) -> bytes:
        return b"lon,lat" + header + b"\n" + row * count

    def upload(content: bytes) -> bytes:
        return (b'--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + content + b"\r\n--xx--\r\n")

    named = b"".join(b"," + b"n" * 1000 for _ in range(900))
    bodies = [csv(b"," * 1_000_000, b"1\n", 2000), csv(b"," + b"n" * 1_000_000, b"9,9,1\n", 2000),
              csv(b"," * 16_000, b"1\n", 300_000), csv(named, b"9,9" + b"," * 900 + b"\n", 1000)]
    before = service.resident_bytes()
    peak = Peak(service)
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(service.port, receive_buffer=4096)) for _ in range(3 * len(bodies))]
        for i, wire in enumerate(wires):
            body, stream = bodies[i % len(bodies)], i < 2 * len(bodies)
            kind = "text/csv" if stream else "multipart/form-data; boundary=xx"
            request = post(body if stream else upload(body[: 9 << 20]), kind, "/v1/evaluate" + AT)
            request = request.replace(b"\r\n\r\n", b"\r\nAccept: application/x-ndjson\r\n\r\n", 1) if i % 2 else request
            threading.Thread(target=wire.send, args=(request,), daemon=True).start()
        time.sleep(8)
    peak.end()
    return fault_of(peak, before)


LARGE_BYTES = 16 * 1024  # what is counted
ROUTES = ["/", "/docs", "/openapi.json", "/conformance", "/livez", "/readyz", "/v1/limits", "/v1/policies", "/v1/evaluate",
          "/v1/policies/us-kharkiv-2024", "/collections", "/collections/regions", "/collections/zones", "/collections/borders",
          "/collections/borders/items?limit=1", "/collections/regions/items/UA-63", "/collections/regions/items?limit=1",
          "/collections/regions/tiles/WebMercatorQuad", "/collections/regions/tiles/WebMercatorQuad/1/0/1"]


def operators_see_in(service: Service) -> str:
    """/metrics is told, whole, while as much is held as may be."""
    batch = b"[" + b",".join(b'{"id":%d,"lon":37,"lat":50.6}' % i for i in range(9000)) + b"]"
    for path in ROUTES:  # each has its figures there, so that it is no small answer
        ask(service.port, get(path))
    full = 0
    with contextlib.ExitStack() as stack:
        for _ in range(12):
            wire = stack.enter_context(Wire(service.port, receive_buffer=4096))
            wire.send(post(batch, target="/v1/evaluate"))
        for _ in range(40):
            status, _, body = ask(service.port, get("/metrics"))
            if status != 200 or len(body) < LARGE_BYTES:
                return f"status {status}, {len(body)} bytes"
            full += status_of(service.port, post(batch, target="/v1/evaluate")) == 503
            time.sleep(0.05)
    return "" if full else "never was as much held as may be"


operators_see_in.server = {"limits": {"held_bytes": 1_000_000}}


CASES = [operators_see_in, slow_readers, dripping_readers, send_first, past_the_spool, many_answers_held, endless_rows,
         short_rows_become_long]
