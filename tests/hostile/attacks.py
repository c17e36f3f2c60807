"""Each attack of this bench as something that one connection does over and over, for hundreds of them at the same time."""

import collections
import contextlib
import functools
import json
import multiprocessing
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from cost import AT, FAR, keys, large_shapes
from framing import TO_THE_LETTER
from wire import Wire, chunk, chunked, get, post, rows

EVALUATE = "/v1/evaluate" + AT
HELD_S = 15  # how long an answer is not taken
PAUSE_S = 0.2
ADDRESSES = 50


@dataclass(frozen=True)
class Target:
    port: int
    source: str  # address that the attacker has
    end: float  # on the monotonic clock

    def wire(self, timeout_s: float = 10, receive_buffer: int | None = None) -> Wire:
        return Wire(self.port, timeout_s, receive_buffer, self.source)

    def wait(self, seconds: float):
        time.sleep(max(0.0, min(seconds, self.end - time.monotonic())))

    def ask(self, request: bytes, timeout_s: float = 20) -> int:
        with self.wire(timeout_s) as wire:
            wire.send(request)
            return wire.receive()[0]

    def ask_and_not_read(self, request: bytes) -> str:
        with self.wire(HELD_S, 4096) as wire:
            taken = wire.send(request)
            self.wait(HELD_S)
            return "held" if taken else "not taken"


def slow_reader(target: Target):
    return target.ask_and_not_read(get("/collections/regions/items"))


def dripping_reader(target: Target):
    with target.wire(receive_buffer=1024) as wire:
        wire.send(get("/openapi.json") * 30)
        for _ in range(60):
            wire.socket.recv(32)
            target.wait(0.25)
    return "held"


def dripping_head(target: Target):
    with target.wire() as wire:
        wire.send(b"GET /v1/evaluate?")
        for _ in range(30):
            wire.socket.sendall(b"x")
            target.wait(1)
    return "held"


def endless_trailer(target: Target):
    with target.wire() as wire:
        wire.send(chunked(target=EVALUATE + "&detail=full") + chunk(rows(200)) + random.choice([b"0\r\nX: ", b"1;x=", b'1;x="']))
        return "closed" if wire.send_what_fits(b"x" * (32 << 20), 3) < 32 << 20 else "taken"


def odd_framing(target: Target):
    return target.ask(random.choice(TO_THE_LETTER)[0], 5)


def send_first(target: Target):
    return target.ask(all_rows(), 120)


@functools.cache
def all_rows() -> bytes:
    return post(rows(400_000), "application/x-ndjson", EVALUATE)


@functools.cache
def whole_batch() -> bytes:
    return post(b"[" + b",".join(b'{"id":%d,"lon":37,"lat":50.6}' % i for i in range(9000)) + b"]")


def unread_batch(target: Target):
    return target.ask_and_not_read(whole_batch())


def endless_row(target: Target):
    with target.wire() as wire:
        wire.send(chunked() + b"3e8000\r\n" + b'{"x":"')
        sent = wire.send_what_fits(b"x" * 4_000_000, 5)
        target.wait(5)
    return "held" if sent == 4_000_000 else "not taken"


@functools.cache
def swelling_bodies() -> list[bytes]:
    named = b"".join(b"," + b"n" * 1000 for _ in range(900))
    texts = [(b"," * 1_000_000, b"1\n" * 2000), (b"," + b"n" * 1_000_000, b"9,9,1\n" * 2000), (b"," * 16_000, b"1\n" * 300_000),
             (named, (b"9,9" + b"," * 900 + b"\n") * 1000)]
    return [post(b"lon,lat" + head + b"\n" + body, "text/csv", EVALUATE) for head, body in texts]


def short_rows_become_long(target: Target):
    return target.ask_and_not_read(random.choice(swelling_bodies()))


def new_zone(target: Target):
    return target.ask(get(f"/collections/zones/items?depth_km={random.uniform(100, 999):.6f}&bbox=36,50,37,51"))


def zone_out_of_view(target: Target):
    return target.ask(get(f"/collections/zones/items?depth_km={random.uniform(100, 999):.6f}&bbox=0,0,0,0"))


