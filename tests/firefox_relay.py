"""Firefox as Playwright's WebDriver BiDi wants it, where the installed Firefox is older than Playwright.

Playwright sends each new context `emulation.setMediaFeaturesOverride`, which Firefox ESR 153 does not know, and gives up.
This program starts Firefox with the arguments that follow its path, announces an address of its own and passes all on,
except that the unknown command becomes one without effect. It may go when Debian's Firefox knows the command.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import sys
from collections.abc import Iterable
from contextlib import suppress

UNKNOWN = b'"emulation.setMediaFeaturesOverride"'
ANNOUNCED = re.compile(rb"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")
HOST = re.compile(rb"Host: [^\r]*", re.IGNORECASE)
# RFC 6455 section 5.2: the bits of a frame's head
OPCODE, MASKED, LENGTH = 0x0F, 0x80, 0x7F
IN_TWO_BYTES, IN_EIGHT_BYTES = 126, 127
TEXT = 0x81


def harmless(message: bytes) -> bytes:
    """The command, or in place of the unknown one a question that changes nothing."""
    if UNKNOWN not in message:
        return message
    return json.dumps({"id": json.loads(message)["id"], "method": "session.status", "params": {}}).encode()


def masked(key: bytes, content: bytes) -> bytes:
    """The content under a client's mask; masked twice it is as before (RFC 6455 section 5.3)."""
    repeated = (key * (len(content) // 4 + 1))[: len(content)]
    mixed = int.from_bytes(content, "big") ^ int.from_bytes(repeated, "big")
    return mixed.to_bytes(len(content), "big")


def text_frame(content: bytes) -> bytes:
    """A client's frame with a whole text."""
    size = len(content)
    if size < IN_TWO_BYTES:
        head = bytes([TEXT, MASKED | size])
    elif size < 1 << 16:
        head = bytes([TEXT, MASKED | IN_TWO_BYTES]) + size.to_bytes(2, "big")
    else:
        head = bytes([TEXT, MASKED | IN_EIGHT_BYTES]) + size.to_bytes(8, "big")
    key = secrets.token_bytes(4)
    return head + key + masked(key, content)


async def pass_commands(client: asyncio.StreamReader, firefox: asyncio.StreamWriter, port: int) -> None:
    """Pass on the handshake and each frame of the client; its mask is required there (RFC 6455 section 5.1)."""
    handshake = await client.readuntil(b"\r\n\r\n")
    firefox.write(HOST.sub(b"Host: 127.0.0.1:%d" % port, handshake))  # Firefox refuses the port of another
    while True:
        head = await client.readexactly(2)
        size = head[1] & LENGTH
        more = {IN_TWO_BYTES: 2, IN_EIGHT_BYTES: 8}.get(size, 0)
        length = await client.readexactly(more)
        if more:
            size = int.from_bytes(length, "big")
        key = await client.readexactly(4)
        sent = await client.readexactly(size)
        if head[0] == TEXT:
            firefox.write(text_frame(harmless(masked(key, sent))))
        else:
            firefox.write(head + length + key + sent)
        await firefox.drain()


async def pass_replies(firefox: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
    """Pass on what Firefox says, as it is."""
    while content := await firefox.read(1 << 16):
        client.write(content)
        await client.drain()


async def run(command: Iterable[str]) -> int:
    """Run Firefox until it ends; its exit code."""
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    port = 0

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_firefox, to_firefox = await asyncio.open_connection("127.0.0.1", port)
        with suppress(OSError, asyncio.IncompleteReadError):
            await asyncio.gather(pass_commands(reader, to_firefox, port), pass_replies(from_firefox, writer))
        to_firefox.close()
        writer.close()

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    own_port = server.sockets[0].getsockname()[1]
    assert process.stderr
    while line := await process.stderr.readline():
        if found := ANNOUNCED.search(line):
            port = int(found[1])
            line = line.replace(found[1], str(own_port).encode())
        sys.stderr.buffer.write(line)
        sys.stderr.flush()
    return await process.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(run(sys.argv[1:])))
