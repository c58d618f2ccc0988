"""A file's bytes to a document, by what is in them and not by its name; what cannot be taken is refused with advice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from generator.importing import clipboard, plain_text, web_page
from generator.importing.document import Document
from generator.importing.refusal import NotTaken
from generator.importing.tree.inert import decoded

MAX_BYTES = 20_000_000
"""Of a file; what is unpacked from a Word file has limits of its own."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
_AS_WORD = "Open it in Word or LibreOffice, save it as a Word document (.docx), and import that file."
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "This is a Word file of the old kind (.doc), or one with a password.", _AS_WORD),
    (
        b"%PDF",
        "This is a PDF.",
        "Import the Word file it was made from, or copy its text and paste it with `import -`.",
    ),
    (b"{\\rtf", "This is a Rich Text file (.rtf).", _AS_WORD),
)


def read(data: bytes, name: str, read_as: str = "") -> Document:
    """The document in a file. `NotTaken` says why it cannot be one; `name` is only for the messages.

    `read_as` is how the editor says to read what is no Word file: a key of `READERS`.
    """
    if len(data) > MAX_BYTES:
        raise NotTaken("This file is larger than 20 MB.", "Take its pictures out, or save the notice on its own.")
    for start, message, remedy in _REFUSED:
        if data.startswith(start):
            raise NotTaken(message, remedy)
    if data.startswith(_PICTURES) or b"ftypheic" in data[:16]:
        raise NotTaken("This is a picture.", "Type or copy the text that it shows.")
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if name.lower().endswith((".md", ".markdown")):
        raise NotTaken(
            "This is Markdown already.", "Copy it to content/<id>/notice.md; `check` says what is left to do."
        )
    text = decoded(data)
    if (
        re.match(r"(?:From|MIME-Version|Content-Type|Snapshot-Content-Location):", text, re.I)
        and "multipart/" in text[:3000]
    ):
        raise NotTaken("This is a web archive (.mht).", "Save the page again as “HTML only” and import that file.")
    if text.count("\x00") > 3:
        raise NotTaken("This is no text.", "Import a Word document (.docx), a web page (.html) or plain text (.txt).")
    found = READERS[read_as or ("html" if web_page.looks_like(text) else "text")](text)
    if not found.words:
        raise NotTaken("There are no words in this file.", "Check that it is the right one.")
    return found


def _html(text: str) -> Document:
    return clipboard.read(text) if clipboard.looks_like(text) else web_page.read(text)


READERS: Mapping[str, Callable[[str], Document]] = {"html": _html, "text": plain_text.read}


def _packed(data: bytes) -> Document:
    """A Word file, or another one that is a ZIP archive within."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100] if "mimetype" in names and len(names) < 5000 else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as failure:
        raise NotTaken(
            "This file is damaged: it cannot be unpacked.", "Save it again in Word and import that file."
        ) from failure
    if b"opendocument" in kind:
        raise NotTaken("This is an OpenDocument file (.odt).", _AS_WORD)
    if not any(name.startswith("word/") for name in names):
        raise NotTaken("This is an archive, and not a Word file.", "Unpack it and import the files in it.")
    from generator.importing.word_file import converted  # mammoth: only where a Word file is read

    return converted(data)
