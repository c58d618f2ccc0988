"""Made-up notices with what a reader finds in them: the half that rules are written on, and the half that measures them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HALVES = ("written", "measured")
OLDER = "older"
_NOTICES = Path(__file__).resolve().parents[1] / "notices"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_HEAD = re.compile(r"(?m)^=== (?P<name>.+)\nsaid:(?P<said>.*)\nperhaps:(?P<perhaps>.*)\nfinds:(?P<finds>.*)\n")


@dataclass(frozen=True)
class Annotated:
    """A text with the requirements that it says, the rules about which readers may differ, and the faults in it."""

    name: str
    text: str
    said: frozenset[str]
    perhaps: frozenset[str]
    finds: frozenset[str]

    @property
    def language(self) -> str:
        """The language that the notice is filed under."""
        return "cy" if self.name.endswith("(cy)") else "en"


def notices(half: str) -> list[Annotated]:
    """The annotated texts of a half, English ones first, or the older notices."""
    found = []
    for file in sorted(Path(__file__).parent.glob(f"{half}*.txt")):
        text = file.read_text("utf-8")
        heads = list(_HEAD.finditer(text))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            body = text[head.end() : following.start() if following else len(text)]
            lists = (frozenset(head[name].split()) for name in ("said", "perhaps", "finds"))
            if half == OLDER:
                body = _FRONT.sub("", (_NOTICES / f"{head['name']}.md").read_text("utf-8"))
            found.append(Annotated(head["name"], body.strip() + "\n", *lists))
    return found
