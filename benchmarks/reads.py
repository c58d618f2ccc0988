"""The cost of reading a long ledger: the export of a day, renewals that are due, `purge`, `verify`; and what an
append costs then.

    python -m benchmarks.reads [--events 20000] [--appends 20000] [--postgresql] [--keep FOLDER]

Each is a process of its own: its processor time, which other work on the machine disturbs least, the time that
passed, and the most memory that it held. Exit code 1 where an export of a day held more than 200 MiB, or one as CSV
took more than two seconds of processor time.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.consent import scale
from benchmarks.ledgers import make
from tests.databases import cluster
from tests.site_fixtures import PROJECT
from widget.config import Config

MOST_MIB, MOST_SECONDS = 200, 2.0
RENEWALS = """
import secrets, sys
from datetime import UTC, datetime
from widget.config import Config
from widget.mail.renewals import owe_renewals
from widget.service import open_service
here = open_service(Config.from_env(), lambda: datetime.now(UTC), secrets.token_bytes)
print(owe_renewals(here))
here.close()
"""


@dataclass(frozen=True)
class Cost:
    """The cost of a process: seconds of the processor, seconds of the clock, MiB at the most, and lines that it wrote."""

    busy: float
    elapsed: float
    mib: float
    lines: int


def measure(config: Config, arguments: Sequence[str]) -> Cost:
    """The cost of a command of ours."""
    environment = os.environ | config.environ()
    began = time.monotonic()
    with tempfile.TemporaryFile() as written:
        process = subprocess.Popen([sys.executable, *arguments], cwd=PROJECT, env=environment, stdout=written)  # noqa: S603
        most = 0.0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            most = max(most, _peak(process.pid))
            time.sleep(0.02)
        _, status, used = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        elapsed = time.monotonic() - began
        written.seek(0)
        lines = sum(1 for _ in written)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, elapsed, most, lines)


def _peak(pid: int) -> float:
    """The most MiB that a process has held so far; what `wait4` tells includes its parent before it was started."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def read(config: Config, events: int) -> bool:
    """Measure every reading of a ledger; whether the exports of a day keep to their limits."""
    day = (datetime.now(UTC) - timedelta(days=30)).date().isoformat()
    consents = ("-m", "widget.cli")
    of_day = ("--from", day, "--to", day)
    commands = {
        "export of a day, CSV": (*consents, "export", *of_day),
        "export of a day, JSON-LD": (*consents, "export", "--format", "jsonld", *of_day),
        "renewals, the first look": ("-c", RENEWALS),
        "renewals, another process": ("-c", RENEWALS),
        "purge, shown only": (*consents, "purge"),
        "stats": (*consents, "stats"),
        "verify": (*consents, "verify"),
    }
    well = True
    print(f"| {events:,} events | processor s | elapsed s | MiB | lines |")
    print("|---|---|---|---|---|")
    for name, arguments in commands.items():
        cost = measure(config, arguments)
        print(f"| {name} | {cost.busy:.1f} | {cost.elapsed:.1f} | {cost.mib:.0f} | {cost.lines:,} |", flush=True)
        if name.startswith("export"):
            well = well and cost.mib <= MOST_MIB and (cost.busy <= MOST_SECONDS or "JSON" in name)
    return well


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument(
        "--appends", type=int, default=20_000, help="measure appends to a ledger of so many events; 0 for none"
    )
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--keep", type=Path, help="make the ledger in this folder, or read the one that is there")
    given = parser.parse_args()
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        database = cluster(on_disk=True).make(f"r{secrets.token_hex(4)}") if given.postgresql else ""
        if (folder / "consents.db").exists():
            config = Config(folder / "public" / "published.json", f"sqlite:///{folder}/consents.db", folder / "keys")
        else:
            config = make(folder, given.events, database)
        well = read(config, given.events)
    if given.appends:
        scale(given.appends)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
