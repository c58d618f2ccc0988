"""Forms with a picture: larger than others, and the words of one that is too large to be read at all."""

from __future__ import annotations

import hashlib
import json

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from desk import guard
from desk.people.acts import Act, may
from desk.people.sessions import unsealed
from desk.pictures.confined import MOST_BYTES

ROOM = 50_000_000
"""Bytes of a form with a picture.

One above `MOST_BYTES` is refused with the words still there; above this nothing is read.
"""
FIRST = 65_536
"""Bytes of a form that is too large in which its words are looked for: they come before the file."""
MOST_EVENTS = 200
FIELD = "picture"
LONGEST_NAME = 300


def make_room(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Let a form with a picture be larger than others, for a browser that the desk gave a session."""
    session = unsealed(guard.access().key, request.cookies.get(guard.cookie_name(guard.SESSION), ""))
    if request.method == "POST" and session is not None:
        request.max_content_length = ROOM


def picture() -> tuple[bytes, str]:
    """The bytes of the picture that was sent, at most one more than are read, and the name of its file."""
    file = request.files.get(FIELD, FileStorage())
    return file.stream.read(MOST_BYTES + 1), (file.filename or "")[:LONGEST_NAME]


def is_chosen() -> bool:
    """Whether a file was sent at all, be it an empty one."""
    file = request.files.get(FIELD)
    return file is not None and bool(file.filename)


def post_key(data: bytes = b"") -> str:
    """The mark of the same post sent twice: the page it is from, all that it says, and the picture that was made of
    its file.

    All forms of a page have one key, and Back brings the page again: another act from it is another post.
    """
    key = request.form.get("key", "")
    if not key:
        return ""
    said = [pair for pair in request.form.items(multi=True) if pair[0] != guard.TOKEN_FIELD]
    told = json.dumps([request.endpoint, said]).encode("ascii") + data
    return f"{guard.person().id}-{hashlib.sha256(told).hexdigest()}"


def may_see(act: Act) -> bool:
    """Whether a form that was refused before it was read may be shown again to the one who sent it."""
    found = guard.visitor()
    return found is not None and may(found.person, act)


def words_before_file() -> MultiDict[str, str]:
    """The words of a form that was too large to be read: its fields up to the file."""
    kind, options = parse_options_header(request.headers.get("Content-Type"))
    found = MultiDict[str, str]()
    if kind != "multipart/form-data" or not options.get("boundary"):
        return found
    decoder = MultipartDecoder(options["boundary"].encode("ascii", "ignore"), FIRST)
    name, parts = "", list[bytes]()
    try:
        decoder.receive_data(request.environ["wsgi.input"].read(FIRST))
        for _ in range(MOST_EVENTS):
            event = decoder.next_event()
            if isinstance(event, File | NeedData | Epilogue):
                break
            if isinstance(event, Field):
                name, parts = event.name, []
            elif isinstance(event, Data):
                parts.append(event.data)
                if not event.more_data:
                    found.add(name, b"".join(parts).decode("utf-8", "replace"))
    except (ValueError, OSError, RequestEntityTooLarge):
        return found
    return found
