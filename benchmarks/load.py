"""A bounded HTTP client for measurements: some connections to this machine, each with one request under way at a time."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Request = Callable[[int], bytes]


@dataclass
class Load:
    """The result of a run of requests: how long each took, which failed, and the longest time without any answer."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    longest_silence: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, part: float) -> float:
        """The time, in seconds, within which that part of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("inf")


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent = 0.0

    def send(self, request: bytes) -> None:
        self.received, self.sent = b"", time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """The whole answer, once it is there."""
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        self.received += part
        head, gap, body = self.received.partition(b"\r\n\r\n")
        if not gap:
            return None
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        return self.received if len(body) >= int(length or 0) else None


def post(path: str, body: bytes, port: int, *headers: str) -> bytes:
    """A POST of JSON as bytes."""
    more = "".join(f"{header}\r\n" for header in headers)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"{more}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def run(port: int, clients: int, seconds: float, request: Request, most: int = 10_000_000) -> Load:
    """Send for so many seconds, or so many requests, and wait for the answers that are still under way."""
    load = Load()
    number = 0
    with selectors.DefaultSelector() as selector:
        for _ in range(clients):
            connection = _Connection(port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        began = last = time.perf_counter()
        for key in list(selector.get_map().values()):
            key.data.send(request(number))
            number += 1
        under_way = clients
        while under_way and time.perf_counter() - began < seconds + 30:
            for key, _ in selector.select(1.0):
                connection = key.data
                try:
                    answer = connection.answer()
                except OSError as error:
                    load.errors.append(str(error))
                    selector.unregister(connection.socket)
                    under_way -= 1
                    continue
                if answer is None:
                    continue
                now = time.perf_counter()
                load.longest_silence, last = max(load.longest_silence, now - last), now
                load.latencies.append(now - connection.sent)
                if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201", b"HTTP/1.1 303")):
                    load.errors.append(answer[:200].decode(errors="replace"))
                if now - began < seconds and number < most:
                    connection.send(request(number))
                    number += 1
                else:
                    under_way -= 1
        load.seconds = time.perf_counter() - began
        load.errors += ["no answer in 30 seconds"] * under_way
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return load
