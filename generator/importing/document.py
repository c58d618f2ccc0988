"""A document as it was found: HTML that no one has judged yet, and what its reader had to leave behind."""

from __future__ import annotations

from dataclasses import dataclass

WORD_FILE, WEB_PAGE, CLIPBOARD, TEXT = "a Word file", "a web page", "what Word copies", "plain text"
"""How a document was read, as the report says it."""


@dataclass(frozen=True)
class Loss:
    """Something that is not in the HTML, or is there in another form."""

    kind: str  # a short name for the report: "picture", "comment", "insertion", "hidden text", "placeholder" ...
    where: str  # the first words of the paragraph that held it
    text: str = ""  # its own words, for the editor


@dataclass(frozen=True)
class Document:
    """A document as a reader hands it over: the content alone, inert, with one root element `<body>`."""

    html: str
    title: str = ""  # from the document's properties or its `<title>`; empty where there is none
    language: str = ""  # BCP 47, empty where the document does not say
    updated: str = ""  # a "last updated" line found where the text does not show it, such as a page header
    losses: tuple[Loss, ...] = ()
    words: tuple[str, ...] = ()  # every visible word of the source in order, found independently of `html`
    read_as: str = ""  # WORD_FILE, WEB_PAGE, CLIPBOARD or TEXT
