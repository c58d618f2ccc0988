"""Questions about a council before its site is written, and the faults of an answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from generator.content import accent_colour, web_address
from generator.content.decode import EMAIL, nearest
from generator.content.model import Doc
from generator.content.site_file import Theme
from generator.content.web_address import NoAddress
from generator.content.yaml_tree import NOT_TEXT
from generator.wording.strings import language_name

LANGUAGES = ("en", "cy")
"""The languages that the product has words and first texts for."""
_PAGE = re.compile(r"https?://[^\s<>\"/]+\.[^\s<>\"]+")
_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:/[^\s@]*)?")
"""A host, perhaps with a path, as people type it."""
_FILE_OF_PAGE = re.compile(r"/[^/]+\.(?:html?|aspx?|php|jsp)$", re.I)
_PAGES = ("website", "complaints", "address")
"""The answers that are addresses of pages."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Council:
    """The answers as they were typed, empty where there is none; each `Doc` is the question."""

    name: Annotated[str, Doc("What is the council's full legal name?")] = ""
    short_name: Annotated[str, Doc("And its everyday name, for headings and sentences?")] = ""
    website: Annotated[str, Doc("What is the address of its website?")] = ""
    officer: Annotated[
        str, Doc("Who answers questions about personal data? (Leave empty for: Data Protection Officer.)")
    ] = ""
    officer_email: Annotated[str, Doc("At which mail address?")] = ""
    complaints: Annotated[str, Doc("What is the address of the form on which people complain to the council?")] = ""
    complaints_email: Annotated[str, Doc("And the mail address for complaints?")] = ""
    languages: Annotated[str, Doc("In which languages will notices come: en (English), en,cy (and Welsh) or cy?")] = ""
    address: Annotated[
        str, Doc("At which web address will the notices be published, such as https://privacy.council.example?")
    ] = ""
    colour: Annotated[
        str, Doc(f"Which colour shall links and buttons have? (Leave empty for a dark blue-green, {Theme.accent}.)")
    ] = ""

    def cleaned(self) -> Council:
        """Each answer on one line, without signs that no file may hold; addresses of pages with their `https://`."""
        lines = {name: " ".join(NOT_TEXT.sub(" ", value).split()) for name, value in vars(self).items()}
        return Council(**{name: _with_scheme(line) if name in _PAGES else line for name, line in lines.items()})

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The languages asked for, the main one first; English where nobody said."""
        return tuple(dict.fromkeys(re.findall(r"[^\s,]+", self.languages.lower()))) or LANGUAGES[:1]


def wrong(council: Council) -> dict[str, str]:
    """By the name of an answer, a sentence on what is wrong with it and one on what to write. An empty answer is fine."""
    answers = vars(council)
    found = {name: _CHECKS[name](answers[name]) for name in _CHECKS if answers[name]}
    return {name: sentence for name, sentence in found.items() if sentence}


def _with_scheme(text: str) -> str:
    return f"https://{text}" if _WITHOUT_SCHEME.fullmatch(text) else text


def _wrong_name(text: str) -> str | None:
    """The fault of a council's or a contact's name: it is an address."""
    if "@" in text:
        return f"`{text}` is a mail address, not a name. Write the name in words."
    if "://" in text or _WITHOUT_SCHEME.fullmatch(text):
        return f"`{text}` is the address of a page, not a name. Write the name in words."
    return None


def _wrong_page(text: str) -> str | None:
    if _PAGE.fullmatch(text):
        return None
    if EMAIL.fullmatch(text):
        return f"`{text}` is a mail address, not the address of a page. Write one that starts with https://."
    better = "an address that starts with https://, such as https://www.council.example"
    return f"`{text}` is not the address of a page. Write {better}."


def _wrong_site(text: str) -> str | None:
    if (page := _wrong_page(text)) is not None:
        return page
    if file := _FILE_OF_PAGE.search(text):
        better = text[: file.start()]
        return f"`{text}` is one page, and the notices are many. Write the address that they all begin with, such as {better}."
    found = web_address.base(text)
    return f"{found.wrong} {found.remedy}" if isinstance(found, NoAddress) else None


def _wrong_email(text: str) -> str | None:
    return None if EMAIL.fullmatch(text) else f"`{text}` is not a mail address. Write one like officer@council.example."


def _wrong_languages(text: str) -> str | None:
    unknown = [code for code in Council(languages=text).language_codes if code not in LANGUAGES]
    if not unknown:
        return None
    known = " and ".join(f"{code} ({language_name(code)})" for code in LANGUAGES)
    near = nearest(unknown[0], ("english", "cymraeg", "welsh"))
    better = f" Write {'en' if near == 'english' else 'cy'}." if near else ""
    return f"There are no words for the language `{unknown[0]}`: only for {known}.{better}"


def _wrong_colour(text: str) -> str | None:
    if not _COLOUR.fullmatch(text):
        return f"`{text}` is not a colour. Write # and six hexadecimal digits, such as {Theme.accent}."
    if accent_colour.readable(text):
        return None
    return f"`{text}` is too pale to read on white. The nearest that can be read is {accent_colour.nearest_readable(text)}."


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "name": _wrong_name,
    "short_name": _wrong_name,
    "officer": _wrong_name,
    "website": _wrong_page,
    "officer_email": _wrong_email,
    "complaints": _wrong_page,
    "complaints_email": _wrong_email,
    "languages": _wrong_languages,
    "address": _wrong_site,
    "colour": _wrong_colour,
}
