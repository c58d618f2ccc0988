"""Random mutations of Word files: each is read or refused in a sentence, and nothing of the reader's own shows.

`python -m tests.fuzz_word [COUNT] [SEED]` is the long run (`make fuzz`); `test_import_word_safety.py` has a short one.
"""

from __future__ import annotations

import random
import re
import sys
import time
import traceback
from functools import cache

from generator.importing.refusal import NotTaken
from generator.importing.word_file import converted
from tests import word_documents
from tests.word_fixtures import mutated

SECONDS = 5.0
_HARMFUL = re.compile(
    r"<(?!/?(?:body|h[1-6]|p|ul|ol|li|table|thead|tbody|tr|th|td|a|sup|sub|em|strong|del|mark|img|br)\b)"
)
_ATTRIBUTE = re.compile(r" (?!(?:href|id|class|start|dir|alt|data-kind|data-proposed-heading)=)[a-z-]+=[\"'][^<>]*>")


@cache
def _files() -> list[bytes]:
    return [make() for make in word_documents.ALL.values()]


def judge(seed: int) -> None:
    """Read one mutated file. Raises `AssertionError` for what must not be, and lets any other exception through."""
    rng = random.Random(seed)  # noqa: S311 (repeatable on purpose)
    try:
        document = converted(mutated(rng.choice(_files()), rng))
    except NotTaken as refused:
        assert refused.message.endswith(".")
        assert refused.remedy.endswith(".")
        return
    assert document.html.startswith("<body>")
    assert document.html.endswith("</body>")
    assert not re.search("[\ue000-\uf8ff]", document.html), "a token of the reader is in the text"
    assert not _HARMFUL.search(document.html)
    assert not _ATTRIBUTE.search(document.html)


def main(count: int = 10_000, first: int = 1) -> int:
    """Run many cases; 1 if any fails or takes longer than `SECONDS`."""
    failures, longest = 0, (0.0, 0)
    for seed in range(first, first + count):
        started = time.process_time()
        try:
            judge(seed)
        except Exception:
            failures += 1
            sys.stdout.write(f"seed {seed}:\n{traceback.format_exc(limit=-4)}\n")
        longest = max(longest, (time.process_time() - started, seed))
    sys.stdout.write(
        f"{count} Word files: {failures} failures; the longest took {longest[0]:.1f} s (seed {longest[1]}).\n"
    )
    return int(bool(failures) or longest[0] > SECONDS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
