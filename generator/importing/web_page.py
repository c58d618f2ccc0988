"""A saved web page: the notice in it, without what its site puts around every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content import gaps
from generator.importing.document import WEB_PAGE, Document, Loss
from generator.importing.last_updated import LINE
from generator.importing.tree import cleaning
from generator.importing.tree.inert import (
    Element,
    body_of,
    inner_html,
    leave_out,
    parse,
    remove,
    tag_of,
    words_in,
)
from generator.importing.words import clean, seen_in

_AROUND = frozenset(
    {"header", "footer", "nav", "navigation", "menu", "topnav", "leftnav", "sidebar", "breadcrumb"}
    | {"breadcrumbs", "search", "masthead", "sitenav"}
)
"""Ids of what old pages, which have no `<main>`, put around their text. Classes do not count: they name content too."""
_TRAILS = frozenset({"breadcrumb", "breadcrumbs", "breadcrumb-trail", "govuk-breadcrumbs"})
_HELPFUL = re.compile(
    r"(?:(?:is|was|did you find) this (?:page|information|article|content) (?:useful|helpful)\b)", re.I
)
_SHARE = re.compile(r"share(?: this)?(?: page| article)?(?: (?:on|via|by|with) [\w ]+)?:?", re.I)
_SHARES = re.compile(
    r"(?:facebook\.com/(?:sharer|share)|(?:twitter|x)\.com/(?:share|intent|home\?status)|linkedin\.com/(?:share|sharing)"
    r"|wa\.me/\?|api\.whatsapp\.com/send|pinterest\.[a-z.]+/pin/create|^mailto:\?)",
    re.I,
)
_HELPERS = re.compile(
    r"back to (?:the )?top|top of (?:the )?page|skip to (?:the )?(?:main )?content|print (?:this )?page", re.I
)
_COOKIES = re.compile(r"\bcookies?\b", re.I)
_ANSWERS = re.compile(r"accept|reject|allow|agree|preferences|settings|hide|close|ok\b|got it|dismiss", re.I)


def read(text: str) -> Document:
    """The notice in a page. `NotTaken` where the page cannot be read whole."""
    root = parse(text)
    body, losses = body_of(root), list[Loss]()
    for banner in list(_cookie_banners(body)):
        leave_out(banner, "cookie banner", losses)
    content = _content(body)
    updated = _take_around(body, content, losses)
    for element, kind in list(_furniture(content)):
        if content in element.iterancestors():
            leave_out(element, kind, losses)
    language = root.get("lang") or content.get("lang") or ""
    content.set("lang", language)
    cleaning.clean(content, losses)
    base = root.find(".//base")
    cleaning.finish(content, (base.get("href") or "") if base is not None else "", losses)
    title = clean(root.findtext(".//title") or "").strip()
    return Document(inner_html(content), title, language, updated, tuple(losses), seen_in(text), WEB_PAGE)


def _content(body: Element) -> Element:
    """`<main>`, `[role=main]` or the one `<article>`; else the whole body."""
    for found in (
        list(body.iter("main")),
        [element for element in body.iter() if tag_of(element) and element.get("role") == "main"],
        list(body.iter("article")),
    ):
        filled = [element for element in found if words_in(element)]
        if filled:
            best = max(filled, key=lambda element: len(words_in(element)))
            others = sum(len(words_in(element)) for element in filled if element is not best)
            if tag_of(best) != "article" or others < len(words_in(best)) / 4:
                return best
    return body


def _take_around(body: Element, content: Element, losses: list[Loss]) -> str:
    """Take out what stands around the content, but keep its heading; the "last updated" line found there, if any."""
    around = list(_around(body, content))
    updated = next((line for element in around for line in _updated(element)), "")
    has_title = next(content.iter("h1"), None) is not None
    for element in around:
        heading = next(element.iter("h1"), None)
        if heading is not None and not has_title and words_in(heading):
            remove(heading)
            heading.tail, content.text = content.text, None
            content.insert(0, heading)
            has_title = True
        if words_in(element):
            leave_out(element, "around the content", losses)
        else:
            remove(element)
    return updated


def _around(body: Element, content: Element) -> Iterator[Element]:
    """The elements around the content, from the outside in."""
    if content is not body:
        inside = {content, *content.iterancestors()}
        for ancestor in reversed(list(content.iterancestors())):
            if body in (ancestor, *ancestor.iterancestors()):
                _wrap_texts(ancestor)
                yield from (child for child in list(ancestor) if tag_of(child) and child not in inside)
        return
    half = len(words_in(body)) / 2
    for element in list(body.iter()):
        of_site = tag_of(element) in ("nav", "footer", "header") and not any(
            tag_of(parent) in ("article", "section") for parent in element.iterancestors()
        )
        of_site = of_site or element.get("role") in ("navigation", "banner", "contentinfo", "search")
        named = (element.get("id") or "").lower() in _AROUND
        whole = body in element.iterancestors()
        if whole and (of_site or named) and len(words_in(element)) < max(half, 200):
            yield element


def _wrap_texts(ancestor: Element) -> None:
    """Put text that is beside elements into one of its own, so that it can be taken out and noted."""
    if (ancestor.text or "").strip():
        span = ancestor.makeelement("span", {})
        span.text, ancestor.text = ancestor.text, None
        ancestor.insert(0, span)
    for child in list(ancestor):
        if (child.tail or "").strip():
            span = ancestor.makeelement("span", {})
            span.text, child.tail = child.tail, None
            child.addnext(span)


def _updated(element: Element) -> Iterator[str]:
    for part in element.iter():
        if tag_of(part) and LINE.fullmatch(text := words_in(part)):
            yield text


def _cookie_banners(body: Element) -> Iterator[Element]:
    """Banners that ask about cookies: named for them by its name or role, with a button that answers, and no part of
    the text."""
    taken: list[Element] = []
    for element in body.iter():
        if not tag_of(element) or element is body or any(parent in taken for parent in element.iterancestors()):
            continue
        name = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('aria-label') or ''}"
        asks = _COOKIES.search(re.sub(r"[-_]", " ", name)) or "cookie" in name.lower() or "consent" in name.lower()
        asks = asks or element.get("role") in ("dialog", "alertdialog")
        if not asks or not _COOKIES.search(words_in(element)) or next(element.iter("h1", "main"), None) is not None:
            continue
        buttons = [*element.iter("button"), *(link for link in element.iter("a") if link.get("role") == "button")]
        buttons += [field for field in element.iter("input") if field.get("type") in ("submit", "button")]
        if any(_ANSWERS.search(f"{words_in(button)} {button.get('value') or ''}") for button in buttons):
            taken.append(element)
            yield element


def _furniture(content: Element) -> Iterator[tuple[Element, str]]:
    """Parts that a site puts between the text of every page, with its name in the report."""
    taken: set[Element] = set()
    for element in content.iter():
        if not tag_of(element) or element is content or any(parent in taken for parent in element.iterancestors()):
            continue
        if kind := _kind_of_furniture(element):
            taken.add(element)
            yield element, kind


def _kind_of_furniture(element: Element) -> str:
    tag, role = tag_of(element), element.get("role") or ""
    classes = {name.lower() for name in (element.get("class") or "").split()}
    label = (element.get("aria-label") or "").lower()
    if classes & _TRAILS or "breadcrumb" in label:
        return "breadcrumbs"
    if tag == "nav" or role in ("navigation", "search"):
        return "navigation"
    text = words_in(element)
    if len(text) > 300 or tag in ("main", "article", "body"):
        return ""
    if tag == "a":
        if _SHARES.search(element.get("href") or ""):
            return "share link"
        return "helper link" if _HELPERS.fullmatch(text) else ""
    if tag == "button":
        return "helper link" if _HELPERS.fullmatch(text) or _SHARE.fullmatch(text) else ""
    if _HELPFUL.match(text):
        return "question about the page"
    if _SHARE.fullmatch(text) and text and tag != "li":
        return "share link"
    links = [words_in(link) for link in element.iter("a") if _SHARES.search(link.get("href") or "")]
    rest = text
    for link_text in links:
        rest = rest.replace(link_text, "", 1)
    if links and (not rest.strip() or _SHARE.fullmatch(" ".join(rest.split()))):
        return "share link"
    return ""


_PAGE = re.compile(r"<(?:!doctype\s|html\b|head>|body\b)", re.I)
_CLOSED_BLOCK = re.compile(
    r"</(?:p|div|section|article|main|ul|ol|li|dl|dt|dd|table|tr|td|th|h[1-6]|details)\s*>", re.I
)
_CLOSED = re.compile(r"</(?:a|abbr|b|strong|i|em|u|span|sup|sub|code)\s*>", re.I)
_TAG = re.compile(gaps.TAG, re.I)
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")


def looks_like(text: str) -> bool:
    """Whether a text is HTML, rather than plain text in which a tag or two stand.

    It is where it says so, starts with a tag and has more of them, or closes a block. Tags within lines alone make it
    HTML only where no empty line parts its paragraphs, which a page would run together.
    """
    start = text[:200_000].strip()
    if _PAGE.search(start) or _CLOSED_BLOCK.search(start):
        return True
    tags = len(_TAG.findall(start))
    if _TAG.match(start) and tags > 1:
        return True
    in_lines = _CLOSED.search(start) is not None or tags > max(1, start.count("\n"))
    return in_lines and _EMPTY_LINE.search(start) is None
