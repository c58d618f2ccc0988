"""The desk's words in English and Welsh, from `strings/<area>.<language>.yml`: flat keys, `{name}` for a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.content.yaml_tree import Mapping as Keys
from generator.content.yaml_tree import Scalar, parse
from generator.problems import ContentError, Place, error

FOLDER = Path(__file__).parent / "strings"
LANGUAGES = ("en", "cy")
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class DeskWords:
    """The sentences of one language. Calling it gives the sentence of a key with its places filled in."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key; `KeyError` for one that is not there, or a place that nothing fills."""
        return PLACE.sub(lambda place: str(values[place[1]]), self.sentences[key])


@cache
def desk_words(language: str) -> DeskWords:
    """The words of a language, of every area; English for one that the desk does not have.

    `ContentError` where a file is wrong.
    """
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    sentences = dict[str, str]()
    for path in sorted(FOLDER.glob(f"*{chosen}.yml")):
        sentences |= read_words(path.read_text("utf-8"), path.name)
    return DeskWords(chosen, sentences)


def read_words(text: str, file: str) -> dict[str, str]:
    """The sentences of a file by their keys; `ContentError` with everything that is wrong."""
    tree, problems = parse(text, file)
    found = dict[str, str]()
    for key, value in tree.entries if isinstance(tree, Keys) else ():
        if isinstance(value, Scalar) and value.cut is None:
            found[key.text] = value.text
        else:
            problems.append(error("K02", value.place, f"`{key.text}` is not one text.", "Write it in quotes."))
    if not found:
        problems.append(error("K02", Place(file), "There are no words here.", "Write `key: words`, a line each."))
    if problems:
        raise ContentError(problems)
    return found
