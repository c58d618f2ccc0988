"""Text within a paragraph, heading or cell as CommonMark reads it: emphasis, links, pictures, code, entities, breaks.

The rules are those of CommonMark 0.31, chapter 6, with footnote marks, with attributes behind links, pictures and
code, and with links to addresses that are typed plainly.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.entities import html5
from itertools import groupby
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from generator.markdown.plain_addresses import plain_addresses

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
NO_TAG: str = None  # type: ignore[assignment]
"""The tag of an element that the serialiser writes as its content alone."""
ENTITY = r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
_ESCAPE = re.compile(rf"\\([{re.escape(PUNCTUATION)}])|({ENTITY})")
_ENTITY = re.compile(ENTITY)
_PLAIN = re.compile(r"[^\\`*_\[\]!<&\n]+")
_TICKS = re.compile("`+")
_NAME = r"[a-zA-Z_:][a-zA-Z0-9:._-]*"
_VALUE = r"(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\")"
OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*(?:\s+{_NAME}(?:\s*=\s*{_VALUE})?)*\s*/?>"
CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*\s*>"
_HTML = re.compile(
    rf"{OPEN_TAG}|{CLOSE_TAG}|<!-->|<!--->|<!--[\s\S]*?-->|<[?][\s\S]*?[?]>|<![A-Za-z][^>]*>|<!\[CDATA\[[\s\S]*?\]\]>"
)
_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^<>\x00-\x20]*)>")
_LABEL_OF_DOMAIN = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_MAIL = re.compile(rf"<([a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL_OF_DOMAIN}(?:\.{_LABEL_OF_DOMAIN})*)>")
_NOT_LINKED = re.compile(r"<(/?)(?:a|code|kbd|pre|samp)(?=[\s/>])", re.I)
"""Tags between which an address is not made a link."""
LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.S)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_ANGLED = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_TITLE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|\(((?:[^()\\]|\\.)*)\)", re.S)
_SPACE = re.compile(r"[ \n]*")
_ONE = r"[#.][\w:-]+|[\w:-]+=(?:\"[^\"]*\"|[\w:-]+)"
_ATTRIBUTES = re.compile(rf"\{{\s*(?:(?:{_ONE})(?:\s+(?:{_ONE}))*\s*)?\}}", re.A)
_KEPT = re.compile(r"([\w:-]+)=(?:\"([^\"]*)\"|([\w:-]+))", re.A)


@dataclass
class _Run:
    """A row of `*` or `_`, and what it may do."""

    char: str
    count: int
    opens: bool
    closes: bool
    whole: int


@dataclass
class _Bracket:
    """A `[` or `![` that may open a link or picture. `after` is where its text starts."""

    mark: str
    after: int
    active: bool = True


_Item = str | Element | _Run | _Bracket


@dataclass
class Footnotes:
    """The footnotes of a text by their labels, and the labels in the order in which they are first referred to."""

    content: dict[str, Element] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    """How often each is referred to."""


@dataclass(frozen=True)
class Context:
    """The targets that a text may refer to. `raw` keeps a piece of HTML and gives the placeholder that stands for it."""

    references: Mapping[str, tuple[str, str]]
    footnotes: Footnotes
    raw: Callable[[str], str]


def normal(label: str) -> str:
    """A label of a reference in the form in which labels are compared."""
    return " ".join(label.split()).lower().upper()


def unescaped(text: str) -> str:
    """An address or a title with its backslashes and entities undone."""
    return _ESCAPE.sub(lambda found: found[1] or entity(found[2]), text)


def entity(text: str) -> str:
    """The sign that an entity stands for; the text itself where there is none of that name."""
    if text[1] != "#":
        return html5.get(text[1:], text)
    number = int(text[3:-1], 16) if text[2] in "xX" else int(text[2:-1])
    return chr(number) if _is_sign(number) else "\ufffd"


def _is_sign(number: int) -> bool:
    control = (number < 32 and number not in (9, 10, 12, 13)) or 0x7F <= number <= 0x9F
    unused = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return not control and not unused and number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF


def destination(text: str, at: int) -> tuple[str, int] | None:
    """The address that starts there, and where it ends."""
    if found := _ANGLED.match(text, at):
        return unescaped(found[1]), found.end()
    if text[at : at + 1] == "<":
        return None
    depth, end = 0, at
    while end < len(text) and text[end] > " " and text[end] != "\x7f":
        char = text[end]
        if char == "\\" and text[end + 1 : end + 2] in PUNCTUATION and end + 1 < len(text):
            end += 1
        elif char == "(":
            depth += 1
            if depth > 32:
                return None
        elif char == ")":
            if depth == 0:
                break
            depth -= 1
        end += 1
    return (unescaped(text[at:end]), end) if depth == 0 else None


def title(text: str, at: int) -> tuple[str, int] | None:
    """The title that starts there, and where it ends."""
    found = _TITLE.match(text, at)
    if found is None or "\n\n" in found[0]:
        return None
    return unescaped(found[1] or found[2] or found[3] or ""), found.end()


def after_space(text: str, at: int) -> int:
    """Where the next sign that is no space stands, at most one line on."""
    found = _SPACE.match(text, at)
    end = found.end() if found else at
    return end if text.count("\n", at, end) < 2 else at


def fill(element: Element, text: str, context: Context) -> None:
    """Put what a text says into an element."""
    _Reader(text, context).read_into(element)


class _Reader:
    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.at = 0
        self.items: list[_Item] = []
        self.brackets: list[tuple[int, _Bracket]] = []
        """The open brackets with their places in `items`."""
        self.plain = deque(plain_addresses(text))
        """The addresses that stand plainly further on."""
        self.plain_links: list[tuple[int, Element]] = []
        """The links that were made of them, with their places in the text."""
        self.not_linked = 0
        """How many tags are open between which an address is not made a link."""

    def read_into(self, element: Element) -> None:
        """Read the whole text."""
        readers = {
            "\\": self._backslash,
            "`": self._code,
            "*": self._run,
            "_": self._run,
            "[": self._open,
            "!": self._picture,
            "]": self._close,
            "<": self._angle,
            "&": self._entity,
            "\n": self._line_end,
        }
        while self.at < len(self.text):
            if self._plain_address():
                continue
            if found := _PLAIN.match(self.text, self.at, self.plain[0].start if self.plain else len(self.text)):
                self.items.append(found[0])
                self.at = found.end()
            else:
                readers[self.text[self.at]]()
        _put(element, _emphasised(self.items))

    def _plain_address(self) -> bool:
        """Read an address that stands plainly here. Those within what was read as code or HTML are passed over."""
        while self.plain and (self.plain[0].start < self.at or self.not_linked):
            self.plain.popleft()
        if not self.plain or self.plain[0].start > self.at:
            return False
        address = self.plain.popleft()
        link = _link(unescaped(address.href), "", [unescaped(self.text[self.at : address.end])])
        self.plain_links.append((self.at, link))
        self._add(link, address.end - self.at)
        return True

    def _add(self, item: _Item, length: int) -> None:
        self.items.append(item)
        self.at += length

    def _backslash(self) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        if following == "\n":
            self._add(Element("br"), 1)
        elif following and following in PUNCTUATION:
            self._add(following, 2)
        else:
            self._add("\\", 1)

    def _code(self) -> None:
        ticks = _length(_TICKS, self.text, self.at)
        start = self.at + ticks
        for found in _TICKS.finditer(self.text, start):
            if len(found[0]) == ticks:
                code = self.text[start : found.start()].replace("\n", " ")
                if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
                    code = code[1:-1]
                element = Element("code")
                element.text = AtomicString(code)
                self.at = found.end()
                self.items.append(self._with_attributes(element))
                return
        self._add("`" * ticks, ticks)

    def _run(self) -> None:
        text, start = self.text, self.at
        char, end = text[start], start
        while end < len(text) and text[end] == char:
            end += 1
        before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
        space_before, space_after = _is_space(before), _is_space(after)
        mark_before, mark_after = _is_mark(before), _is_mark(after)
        left = not space_after and (not mark_after or space_before or mark_before)
        right = not space_before and (not mark_before or space_after or mark_after)
        if char == "_":
            opens, closes = left and (not right or mark_before), right and (not left or mark_after)
        else:
            opens, closes = left, right
        self._add(_Run(char, end - start, opens, closes, end - start), end - start)

    def _open(self) -> None:
        found = _FOOTNOTE.match(self.text, self.at)
        if found and found[1] in self.context.footnotes.content:
            self._add(_reference(self.context.footnotes, found[1]), len(found[0]))
            self._no_link_around()
        else:
            self._bracket("[")

    def _picture(self) -> None:
        if self.text.startswith("![", self.at) and not self._is_footnote(self.at + 1):
            self._bracket("![")
        else:
            self._add("!", 1)

    def _is_footnote(self, at: int) -> bool:
        found = _FOOTNOTE.match(self.text, at)
        return found is not None and found[1] in self.context.footnotes.content

    def _bracket(self, mark: str) -> None:
        bracket = _Bracket(mark, self.at + len(mark))
        self.brackets.append((len(self.items), bracket))
        self._add(bracket, len(mark))

    def _close(self) -> None:
        if not self.brackets:
            self._add("]", 1)
            return
        index, bracket = self.brackets.pop()
        target = self._target(bracket) if bracket.active else None
        if target is None:
            self._add("]", 1)
            return
        address, title, self.at = target
        self._unlink(bracket.after)
        inside = _emphasised(self.items[index + 1 :])
        del self.items[index:]
        element = _link(address, title, inside) if bracket.mark == "[" else _image(address, title, inside)
        self.items.append(self._with_attributes(element))
        if bracket.mark == "[":
            self._no_link_around()

    def _unlink(self, start: int) -> None:
        """Make the addresses that stand plainly from there on text: they are in the words of a link."""
        while self.plain_links and self.plain_links[-1][0] >= start:
            link = self.plain_links.pop()[1]
            link.tag = NO_TAG
            link.attrib.clear()

    def _no_link_around(self) -> None:
        """No link is within another."""
        for _, earlier in self.brackets:
            earlier.active = earlier.active and earlier.mark == "!["

    def _target(self, bracket: _Bracket) -> tuple[str, str, int] | None:
        """Address, title and end of what follows a `]`: in round brackets, or by reference."""
        text, after = self.text, self.at + 1
        if text[after : after + 1] == "(" and (found := _in_brackets(text, after + 1)):
            return found
        label, end = text[bracket.after : self.at], after
        given = LABEL.match(text, after)
        if given:
            end = given.end()
            if given[1]:
                label = given[1]
        if not label.strip() or not LABEL.fullmatch(f"[{label}]"):
            return None
        known = self.context.references.get(normal(label))
        return (*known, end) if known else None

    def _with_attributes(self, element: Element) -> Element:
        """The element with what each `{name=value}` right behind it says."""
        while found := _ATTRIBUTES.match(self.text, self.at):
            for name, quoted, bare in _KEPT.findall(found[0]):
                element.set(name, quoted or bare)
            self.at = found.end()
        return element

    def _angle(self) -> None:
        if found := _ADDRESS.match(self.text, self.at):
            self._address(found, found[1])
        elif found := _MAIL.match(self.text, self.at):
            self._address(found, f"mailto:{found[1]}")
        elif found := _HTML.match(self.text, self.at):
            element = Element(NO_TAG)
            element.text = AtomicString(self.context.raw(found[0]))
            if tag := _NOT_LINKED.match(found[0]):
                self.not_linked = max(0, self.not_linked + (-1 if tag[1] else 1))
            self._add(element, len(found[0]))
        else:
            self._add("<", 1)

    def _address(self, found: re.Match[str], address: str) -> None:
        """A link whose words are the address itself."""
        self.at = found.end()
        self.items.append(self._with_attributes(_link(address, "", [found[1]])))

    def _entity(self) -> None:
        found = _ENTITY.match(self.text, self.at)
        if found is None:
            self._add("&", 1)
        else:
            self._add(entity(found[0]), len(found[0]))

    def _line_end(self) -> None:
        last = self.items[-1] if self.items else None
        if isinstance(last, str):
            kept = last.rstrip(" ")
            self.items[-1] = kept
            if len(last) - len(kept) > 1:
                self.items.append(Element("br"))
        self._add("\n", 1)
        while self.text.startswith(" ", self.at):
            self.at += 1


def _length(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return len(found[0]) if found else 0


def _is_space(char: str) -> bool:
    return char in "\t\n\f\r " or unicodedata.category(char) == "Zs"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _in_brackets(text: str, at: int) -> tuple[str, str, int] | None:
    """Address, title and end of `(address "title")`, read from behind its opening bracket."""
    start = after_space(text, at)
    found = destination(text, start)
    if found is None:
        return None
    address, end = found
    following = after_space(text, end)
    said = title(text, following) if following > end else None
    if said:
        following = after_space(text, said[1])
    if text[following : following + 1] != ")":
        return None
    return address, said[0] if said else "", following + 1


def _emphasised(items: list[_Item]) -> list[str | Element]:
    """The items with each pair of runs made emphasis, and what has no partner made text (CommonMark 6.2)."""
    done: list[_Item] = []
    for item in items:
        if not isinstance(item, _Run):
            done.append(item)
            continue
        while item.closes and item.count and (index := _opener(done, item)) is not None:
            opener = done[index]
            assert isinstance(opener, _Run)  # noqa: S101 (`_opener` finds nothing else)
            strength = 2 if min(opener.count, item.count) > 1 else 1
            element = Element("strong" if strength == 2 else "em")
            _put(element, _as_text(done[index + 1 :]))
            opener.count -= strength
            item.count -= strength
            done[index + 1 if opener.count else index :] = [element]
        if item.count:
            done.append(item)
    return _as_text(done)


def _opener(done: list[_Item], closer: _Run) -> int | None:
    """The place of the nearest run that the closer may be paired with."""
    for index in range(len(done) - 1, -1, -1):
        run = done[index]
        if isinstance(run, _Run) and run.char == closer.char and run.opens:
            both_ways = run.closes or closer.opens
            if not (both_ways and closer.whole % 3 and (run.whole + closer.whole) % 3 == 0):
                return index
    return None


def _as_text(items: list[_Item]) -> list[str | Element]:
    texts: list[str | Element] = []
    for item in items:
        if isinstance(item, _Run):
            texts.append(item.char * item.count)
        else:
            texts.append(item.mark if isinstance(item, _Bracket) else item)
    return texts


def _put(element: Element, items: list[str | Element]) -> None:
    """Append texts and elements to an element."""
    for is_text, group in groupby(items, lambda item: isinstance(item, str)):
        if not is_text:
            element.extend(group)  # type: ignore[arg-type]
            continue
        text = "".join(group)  # type: ignore[arg-type]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


def _link(address: str, title: str, inside: list[str | Element]) -> Element:
    element = Element("a", {"href": address, **({"title": title} if title else {})})
    _put(element, inside)
    return element


def _image(address: str, title: str, inside: list[str | Element]) -> Element:
    words = Element(NO_TAG)
    _put(words, inside)
    return Element("img", {"alt": _words(words), "src": address, **({"title": title} if title else {})})


def _words(element: Element) -> str:
    """The words of a picture's description; a picture within it counts as its own description."""
    parts = [element.get("alt", ""), element.text or ""]
    for child in element:
        parts += [_words(child), child.tail or ""]
    return "".join(parts)


def _reference(footnotes: Footnotes, label: str) -> Element:
    """The raised number that leads to a footnote."""
    count = footnotes.used[label] = footnotes.used.get(label, 0) + 1
    sup = Element("sup", {"id": f"fnref{count if count > 1 else ''}:{label}"})
    link = Element("a", {"href": f"#fn:{label}"})
    link.text = AtomicString(str(list(footnotes.used).index(label) + 1))
    sup.append(link)
    return sup
