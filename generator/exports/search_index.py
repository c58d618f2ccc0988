"""Full-text search over the versions in force, indexed by Pagefind: the extra `search`. The index is part of the site.

The list of notices and its filter work without it. In the browser it needs 'wasm-unsafe-eval' in script-src.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from generator.content.site_file import FILE, SiteSource
from generator.exports.faults import O02
from generator.problems import ContentError, Place, Problem


def missing() -> list[Problem]:
    """The reason why the site cannot be indexed here."""
    if find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None:
        return []
    remedy = "Install it with: pip install 'noticeboard[search]', or write `search: no`."
    return [O02.problem(Place(FILE), "`search` is asked for, and Pagefind is not installed.", remedy)]


def index(folder: Path, site: SiteSource) -> None:
    """Index the built site in `folder`: pages marked with data-pagefind-body, which are the notices in force."""
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own arguments)
    if done.returncode:
        why = (done.stderr or done.stdout).strip()[-500:]
        raise ContentError(
            [
                O02.problem(
                    Place(FILE),
                    f"The search index could not be made: {why}",
                    "Mend that, or write `search: no`.",
                )
            ]
        )
