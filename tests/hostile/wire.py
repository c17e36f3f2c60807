"""Sockets that say exactly what they are told to, for clients that no library would write."""

import json
import re
import socket
import time


class Wire:
    def __init__(self, port: int, timeout_s: float = 10, receive_buffer: int | None = None, source: str = "127.0.0.1"):
        self.socket = socket.socket()
        self.socket.bind((source, 0))
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout_s)
        self.socket.connect(("127.0.0.1", port))
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data: bytes) -> bool:
        """False where the server takes no more."""
        try:
            self.socket.sendall(data)
            return True
        except (ConnectionError, TimeoutError):
            return False

    def send_what_fits(self, data: bytes, seconds: float) -> int:
        """How many bytes the server and the sockets between took in that time; a reset ends it."""
        self.socket.settimeout(0.2)
        sent, end = 0, time.monotonic() + seconds
        while sent < len(data) and time.monotonic() < end:
            try:
                sent += self.socket.send(data[sent : sent + 65536])
            except TimeoutError:
                continue
            except ConnectionError:
                break
        self.socket.settimeout(10)
        return sent

    def receive_rest(self) -> bytes:
        """All that comes until the server closes or resets."""
        parts = [self.rest]
        try:
            while part := self.socket.recv(1 << 16):
                parts.append(part)
        except ConnectionError:
            pass
        self.rest = b""
        return b"".join(parts)

    def receive_until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            part = self.socket.recv(1 << 16)
            if not part:
                raise ConnectionError(f"closed before {mark!r}: {self.rest[-200:]!r}")
            self.rest += part
        end = self.rest.index(mark) + len(mark)
        answer, self.rest = self.rest[:end], self.rest[end:]
        return answer

    def receive(self) -> tuple[int, dict[str, str], bytes]:
        """Status, fields by lower-case name, and body of one answer, counted or chunked."""
        head = self.receive_until(b"\r\n\r\n").decode("latin-1")
        status = int(head.split()[1])
        fields = {name.lower(): value for name, value in re.findall(r"^([^:\r\n]+): ([^\r\n]*)", head, re.M)}
        parts = []
        if "content-length" in fields:
            parts.append(self.receive_bytes(int(fields["content-length"])))
        elif fields.get("transfer-encoding") == "chunked":
            while size := int(self.receive_until(b"\r\n"), 16):
                parts.append(self.receive_bytes(size + 2)[:size])
            self.receive_until(b"\r\n")
        return status, fields, b"".join(parts)

    def receive_bytes(self, size: int) -> bytes:
        parts, got = [self.rest], len(self.rest)
        while got < size:
            part = self.socket.recv(1 << 16)
            if not part:
                raise ConnectionError("cut off")
            parts.append(part)
            got += len(part)
        all_bytes = b"".join(parts)
        self.rest = all_bytes[size:]
        return all_bytes[:size]


def ask(port: int, request: bytes, timeout_s: float = 10) -> tuple[int, dict[str, str], bytes]:
    with Wire(port, timeout_s) as wire:
        wire.send(request)
        return wire.receive()


def status_of(port: int, request: bytes, timeout_s: float = 10) -> int:
    """0 where the server closes without a word."""
    try:
        return ask(port, request, timeout_s)[0]
    except (ConnectionError, IndexError):
        return 0


def get(target: str, fields: str = "") -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: t\r\n{fields}\r\n".encode()


def post(body: bytes, content_type: str = "application/json", target: str = "/v1/evaluate", fields: str = "") -> bytes:
    head = f"POST {target} HTTP/1.1\r\nHost: t\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{fields}\r\n"
    return head.encode() + body


def chunked(content_type: str = "application/x-ndjson", target: str = "/v1/evaluate", fields: str = "") -> bytes:
    """A head whose body comes in chunks."""
    head = f"POST {target} HTTP/1.1\r\nHost: t\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n{fields}\r\n"
    return head.encode()


def chunk(data: bytes, extension: bytes = b"") -> bytes:
    return b"%x%s\r\n%s\r\n" % (len(data), extension, data)


def rows(count: int, first: int = 0) -> bytes:
    return b"".join(b'{"id":%d,"lon":37.%04d,"lat":50.6}\n' % (i, i % 10000) for i in range(first, first + count))


def parsed(body: bytes) -> list[dict]:
    return [json.loads(line) for line in body.splitlines()]
