#!/usr/bin/env python3
"""Posts a file as each Python library's manual has it, and keeps the answer in another file.

send_file.py requests|httpx|urllib|aiohttp URL CONTENT_TYPE FILE ANSWER"""

import asyncio
import shutil
import sys
import urllib.request


def by_requests(url: str, headers: dict, body, answer):
    import requests

    with requests.post(url, data=body, headers=headers, stream=True) as response:
        response.raise_for_status()
        for piece in response.iter_content(1 << 16):
            answer.write(piece)


def by_httpx(url: str, headers: dict, body, answer):
    import httpx

    with httpx.stream("POST", url, content=body, headers=headers, timeout=None) as response:
        response.raise_for_status()
        for piece in response.iter_bytes(1 << 16):
            answer.write(piece)


def by_urllib(url: str, headers: dict, body, answer):
    with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
        shutil.copyfileobj(response, answer)


def by_aiohttp(url: str, headers: dict, body, answer):
    import aiohttp

    async def post():
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
            async with session.post(url, data=body, headers=headers) as response:
                response.raise_for_status()
                async for piece in response.content.iter_chunked(1 << 16):
                    answer.write(piece)

    asyncio.run(post())


def main():
    library, url, content_type, file, answer_file = sys.argv[1:]
    post = {"requests": by_requests, "httpx": by_httpx, "urllib": by_urllib, "aiohttp": by_aiohttp}[library]
    with open(file, "rb") as body, open(answer_file, "wb") as answer:
        post(url, {"Content-Type": content_type}, body, answer)


if __name__ == "__main__":
    main()
