"""Answers as text that two runs can be compared by: what changes with the clock, the port or the folder is masked."""

import gzip
import hashlib
import re

WHOLE_BYTES = 24_000
PIECE_BYTES = 100_000
DROPPED = {"date", "x-request-id", "traceparent", "keep-alive", "connection"}
SEPARATOR = "\n=== "


def masked(text: str, port: int, folder: str, today: str) -> str:
    text = text.replace(f"127.0.0.1:{port}", "HOST").replace(folder, "FOLDER")
    text = re.sub(rf"{today}T\d\d:\d\d:\d\d(\.\d+)?Z", "NOW", text)
    text = re.sub(r'("request_id": ?)"[^"]*"', r'\1"ID"', text)
    text = re.sub(r"kordon \d+\.\d+\.\d+", "kordon VERSION", text)
    return re.sub(r"\d[\d.,]*( million)? (rows/s|s\b|ms\b|rows a second|a second)", "SOME TIME", text)


def shown(body: bytes, mask) -> str:
    """The body where it is short and text, else its beginning and a hash of each piece, so that a difference has a place."""
    if body[:2] == b"\x1f\x8b":
        body = b"(gzip) " + gzip.decompress(body)
    try:
        text = mask(body.decode())
    except UnicodeDecodeError:
        return f"(binary) {len(body)} bytes {hashlib.sha256(body).hexdigest()}"
    if len(text) <= WHOLE_BYTES:
        return text
    pieces = [text[at : at + PIECE_BYTES] for at in range(0, len(text), PIECE_BYTES)]
    hashes = [f"(characters {index * PIECE_BYTES} and on) {hashlib.sha256(piece.encode()).hexdigest()}" for index, piece in enumerate(pieces)]
    return "\n".join([text[:2000], f"(of {len(text)} characters)", *hashes])


def header_lines(fields: list[tuple[str, str]]) -> list[str]:
    return sorted(f"{name.lower()}: {value}" for name, value in fields if name.lower() not in DROPPED)


def write(path: str, answers: list[tuple[str, str]]):
    with open(path, "w", newline="") as out:
        out.writelines(f"{SEPARATOR}{name}\n{answer}" for name, answer in answers)


def read(path: str) -> dict[str, str]:
    """Answers by case; a case that is asked twice has its second answer under a name of its own."""
    found = {}
    with open(path, newline="") as text:
        for part in text.read().split(SEPARATOR)[1:]:
            name, _, answer = part.partition("\n")
            count = 2
            key = name
            while key in found:
                key = f"{name} ({count})"
                count += 1
            found[key] = answer
    return found
