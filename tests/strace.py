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
def command() -> tuple[str, ...]:
    """How it is started on a process and its children; empty where there is none, or it may not trace here.

    Where it knows how, the kernel picks the calls that are traced, and all others run at full speed. It injects errors like
    that, but no signals.
    """
    for options in (("--seccomp-bpf", "-f", "-qq"), ("-f", "-qq")):
        tried = ["strace", *options, "-e", "trace=openat", "-o", os.devnull, "true"]
        if shutil.which("strace") and subprocess.run(tried, stderr=subprocess.DEVNULL).returncode == 0:
            return ("strace", *options)
    return ()


def required() -> None:
    """Skip the test where there is none."""
    if not command():
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
