"""The digests by which the example is told from what somebody wrote: `python -m tests.example` writes them anew."""

from __future__ import annotations

from generator.starting.example import DIGESTS
from generator.versions.version import digest
from tests.site_fixtures import PROJECT


def digests() -> str:
    """The SHA-256 of site.yml and of each file below content/, one a line, without names."""
    files = [PROJECT / "site.yml", *(path for path in (PROJECT / "content").rglob("*") if path.is_file())]
    return "".join(f"{line}\n" for line in sorted({digest(path.read_bytes()) for path in files}))


if __name__ == "__main__":
    DIGESTS.write_text(digests(), "ascii")
