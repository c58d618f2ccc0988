"""The context of an import beside the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Settings:
    """Facts from the editor and the site about one document."""

    name: str
    """The name of the file, for remarks and for a document without a title."""
    website: str
    """The council's website, which relative links without an address of their own belong to."""
    address: str = ""
    """Where the page was (`--from`); nothing is fetched from it."""
    alias: str = ""
    """The path of that address, where it can redirect to the notice."""
    parent: str = ""
    """The id of the primary notice."""
    translates: bool = False
    """Whether it becomes the translation of a notice, which has the facts about the notice already."""
    today: date = date.min
    language: str = "en"
    read_as: str = ""
    """How the editor says to read what is no Word file (`--as`): a key of `reading.READERS`, empty to see by its text."""
    headings: bool = False
    """Whether the editor said that paragraphs which look like headings are headings."""
