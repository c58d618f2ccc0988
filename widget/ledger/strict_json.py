"""Reads JSON as strictly as RFC 8259 allows: UTF-8, no key twice, no NaN, not too deep. Pure."""

from __future__ import annotations

import json

from widget.errors import Refusal, Wrong


def json_body(body: bytes) -> object:
    """The document in a body; `Refusal` 400 where it is none."""
    try:
        return DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal(400, [Wrong("", "not-json")]) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _not_a_number(text: str) -> object:
    raise ValueError(f"{text} is not JSON")


DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_not_a_number)
"""Made once: `json.loads` with such hooks makes one for each text."""
