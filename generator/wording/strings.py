"""Every generated word, per language, from templates/strings. A missing word is an error, never an empty space."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from generator.content import merge_marks, yaml_tree
from generator.problems import ContentError, Place, Problem
from generator.rule import ERROR, Family, Rule
from generator.scene import WELSH_TOO, Edit, scene

_OURS = "templates/strings/ours"
W01 = Rule(
    "W01",
    Family.WORDS,
    ERROR,
    "A word that one language lacks",
    "Keys of templates/strings that one language has and another has not.",
    "A reader would meet an empty space.",
    scene(
        WELSH_TOO,
        Edit(f"{_OURS}.en.yml", new="ours:\n  hello: Hello\n  thanks: Thank you\n"),
        Edit(f"{_OURS}.cy.yml", new="ours:\n  hello: Helo\n"),
        "build",
    ),
    scene(
        WELSH_TOO,
        Edit(f"{_OURS}.en.yml", new="ours:\n  hello: Hello\n"),
        Edit(f"{_OURS}.cy.yml", new="ours:\n  hello: Helo\n"),
        "build",
    ),
)
W02 = Rule(
    "W02",
    Family.WORDS,
    ERROR,
    "A mark that nothing fills",
    "Marks such as {name} that one language has and the main one has not.",
    "A reader would meet the mark.",
    scene(
        WELSH_TOO,
        Edit(f"{_OURS}.en.yml", new='ours:\n  hello: "Hello {name}"\n'),
        Edit(f"{_OURS}.cy.yml", new='ours:\n  hello: "Helo {nmae}"\n'),
        "build",
    ),
    scene(
        WELSH_TOO,
        Edit(f"{_OURS}.en.yml", new='ours:\n  hello: "Hello {name}"\n'),
        Edit(f"{_OURS}.cy.yml", new='ours:\n  hello: "Helo {name}"\n'),
        "build",
    ),
)

FOLDER = "templates/strings"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many"})
PRODUCT_LANGUAGE = "en"
"""The language in which the product has a sentence for every key."""
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

    def either(self, key: str, _instead: str = "", **values: object) -> str:
        """The sentence of a key, which a build always has: only the endpoint reads layouts that an earlier release
        built."""
        return self(key, **values)

    def plural(self, key: str, count: int, shown: str = "") -> str:
        """The sentence for a count: the form of that very number, else the language's plural form (CLDR), else
        `other`."""
        forms = (str(count), Locale.parse(self.language).plural_form(count))
        form = next((form for form in forms if f"{key}.{form}" in self.sentences), "other")
        return self(f"{key}.{form}", n=shown or count)

    @cached_property
    def digest(self) -> str:
        """Some digits that differ where any sentence does."""
        return hashlib.sha256(repr(sorted(self.sentences.items())).encode()).hexdigest()[:16]

    def under(self, *groups: str) -> dict[str, str]:
        """The sentences of whole groups, by their full keys."""
        return {key: text for key, text in self.sentences.items() if key.split(".")[0] in groups}

    def full_date(self, day: date) -> str:
        """A day as people write it, such as 16 November 2026."""
        return _dated(day, "d MMMM y", self.language)

    def day_and_month(self, day: date) -> str:
        """A day of any year, such as 31 March."""
        return _dated(day, "d MMMM", self.language)

    def name_of(self, language: str) -> str:
        """This language's name for another one: `Saesneg` in Welsh for English."""
        return language_name(language, self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)


def direction(language: str) -> str:
    """Which way a language is written, as `dir` says it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def language_name(language: str, within: str = "") -> str:
    """A language's name in another language, or its own name for itself; its code where CLDR knows none."""
    try:
        return Locale.parse(language).get_display_name(within or language) or language
    except (UnknownLocaleError, ValueError):
        return language


@lru_cache(4096)
def _dated(day: date, form: str, language: str) -> str:
    return format_date(day, form, locale=language)


def read(
    files: Mapping[str, str], languages: tuple[str, ...], product: Mapping[str, str] | None = None
) -> dict[str, Words]:
    """Words per language from the texts of string files, by name (`en.yml`, `endpoint.en.yml`).

    The `product`'s files say what a site's own leave out, so that a file from before keeps working with a later release.
    Raises `ContentError` for a file that cannot be read, for every key that one language has and another lacks, and for
    every `{name}` that the product's sentence, or that of the main language, the first, does not have.
    """
    return dict(_read(tuple(sorted(files.items())), tuple(sorted((product or {}).items())), languages))


