"""Looks for silence: does the endpoint ever stop answering for a second while it is asked without a pause?

    python -m benchmarks.soak [--seconds 3] [--clients 1 16 64] [--postgresql]

The long form is 600 seconds for each number of clients. Exit code 1 if there was a second of silence, or an error.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
from pathlib import Path

from benchmarks.consent import Contender, server
from benchmarks.load import post, run
from tests.consent_fixtures import answer
from tests.databases import cluster

SILENCE = 1.0


def soak(database: str, clients: int, seconds: float) -> bool:
    """Whether it went well."""
    with (
        tempfile.TemporaryDirectory(dir="/var/tmp") as name,
        server(Contender("soak", None, database or f"sqlite:///{name}/consents.db"), Path(name), 16) as (port, _),
    ):
        body = json.dumps(answer(photos="given")).encode()
        load = run(port, clients, seconds, lambda number: post("/api/consents", body, port))
    well = load.longest_silence < SILENCE and not load.errors
    print(
        f"{clients:>3} clients, {load.seconds:.0f} s: {len(load.latencies):,} answers, {load.rate:,.0f}/s, "
        f"p99 {load.quantile(0.99) * 1000:.0f} ms, longest silence {load.longest_silence * 1000:.0f} ms, "
        f"{len(load.errors)} errors: {'well' if well else 'NOT WELL'}",
        flush=True,
    )
    return well


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    well = [
        soak(cluster(on_disk=True).make(f"s{secrets.token_hex(4)}") if given.postgresql else "", clients, given.seconds)
        for clients in given.clients
    ]
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
