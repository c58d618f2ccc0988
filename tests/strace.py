"""strace, with which faults of the disk are injected and the order of system calls is seen.

`python -m tests.strace` installs Debian's package where it is missing and that is possible.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

import pytest


@cache
def works() -> bool:
    """Whether there is one, and it may trace a process here."""
    return bool(shutil.which("strace")) and subprocess.run(["strace", "-qo", "/dev/null", "true"]).returncode == 0


def required() -> None:
    """Skip the test where there is none."""
    if not works():
        pytest.skip("strace is not installed, or may not trace here")


def fetch() -> None:
    """Install it, as root on Debian."""
    if shutil.which("strace") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "strace"]):
        subprocess.run(["apt-get", *command], check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    fetch()
