"""A Word file's own properties beside its text: title, language, headers and footers."""

from __future__ import annotations

import re
from collections import Counter

from generator.importing import last_updated
from generator.importing.word.source import Findings, Source
from generator.importing.word.words import Words, words_of
from generator.importing.word.xml import name, text_value

_LONGEST = 200
_CORE = "core-properties"


def title(source: Source) -> str:
    """The title of the document's properties; empty where it has none."""
    links = source.package.relationships("").values()
    part = next((link.target for link in links if link.kind == _CORE and not link.external), "docProps/core.xml")
    root = source.package.part(part)
    element = None if root is None else root.find(name("dc:title"))
    return "" if element is None else " ".join((element.text or "").split())


def language(source: Source) -> str:
    """The language of most of the text (BCP 47); empty where the file does not say."""
    letters: Counter[str] = Counter()
    for paragraph in source.body.iter(name("w:p")):
        for run in paragraph.iterchildren(name("w:r")):
            tag = source.styles.run_property(run, "w:lang", paragraph=paragraph)
            written = source.styles.run_is(run, "w:rtl", paragraph=paragraph)
            code = text_value(tag, "w:bidi" if written else "w:val")
            letters[code] += sum(len(text.text or "") for text in run.iterchildren(name("w:t")))
    found = letters.most_common(1)
    return found[0][0] if found and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", found[0][0]) else ""


def updated(source: Source, findings: Findings) -> str:
    """The line of a header or footer that says when the text was last changed; all their words go to the report."""
    lines: list[str] = []
    for kind in ("header", "footer"):
        for part in source.package.related(kind):
            root = source.package.part(part)
            if root is None:
                continue
            words = Words(source.styles, {}, {})
            own = [" ".join(words.of_paragraph(paragraph).split()) for paragraph in root.iter(name("w:p"))]
            own = [line for line in own if words_of(line)]
            if own:
                findings.lose(f"page {kind}", "", "; ".join(own))
            lines += own
    return next((line[:_LONGEST] for line in lines if last_updated.MENTION.search(line)), "")


def remaining_comments(source: Source, findings: Findings) -> None:
    """Report the comments that no paragraph refers to, such as answers to others."""
    for comment in source.comments.values():
        text = " ".join(text.text or "" for text in comment.iter(name("w:t")))
        findings.lose("comment", "", text)
