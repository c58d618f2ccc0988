"""The name under which a picture is kept: made from the name that it came with, safe in every address, and free. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 60
USUAL = "picture"
_RUNS = re.compile(r"[a-z0-9]+")


def stem(name: str) -> str:
    """Small letters, digits and hyphens of a file's name: `tŷ-bach` of `C:\\Lluniau\\Tŷ bach.JPG`, without the accents."""
    own = re.split(r"[/\\]", name)[-1].rpartition(".")
    plain = unicodedata.normalize("NFKD", own[0] or own[2]).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(_RUNS.findall(plain))[:LONGEST].strip("-") or USUAL


def free(name: str, suffix: str, taken: Collection[str]) -> str:
    """A name that no other picture has, whatever its ending: capitals and endings alone tell nobody two pictures apart."""
    start = stem(name)
    known = {one.rpartition(".")[0].lower() for one in taken}
    number, found = 1, start
    while found in known:
        number += 1
        found = f"{start}-{number}"
    return f"{found}.{suffix}"
