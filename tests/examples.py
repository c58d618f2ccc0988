"""How many made-up examples a law is tried on: few in `make test`, many in `make faults ONLY=laws`."""

from __future__ import annotations

import os


def examples(short: int, long: int) -> int:
    """The number for this run."""
    return long if os.environ.get("FAULTS") == "long" else short
