"""The report of an import: words, lists, tables and links before and after, and all that did not come along. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.importing import contents, placeholders
from generator.importing.document import Loss
from generator.importing.words import seen_in, words_of

_AROUND = frozenset(
    {"around the content", "cookie banner", "navigation", "breadcrumbs", "share link", "helper link", "button"}
    | {"question about the page", "sign beside a heading", "form field", "hidden text", "table of contents", "deletion"}
    | {"text for browsers without scripts", "link back from a footnote", "number of a footnote", "mark of a footnote"}
    | {"mark of a comment"}
)
"""Parts left out together with their words, which then do not count as lost."""


_QUIET = frozenset(
    {"marker of a list", "link back from a footnote", "number of a footnote", "mark of a footnote"}
    | {"sign beside a heading"}
)
"""Signs of lists and footnotes, which the page makes itself."""


@dataclass(frozen=True)
class Report:
    """The outcome for one document."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    """How many there are of each of `contents.KINDS`."""
    differences: tuple[str, ...] = ()
    """Items of a kind that one of the two has more of, a line each."""
    missing: tuple[str, ...] = ()
    """Words of the document that the notice does not have, in the document's order."""
    new: tuple[str, ...] = ()
    """Words of the notice that the document does not have and the import did not write."""
    left: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()
    """Changes and proposals, a sentence each."""

    @property
    def whole(self) -> bool:
        """Whether every word came along."""
        return not self.missing and not self.new


def compared(
    source: Sequence[str], rendered: str, title: str, losses: Sequence[Loss], lines: Iterable[str], added: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """The words that are missing in a rendered notice, those that are new, and all that it has.

    `lines` are the "last updated" lines that were taken out, `added` what the import wrote itself.
    """
    result = [*words_of(title), *seen_in(rendered)]
    missing, new = Counter(source) - Counter(result), Counter(result) - Counter(source)
    for text in [*(loss.text for loss in losses if loss.kind != placeholders.KIND), *lines]:
        missing -= Counter(words_of(text))
    repeated = (loss.text for loss in losses if loss.kind == "merged cells")
    for text in [*added, *repeated]:
        new -= Counter(words_of(text))
    return _in_order(missing, source), _in_order(new, result), result


def _in_order(counts: Counter[str], words: Sequence[str]) -> tuple[str, ...]:
    left, result = +counts, []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
            result.append(word)
    return tuple(result)


def text(report: Report) -> str:
    """The report as lines for a terminal."""
    lines = [f"{'':16}{'document':>10}{'notice':>10}"]
    for name, before, after in zip(contents.KINDS, report.before, report.after, strict=True):
        if before or after:
            lines.append(f"{name:16}{before:>10,}{after:>10,}")
    lines += [f"  {line}" for line in report.differences]
    if report.whole:
        lines.append("Every word of the document is in the notice or listed below.")
    for words, says in ((report.missing, "Missing in the notice"), (report.new, "New in the notice")):
        if words:
            lines.append(f"{says}: {len(words)} word{'s' * (len(words) != 1)}: {_cut(' '.join(words), 2_000)}")
    furniture = [loss for loss in report.left if loss.kind in _AROUND - _QUIET]
    others = [loss for loss in report.left if loss.kind not in _AROUND | _QUIET]
    if others:
        lines.append("Look at these:")
        lines += [f"  {line}" for line in _listed(others)]
    if furniture:
        lines.append("Left out, with the words in them:")
        lines += [f"  {line}" for line in _listed(furniture)]
    return "\n".join([*lines, *report.notes])


def _listed(losses: Iterable[Loss]) -> list[str]:
    lines = []
    for loss, times in Counter(losses).items():
        often = f" ({times} times)" if times > 1 else ""
        said = f": “{_cut(loss.text, 160)}”" if loss.text else ""
        place = f", at “{loss.where}”" if loss.where and loss.where != loss.text else ""
        lines.append(f"{loss.kind}{often}{said}{place}")
    return lines


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " ..."
