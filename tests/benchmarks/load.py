"""A small load generator: a few connections, one request after another on each."""

import asyncio
import time

CONNECTIONS = 8


def requests_a_second(port: int, path: str, seconds: float) -> float:
    """Ask for ``path`` for a while; every answer must be 200."""
    return asyncio.run(_run(port, path, seconds))


async def _run(port: int, path: str, seconds: float) -> float:
    began = time.perf_counter()
    until = began + seconds
    counts = await asyncio.gather(
        *(_one_connection(port, path, until) for _ in range(CONNECTIONS))
    )
    return sum(counts) / (time.perf_counter() - began)


async def _one_connection(port: int, path: str, until: float) -> int:
    """Return how many answers came on one kept-alive connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    answers = 0
    try:
        while time.perf_counter() < until:
            writer.write(request)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            if not head.startswith(b"HTTP/1.1 200 "):
                raise RuntimeError(f"{path} answered {head[:40]!r}")
            length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
            await reader.readexactly(int(length))
            answers += 1
    finally:
        writer.close()
    return answers