def new_tile(target: Target):
    return target.ask(get(f"/collections/zones/tiles/WebMercatorQuad/6/21/38?depth_km={random.uniform(100, 999):.6f}"))


@functools.cache
def far_bodies() -> list[bytes]:
    return [post(b"[" + b",".join([FAR] * 10_000) + b"]", "application/json", EVALUATE),
            post((FAR + b"\n") * 10_000, "application/x-ndjson", EVALUATE)]


def far_batch(target: Target):
    return target.ask(random.choice(far_bodies()))


@functools.cache
def shapes() -> list[bytes]:
    return [post(shape, "application/geo+json-seq", EVALUATE) for shape in large_shapes()]


def large_shape(target: Target):
    return target.ask(random.choice(shapes()), 5)


def reference_systems(target: Target):
    codes = [random.randrange(2000, 4000) for _ in range(400)]
    body = b"x,y,crs\n" + b"".join(b"500000,5000000,EPSG:%d\n" % code for code in codes)
    whole = json.dumps([{"x": 5e5, "y": 5e6, "crs": code} for code in codes[:40]]).encode()
    return target.ask(random.choice([post(body, "text/csv", EVALUATE), post(whole, target=EVALUATE)]), 30)


@functools.cache
def many_keys_bodies() -> list[bytes]:
    links = json.dumps([{"position": "https://%08d/" % i} for i in range(10_000)]).encode()
    return [post(keys(100_000)), post(b"[" + keys(100_000) + b"]"), post(keys(100_000) + b"\n", "application/x-ndjson"),
            post(links, target=EVALUATE)]


def many_keys(target: Target):
    return target.ask(random.choice(many_keys_bodies()))


@functools.cache
def row_in_small_chunks() -> bytes:
    row = b'lon,lat,x\n37,50.6,"' + b"x" * 4_000_000 + b'"\n'
    return chunked("text/csv") + b"".join(chunk(row[at : at + 200]) for at in range(0, len(row), 200)) + b"0\r\n\r\n"


def long_row(target: Target):
    return target.ask(row_in_small_chunks(), 30)


# 500 connections.
ATTACKS: list[tuple[Callable, int]] = [
    (slow_reader, 90), (dripping_reader, 60), (dripping_head, 80), (endless_trailer, 20), (odd_framing, 20), (send_first, 8),
    (unread_batch, 40), (endless_row, 40), (short_rows_become_long, 20), (new_zone, 30), (zone_out_of_view, 10), (new_tile, 10),
    (far_batch, 20), (large_shape, 20), (reference_systems, 12), (many_keys, 15), (long_row, 5)]


def outcome_of(attack: Callable, target: Target) -> str:
    try:
        return str(attack(target))
    except TimeoutError:
        return "no answer yet"
    except (OSError, IndexError):
        return "closed"


def keep_at(attack: Callable, target: Target, outcomes: collections.Counter):
    while time.monotonic() < target.end:
        outcomes[outcome_of(attack, target)] += 1
        target.wait(PAUSE_S)


def attack_with(attack: Callable, targets: list[Target], result):
    """A process of one attack: a thread for each connection. At a low priority, for attackers have machines of their
    own."""
    os.nice(10)
    outcomes = collections.Counter()
    threads = [threading.Thread(target=keep_at, args=(attack, target, outcomes), daemon=True) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, targets[0].end - time.monotonic()) + 5)
    result.send(dict(outcomes))
    os._exit(0)


class Attackers:
    """All attacks at the same time until `seconds` are over."""

    def __init__(self, port: int, seconds: float):
        end = time.monotonic() + seconds
        targets = (Target(port, f"127.0.1.{1 + i % ADDRESSES}", end) for i in range(sum(count for _, count in ATTACKS)))
        context = multiprocessing.get_context("fork")
        self.running = []
        for attack, count in ATTACKS:
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=attack_with, args=(attack, [next(targets) for _ in range(count)], there))
            process.start()
            self.running.append((attack.__name__, process, here))

    def end(self) -> dict[str, dict[str, int]]:
        """How often each of them came to what, once they have all ended."""
        outcomes = {}
        for name, process, here in self.running:
            with contextlib.suppress(EOFError):
                outcomes[name] = here.recv() if here.poll(60) else {}
            process.kill()
            process.join()
        return outcomes
