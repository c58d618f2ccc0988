"""For the operator and the service: which letters wait, and which were given up."""

from __future__ import annotations

import argparse
import json

from widget.commands import opening
from widget.commands.codes import DONE
from widget.config import Config

COLUMNS = ("state", "kind", "reference", "seq", "since", "tries", "next", "why")


def mail(config: Config, given: argparse.Namespace) -> int:
    """Run `consents mail`. Returns the exit code."""
    with opening.reading(config) as reading:
        listed = [{name: getattr(one, name) for name in COLUMNS} for one in reading.listed()]
    if given.format == "json":
        print(json.dumps({"letters": listed}, ensure_ascii=False, indent=1))
        return DONE
    print("\t".join(COLUMNS))
    for one in listed:
        print("\t".join("-" if value is None else str(value) for value in one.values()))
    return DONE
