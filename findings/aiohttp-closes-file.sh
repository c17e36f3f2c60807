#!/bin/sh
# aiohttp 3.14.5 (and 3.12.15): `session.post(url, data=open(file, "rb"))` closes the file as soon as the answer's header is there,
# the upload then ends with "read of closed file", which nobody is told, and both sides wait for each other until a timeout. A server
# that answers while it reads, as HTTP allows, gets a part of the body and aiohttp a part of the answer. Kordon therefore
# begins its answer to aiohttp when the whole body is there.
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q aiohttp==3.14.5
cat >"$folder/run.py" <<'END'
import asyncio
import sys

import aiohttp

SIZE = 20_000_000
arrived = []


async def serve(reader, writer):
    """Answers at once, and then counts what still comes."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
    got = 0
    try:
        while got < SIZE:
            got += len(await asyncio.wait_for(reader.read(1 << 16), 3))
    except TimeoutError:
        pass
    arrived.append(got)
    writer.write(b"0\r\n\r\n")


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with open(sys.argv[1], "wb") as file:
        file.write(b"x" * SIZE)
    async with aiohttp.ClientSession() as session:
        async with session.post(f"http://127.0.0.1:{port}/", data=open(sys.argv[1], "rb")) as response:
            await response.read()
    print(f"{arrived[0]} of {SIZE} bytes arrived")
    assert arrived[0] < SIZE, "it changed"


asyncio.run(main())
END
"$folder/env/bin/python" "$folder/run.py" "$folder/file"
