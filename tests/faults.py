"""Runs the long form of each attack and fault, one after another or those that are named, and says what came out.

    python -m tests.faults [ROW ...]

Each row has a time limit; a row that fails, is skipped or passes it makes the exit code 1. docs/assurance.md names the
promise behind each row.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from tests.site_fixtures import PROJECT

MINUTE = 60


@dataclass(frozen=True)
class Row:
    """Tests of files, chosen by words of their names, or a module that is run; and the longest time it may take."""

    file: str
    """One or more, with spaces between."""
    chosen: str = ""
    minutes: int = 10
    arguments: tuple[str, ...] = ()

    def command(self) -> list[str]:
        """The command that runs."""
        if not self.file.startswith("tests/"):
            return [sys.executable, "-m", self.file, *self.arguments]
        words = ("-k", self.chosen) if self.chosen else ()
        return [sys.executable, "-m", "pytest", "-s", "-q", "--no-header", *self.file.split(), *words]


ROWS = {
    "kill": Row("tests/test_faults.py", "killed", 60),
    "power": Row("tests/test_faults.py", "power"),
    "flush": Row("tests/test_faults.py", "flush"),
    "calls": Row("tests/test_faults.py", "any_call", 40),
    "full": Row("tests/test_faults.py", "full_disk or grow"),
    "read-only": Row("tests/test_faults.py", "read_only"),
    "publishing": Row("tests/test_at_once.py"),
    "build": Row("tests/test_killed.py", minutes=60),
    "open": Row("tests/test_random_edits.py", minutes=180),
    "saving": Row("tests/test_desk_saving_edits.py", "generated", 60),
    "lock": Row("tests/test_app.py", "locked"),
    "postgresql": Row("tests/test_faults.py", "stopped_hard"),
    "rolling": Row("tests/test_rolling.py"),
    "hosts": Row("tests/test_postgresql.py", "hosts"),
    "clock": Row("tests/test_faults.py", "clock"),
    "sigterm": Row("tests/test_faults.py tests/test_watching.py", "under_way or long_poll or signal"),
    "watching": Row("tests/test_watching.py"),
    "connections": Row("tests/test_connections.py"),
    "backup": Row("tests/test_desk.py", "restored"),
    "dump": Row("tests/test_postgresql.py", "dump"),
    "point-in-time": Row("tests/test_point_in_time.py"),
    "races": Row("tests/test_app.py", "fifty"),
    "double": Row("tests/test_double.py", minutes=60),
    "flips": Row("tests/test_faults.py", "flipped"),
    "receipt-flips": Row("tests/test_desk.py", "flipped"),
    "tamper": Row("tests/test_faults.py", "tamper"),
    "tampering": Row("tests/test_verify.py", minutes=20),
    "signing": Row("tests/test_signing.py", minutes=30),
    "guesses": Row("tests/test_guesses.py"),
    "addresses": Row("tests/test_addresses.py", "hostile", 60),
    "api": Row("tests/test_fuzzed.py"),
    "proxies": Row("tests/test_proxies.py"),
    "operators": Row("tests/test_operators.py", minutes=20),
    "redis": Row("tests/test_redis.py"),
    "gunicorn": Row("tests/test_gunicorn.py"),
    "container": Row("tests/test_containers.py tests/test_container_steps.py", minutes=30),
    "mail": Row("tests/test_mail_tls.py"),
    "desk": Row("tests/test_desk_at_once.py", minutes=60),
    "desk-forms": Row("tests/test_desk_fuzzed.py", minutes=60),
    "laws": Row("tests/test_frozen.py tests/test_passages.py tests/test_plain.py tests/test_schema.py", minutes=20),
    "journeys": Row("tests/test_journeys.py", minutes=30),
    "scale": Row("benchmarks.reads", minutes=90, arguments=("--events", "1000000", "--appends", "1000000")),
    "scale-postgresql": Row(
        "benchmarks.reads", minutes=90, arguments=("--events", "1000000", "--appends", "0", "--postgresql")
    ),
    "soak": Row("benchmarks.soak", minutes=35, arguments=("--seconds", "600")),
    "soak-postgresql": Row("benchmarks.soak", minutes=35, arguments=("--seconds", "600", "--postgresql")),
}


def main(chosen: list[str]) -> int:
    """Run rows; the exit code is returned."""
    if unknown := set(chosen) - set(ROWS):
        print(f"No such row: {', '.join(sorted(unknown))}. There are {', '.join(ROWS)}.", file=sys.stderr)
        return 2
    results = {name: run(name, ROWS[name]) for name in chosen or ROWS}
    print("\n".join(f"{name:<16} {result}" for name, result in results.items()))
    return int(any(not result.startswith("passed") for result in results.values()))


def run(name: str, row: Row) -> str:
    """Run one; what came out, and how long it took."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    environment = os.environ | {"FAULTS": "long"}
    with subprocess.Popen(row.command(), cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            written, _ = process.communicate(timeout=row.minutes * MINUTE)
        except subprocess.TimeoutExpired:
            process.kill()
            return f"NOT DONE in {row.minutes} minutes"
    print(written, flush=True)
    skipped = " skipped" in written.strip().rpartition("\n")[2]
    word = "NOT PASSED" if process.returncode else "SKIPPED in part" if skipped else "passed"
    return f"{word} in {time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
