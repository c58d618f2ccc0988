"""Every generated word, per language, from templates/strings. A missing word is an error, never an empty space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator import yamltree
from generator.errors import ContentError, Place, Problem, error

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many"})
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})


@dataclass(frozen=True)
class Words:
    """The words of one language: a dotted key such as `page.history.title` to a sentence with `{name}` placeholders."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key with its placeholders filled; `KeyError` names what is missing."""
        if key not in self.sentences:
            raise KeyError(f"no word `{key}` in the strings for `{self.language}`")
        sentence = self.sentences[key]
        return PLACEHOLDER.sub(lambda found: str(values[found[1]]), sentence) if "{" in sentence else sentence

    def plural(self, key: str, count: int, shown: str = "") -> str:
        """The sentence for a count: the language's own plural form where it is given, else `other` (CLDR)."""
        from babel import Locale  # with its data it takes 30 ms to start, which most commands do without

        form = f"{key}.{Locale.parse(self.language).plural_form(count)}"
        return self(form if form in self.sentences else f"{key}.other", n=shown or count)

    def under(self, *groups: str) -> dict[str, str]:
        """The sentences of whole groups, by their full keys."""
        return {key: text for key, text in self.sentences.items() if key.split(".")[0] in groups}

    def full_date(self, day: date) -> str:
        """A day as people write it, such as 16 November 2026."""
        return _dated(day, "d MMMM y", self.language)

    def day_and_month(self, day: date) -> str:
        """A day of any year, such as 31 March."""
        return _dated(day, "d MMMM", self.language)

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


@lru_cache(4096)
def _dated(day: date, form: str, language: str) -> str:
    from babel.dates import format_date  # with its data it takes 30 ms to start, which most commands do without

    return format_date(day, form, locale=language)


def read(files: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, Words]:
    """Words per language from the texts of string files, by name (`en.yml`, `endpoint.en.yml`).

    Raises `ContentError` for a file that cannot be read and for every key that one language has and another lacks.
    """
    problems: list[Problem] = []
    found: dict[str, dict[str, str]] = {language: {} for language in languages}
    for name, text in sorted(files.items()):
        language = name.removesuffix(".yml").rpartition(".")[2]
        if language in found:
            tree, read_problems = yamltree.parse(text, name)
            problems += read_problems
            found[language] |= dict(_flat(tree, ""))
    problems += _missing(found)
    if problems:
        raise ContentError(problems)
    return {language: Words(language, sentences) for language, sentences in found.items()}


def _flat(node: yamltree.Node | None, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, yamltree.Scalar):
        yield path, node.text
    elif isinstance(node, yamltree.Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{path}.{key.text}" if path else key.text)


def _missing(found: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    known = {key for sentences in found.values() for key in sentences if key.rpartition(".")[2] not in PLURAL_FORMS}
    for language, sentences in found.items():
        place = Place(f"templates/strings/{language}.yml")
        for key in sorted(known - set(sentences)):
            yield error("W01", place, f"The word `{key}` is missing in `{language}`.", "Add it.")
