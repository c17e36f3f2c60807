"""Requests of few bytes that would take long, and bytes whose cost must not grow faster than they do."""

import contextlib
import json
import threading
import time

from memory import Peak
from service import Service
from wire import Wire, ask, chunk, chunked, get, parsed, post, rows, status_of

AT = "?at=2024-06-15T00:00:00Z"
FAR = b'{"lon":1,"lat":1}'


def processor_s(service: Service) -> float:
    """What the service has used so far."""
    from pathlib import Path

    fields = Path(f"/proc/{service.process.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def processor_s_of(service: Service, request: bytes, timeout_s: float = 60) -> float:
    begin = processor_s(service)
    ask(service.port, request, timeout_s)
    return processor_s(service) - begin


def zone_out_of_view(service: Service) -> str:
    """A zone that the box misses is not made, whatever its parameter."""
    begin = time.monotonic()
    for tenths in range(9990, 9999):
        status, _, body = ask(service.port, get(f"/collections/zones/items?bbox=0,0,0,0&depth_km={tenths / 10}"))
        if status != 200 or b'"counter-fire"' in body:
            return f"status {status}: {body[:100]!r}"
    took_s = time.monotonic() - begin
    return f"nine took {took_s:.1f} s" if took_s > 1 else ""


def zones_beside_others(service: Service) -> str:
    """Zones that are made anew each time do not stop others, and past a bound they are refused with Retry-After."""
    peak = Peak(service)
    statuses = []

    def one(depth_km: float):
        status, fields, _ = ask(service.port, get(f"/collections/zones/items?depth_km={depth_km}&bbox=36,50,37,51"), 60)
        statuses.append((status, "retry-after" in fields))

    threads = [threading.Thread(target=one, args=(900 + i / 7,)) for i in range(32)]
    for thread in threads:
        thread.start()
    slowest_s = 0.0
    while any(thread.is_alive() for thread in threads):
        begin = time.monotonic()
        status = status_of(service.port, get("/v1/evaluate" + AT + "&lon=37&lat=50.6"))
        slowest_s = max(slowest_s, time.monotonic() - begin)
        if status != 200:
            return f"a good request got {status}"
        time.sleep(0.05)
    peak.end()
    wrong = [status for status in statuses if status not in ((200, False), (503, True))]
    if wrong or len(statuses) != len(threads):
        return f"answers {wrong}"
    if slowest_s > 1 or peak.slowest_s > 1:
        return f"others waited {slowest_s:.1f} s, /livez {peak.slowest_s:.1f} s"
    return ""


def far_batch(service: Service) -> str:
    """10,000 positions far from every line, as a batch and as a stream, do not stop others."""
    bodies = [(b"[" + b",".join([FAR] * 10_000) + b"]", "application/json"),
              ((FAR + b"\n") * 10_000, "application/x-ndjson")]
    for body, content_type in bodies:
        peak = Peak(service)
        threads = [threading.Thread(target=status_of, args=(service.port, post(body, content_type, "/v1/evaluate"), 120))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        peak.end()
        if peak.slowest_s > 1 or peak.failed:
            return f"{content_type}: /livez took {peak.slowest_s:.1f} s"
    return ""


def feature(kind: str, coordinates: list, **properties: object) -> bytes:
    geometry = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "Feature", "geometry": geometry, "properties": properties}).encode() + b"\n"


def large_shapes() -> list[bytes]:
    """Shapes that take far more time than their bytes say: far from every line, wide, with edges of many pieces, of edges
    that all overlap, with crossings that stay open for many fixes."""
    world = feature("Polygon", [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]])
    discs = b"".join(feature("Point", [36 + i / 100, 50.3], disc_radius_m=100_000) for i in range(200))
    long_edges = [[(-170 if i % 2 else 170) + i / 100, 80 + i / 200] for i in range(1000)]
    geodesic = feature("Polygon", [[*long_edges, long_edges[0]]], edges="geodesic")
    teeth = [corner for i in range(3000) for corner in ([36 + i * 1e-6, 50], [37 + i * 1e-6, 51], [37 + i * 1e-6 + 5e-7, 51])]
    comb = feature("Polygon", [[*teeth, [38, 49.9], teeth[0]]])
    zigzag = [[36.43341 + (6e-4 if i % 2 else -6e-4), 50.33077 + (1e-3 if i % 2 else -1e-3)] for i in range(1000)]
    times = [f"2024-06-15T00:{i // 60:02}:{i % 60:02}Z" for i in range(1000)]
    return [world, discs, geodesic, comb, feature("LineString", zigzag, coordTimes=times, accuracies_m=[3000] * 1000)]


def leave_after(service: Service, request: bytes, seconds: float) -> None:
    with contextlib.suppress(OSError):
        ask(service.port, request, seconds)


