"""Runs a command of the generator and ends the process before its n-th change of a file below content/: a real stop.

`python -m tests.stopped N ARGUMENT ...`; exit code 9 where it was stopped.
"""

from __future__ import annotations

import os
import sys

from generator.cli import main

CHANGES = {"os.rename", "os.remove", "os.chmod"}


def _stop_before(number: int) -> None:
    left = number

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        written = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa")
        if (written or event in CHANGES) and f"{os.sep}content{os.sep}" in str(arguments[0]):
            if left == 0:
                os._exit(9)
            left -= 1

    sys.addaudithook(watch)


if __name__ == "__main__":
    _stop_before(int(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