@lru_cache(8)
def _read(
    files: tuple[tuple[str, str], ...], product: tuple[tuple[str, str], ...], languages: tuple[str, ...]
) -> Mapping[str, Words]:
    """The same, kept: most sites that a process opens have the same words."""
    own = _sentences(files, languages)
    ours = _sentences(product, (*languages, PRODUCT_LANGUAGE))
    found = {language: _completed(own.found[language], ours.found[language]) for language in languages}
    home = dict(ours.home) | dict(own.home)
    problems = [*own.problems, *ours.problems]
    if not problems:
        problems += _missing(found, home)
        problems += _strangers(found, home, ours.found[PRODUCT_LANGUAGE])
    if problems:
        raise ContentError(problems)
    return {language: Words(language, sentences) for language, sentences in found.items()}


@dataclass(frozen=True)
class _Sentences:
    """The sentences of some files by language and key, and the file of each key as the beginning of its name."""

    found: Mapping[str, Mapping[str, str]]
    home: Mapping[str, str]
    problems: tuple[Problem, ...]


@lru_cache(8)
def _sentences(files: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> _Sentences:
    problems: list[Problem] = []
    found: dict[str, dict[str, str]] = {language: {} for language in languages}
    home: dict[str, str] = {}
    for name, text in files:
        stem, _, language = name.removesuffix(".yml").rpartition(".")
        if language in found:
            if merged := merge_marks.problems(text, f"{FOLDER}/{name}"):
                raise ContentError(merged)
            tree, read_problems = yaml_tree.parse(text, f"{FOLDER}/{name}")
            problems += read_problems
            sentences = dict(_flat(tree, ""))
            found[language] |= sentences
            home |= dict.fromkeys(sentences, f"{stem}." if stem else "")
    return _Sentences(found, home, tuple(problems))


def _completed(own: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """A site's own sentences and the product's for the rest; the forms of a count come from one of the two."""
    counted = {_group(key) for key in own if _is_form(key) or key.endswith(".other")}
    rest = {key: text for key, text in ours.items() if not (_is_form(key) and _group(key) in counted)}
    return rest | dict(own)


def _flat(node: yaml_tree.Node | None, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml_tree.Scalar):
        yield path, node.text
    elif isinstance(node, yaml_tree.Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{path}.{key.text}" if path else key.text)


def _group(key: str) -> str:
    """The key without its last part, under which the forms of a count are."""
    return key.rpartition(".")[0]


def _is_form(key: str) -> bool:
    """Whether a key is a plural form that a language may have or lack."""
    last = key.rpartition(".")[2]
    return last in PLURAL_FORMS or last.isdigit()


def _missing(found: Mapping[str, Mapping[str, str]], home: Mapping[str, str]) -> Iterator[Problem]:
    known = {key for sentences in found.values() for key, text in sentences.items() if text and not _is_form(key)}
    for language, sentences in found.items():
        for key in sorted(known):
            if not sentences.get(key):
                place = Place(f"{FOLDER}/{home[key]}{language}.yml")
                yield W01.problem(place, f"The word `{key}` is missing in `{language}`.", "Add it.")


def _strangers(
    found: Mapping[str, Mapping[str, str]], home: Mapping[str, str], product: Mapping[str, str]
) -> Iterator[Problem]:
    """A problem for each placeholder that nothing fills: it would be an error while building."""
    main = dict(next(iter(found.values()), {})) | dict(product)
    for language, sentences in found.items():
        for key, text in sorted(sentences.items()):
            wanted = f"{_group(key)}.other" if _is_form(key) else key
            known = set(PLACEHOLDER.findall(main.get(wanted, text)))
            if unknown := sorted(set(PLACEHOLDER.findall(text)) - known):
                place = Place(f"{FOLDER}/{home[key]}{language}.yml")
                marks = ", ".join(f"`{{{name}}}`" for name in unknown)
                remedy = "Use only the names in braces that the sentence of the product, or of the main language, has."
                yield W02.problem(place, f"Nothing fills {marks} in `{key}`.", remedy)
