"""Keep a small ledger with the tables of an earlier time: `python -m tests.releases.make_tables REVISION CHECKOUT`.

CHECKOUT is the code of a time whose newest migration was REVISION. It tells `tables_story` on both databases; what it
leaves goes to tests/releases/tables/REVISION as SQL text.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.databases import POSTGRESQL, SQLITE, cluster
from tests.releases.dumps import dump

TABLES = Path(__file__).parent / "tables"
STORY = Path(__file__).parent / "tables_story.py"


def main() -> None:
    """Make one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision")
    parser.add_argument("checkout", type=Path)
    given = parser.parse_args()
    target = TABLES / given.revision
    if target.exists():
        raise SystemExit(f"{target} exists, and what was kept never changes.")
    with tempfile.TemporaryDirectory() as folder:
        make(given.checkout.resolve(), Path(folder), target)
    print(f"Kept {target}.")


def make(checkout: Path, work: Path, target: Path) -> None:
    """Have the story told on each database, and keep what it leaves."""
    target.mkdir(parents=True)
    databases = {SQLITE: f"sqlite:///{work}/consents.db", POSTGRESQL: cluster().make("tables")}
    told = {}
    for kind, database in databases.items():
        folder = work / kind
        folder.mkdir()
        command = [sys.executable, str(STORY), database, str(folder)]
        subprocess.run(command, cwd=checkout, env=os.environ | {"PYTHONPATH": str(checkout)}, check=True)
        (target / f"{kind}.sql").write_text(dump(database), "utf-8", newline="\n")
        told[kind] = (folder / "handed-out.json").read_bytes()
    if told[SQLITE] != told[POSTGRESQL]:
        raise SystemExit("The two databases do not tell the same story.")
    (target / "handed-out.json").write_bytes(told[SQLITE])
    shutil.copytree(work / SQLITE / "keys", target / "keys", ignore=shutil.ignore_patterns("in-use", "*.lock"))
    shutil.copy(work / SQLITE / "public" / "published.json", target)


if __name__ == "__main__":
    main()