def slowest_beside(service: Service, requests: list[bytes], stays_s: float, pause_s: float) -> float:
    """The longest that a good request took, asked again and again, while clients that leave after `stays_s` have these
    answered; without end if one got no good answer."""
    good = get("/v1/evaluate" + AT + "&lon=37&lat=50.6")
    threads = [threading.Thread(target=leave_after, args=(service, request, stays_s)) for request in requests]
    for thread in threads:
        thread.start()
    slowest_s = 0.0
    while any(thread.is_alive() for thread in threads):
        begin = time.monotonic()
        good_answer = status_of(service.port, good) == 200
        slowest_s = max(slowest_s, time.monotonic() - begin if good_answer else float("inf"))
        time.sleep(pause_s)
    return slowest_s


def shapes_beside_others(service: Service) -> str:
    """Lines and areas, streamed and in whole bodies, do not stop others, and end when their clients leave."""
    for shape in large_shapes():
        whole = b'{"type":"FeatureCollection","features":[' + b",".join(shape.splitlines()) + b"]}"
        for body, content_type in ((shape, "application/geo+json-seq"), (whole, "application/geo+json")):
            peak = Peak(service)
            request = post(body, content_type, "/v1/evaluate" + AT)
            slowest_s = slowest_beside(service, [request] * 4, stays_s=3, pause_s=0.05)
            peak.end()
            if slowest_s > 1 or peak.slowest_s > 1 or peak.failed:
                return f"{body[:80]!r}: others waited {slowest_s:.1f} s, /livez {peak.slowest_s:.1f} s"
    time.sleep(5)
    begin = processor_s(service)
    time.sleep(1)
    used_s = processor_s(service) - begin
    return f"no one waits, and {used_s:.1f} s of a second are used" if used_s > 0.5 else ""


def beside_others(service: Service, bodies: list[bytes], content_type: str) -> str:
    """Whether other clients wait while some bodies are answered."""
    requests = [post(body, content_type, "/v1/evaluate" + AT) for body in bodies]
    slowest_s = slowest_beside(service, requests, stays_s=20, pause_s=0.01)
    return f"others waited {slowest_s:.1f} s" if slowest_s > 0.5 else ""


def reference_systems(service: Service) -> str:
    """Rows of one reference system without a datum shift, and of hundreds of systems, streamed and in small whole bodies."""
    same = b"x,y,crs\n" + b"500000,5000000,EPSG:2294\n" * 1000
    begin = time.monotonic()
    if fault := beside_others(service, [same] * 2, "text/csv"):
        return f"one system: {fault}"
    if (took_s := time.monotonic() - begin) > 5:
        return f"one system took {took_s:.1f} s"
    codes = list(range(2000, 2400))
    turned = [codes[at:] + codes[:at] for at in range(0, 400, 100)]
    many = [b"x,y,crs\n" + b"".join(b"500000,5000000,EPSG:%d\n" % code for code in some) for some in turned]
    if fault := beside_others(service, many, "text/csv"):
        return f"many systems: {fault}"
    whole = [json.dumps([{"x": 5e5, "y": 5e6, "crs": code} for code in some[:40]]).encode() for some in turned]
    fault = beside_others(service, whole, "application/json")
    return f"whole bodies: {fault}" if fault else ""


def links(service: Service) -> str:
    """10,000 links of a whole body that name no place take little time."""
    body = json.dumps([{"position": "https://%08d/" % i} for i in range(10_000)]).encode()
    used_s = processor_s_of(service, post(body, target="/v1/evaluate" + AT))
    return f"{used_s:.1f} s were used" if used_s > 3 else ""


def keys(count: int) -> bytes:
    return b'{"lon":37,"lat":50.6,' + b",".join(b'"k%d":%d' % (i, i) for i in range(count)) + b"}"


def growing(service: Service, make, sizes: list[int], most_ns_a_byte: float) -> str:
    """Whether the processor time of a request is in proportion to its bytes."""
    for size in sizes:
        request = make(size)
        took_s = min(processor_s_of(service, request) for _ in range(2))
        if took_s > 0.1 + most_ns_a_byte * len(request) / 1e9:
            return f"{len(request)} bytes took {took_s:.2f} s"
    return ""


def many_keys(service: Service) -> str:
    """Objects with very many keys, alone, in a batch, and as a row."""
    for make in (lambda n: post(keys(n)), lambda n: post(b"[" + keys(n) + b"]"),
                 lambda n: post(b'{"items":[{"lon":1,"lat":50}],' + keys(n)[1:]),
                 lambda n: post(keys(n) + b"\n", "application/x-ndjson"),
                 lambda n: post(b'{"lon":37,"lat":50.6,"parameters":' + keys(n) + b"}")):
        if fault := growing(service, make, [1000, 10_000, 100_000], 400):
            return fault
    return ""


def long_rows(service: Service) -> str:
    """A row of 4 MB, in one piece and in small chunks, quoted and not, in each format."""
    def in_chunks(content_type: str, body: bytes, size: int) -> bytes:
        return chunked(content_type) + b"".join(
            chunk(body[at : at + size]) for at in range(0, len(body), size)) + b"0\r\n\r\n"

    texts = [("application/x-ndjson", lambda n: b'{"lon":37,"lat":50.6,"x":"' + b"x" * n + b'"}\n'),
             ("text/csv", lambda n: b'lon,lat,x\n37,50.6,"' + b"x" * n + b'"\n'),
             ("text/csv", lambda n: b'lon,lat,x\n37,50.6,' + b"x" * n + b'\n'),
             ("application/geo+json-seq", lambda n: b'\x1e{"type":"Feature","geometry":{"type":"Point","coordinates":'
              b'[37,50.6]},"properties":{"x":"' + b"x" * n + b'"}}\n')]
    for content_type, make in texts:
        for pieces in (200, 60_000):
            fault = growing(service, lambda n: in_chunks(content_type, make(n), pieces), [100_000, 4_000_000], 150)
            if fault:
                return f"{content_type} in pieces of {pieces}: {fault}"
    return ""


# Of few bytes, and of each kind that asks for much: detail, shapes and tiles never made before, reference systems, far places.
SMALL = [get(target) for target in (
    "/v1/evaluate" + AT + "&lon=37&lat=50.6&detail=full&regions=*&nearest=100&near_km=20000", "/v1/evaluate?lon=-150&lat=-60",
    "/v1/evaluate" + AT + "&x=500000&y=5000000&crs=EPSG:2294", "/v1/evaluate" + AT + "&x=7400000&y=5600000&crs=28407",
    "/v1/evaluate" + AT + "&position=38UNB1234567890", "/v1/evaluate" + AT + "&lon=37&lat=50.6&depth_km=77.7&accuracy_m=900000",
    "/collections/zones/items?depth_km=612.3", "/collections/zones/items?depth_km=612.4&bbox=36,50,37,51",
    "/collections/regions/items?max-allowable-offset=0.0123", "/collections/regions/items?bbox=-180,-90,180,90&limit=10000",
    "/collections/regions/items?clip-box=30,45,60,70&max-allowable-offset=0.00001", "/collections/borders/items",
    "/collections/regions/items/RU", "/collections/regions/tiles/WebMercatorQuad/3/2/5",
    "/collections/zones/tiles/WebMercatorQuad/5/10/19?depth_km=333.3", "/collections", "/openapi.json", "/v1/policies", "/metrics")]
SMALL += [post(body, kind, "/v1/evaluate" + AT) for kind, body in (
    ("application/json", b"[" + b",".join([FAR] * 50) + b"]"), ("application/x-ndjson", (FAR + b"\n") * 50),
    ("application/json", json.dumps([{"x": 5e5, "y": 5e6, "crs": 2000 + 7 * i} for i in range(20)]).encode()),
    ("text/csv", b"x,y,crs\n" + b"".join(b"5e5,5e6,EPSG:%d\n" % (2005 + 7 * i) for i in range(40))),
    ("application/geo+json-seq", feature("Polygon", [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]])),
    ("application/geo+json-seq", feature("Point", [36, 50.3], disc_radius_m=100_000) * 5),
    ("application/geo+json", feature("LineString", [[-179, 10], [179, 80], [-170, -80], [20, 50]], edges="geodesic")),
    ("text/csv", b"lon,lat" + b"," * 900 + b"\n1\n"), ("application/json", b"[" * 900))]
MOST_WORKER_MS = 50


def worker_ms(service: Service) -> float:
    """Processor time of the workers: of all threads those that have the priority of the first."""
    from pathlib import Path

    tasks = {task.name: task for task in Path(f"/proc/{service.process.pid}/task").iterdir()}
    niceness = {name: (task / "stat").read_text().rpartition(") ")[2].split()[16] for name, task in tasks.items()}
    first = niceness[str(service.process.pid)]
    return sum(int((task / "schedstat").read_text().split()[0]) for name, task in tasks.items() if niceness[name] == first) / 1e6


def small_requests(service: Service) -> str:
    """No request under 1 kB takes more of a worker than it may."""
    slow = []
    for request in SMALL:
        begin = worker_ms(service)
        ask(service.port, request, 60)
        took_ms = worker_ms(service) - begin
        if took_ms > MOST_WORKER_MS:
            slow.append(f"{request[:120]!r} took {took_ms:.0f} ms of a worker")
    return "; ".join(slow)


CASES = [small_requests, zone_out_of_view, zones_beside_others, far_batch, shapes_beside_others, reference_systems, links,
         many_keys, long_rows]
