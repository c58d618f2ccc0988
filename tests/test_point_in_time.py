"""PostgreSQL's archive brings the ledger back: to its end without a loss, and to a moment under a new name.

As docs/backup.md says. `make faults ONLY=point-in-time` runs it; `make test` leaves it out, for its three servers.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.consent_fixtures import MANIFEST, FakeClock, form, published
from tests.databases import Cluster, run
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config

pytestmark = pytest.mark.skipif(
    os.environ.get("FAULTS") != "long", reason="three servers: make faults ONLY=point-in-time"
)
FIRST = len(MANIFEST.versions)


class Restored(Cluster):
    """A server on a copy of the base backup, which reads the archive of another."""

    def __init__(self, base: Path, lost: Cluster, name: str, *settings: str) -> None:
        self.server, self.folder = lost.server, lost.folder.parent / name
        shutil.copytree(base, self.folder)
        self.folder.chmod(0o700)
        told = (f"restore_command = 'cp {lost.folder.parent}/wal/%f %p'", "archive_mode = off", *settings)
        with (self.folder / "postgresql.auto.conf").open("a") as file:
            file.write("".join(f"{line}\n" for line in told))
        (self.folder / "recovery.signal").touch()
        own(self, self.folder)
        self.start()

    def await_recovery(self) -> None:
        """Wait until it takes writes."""
        for _ in range(300):
            with self.connect() as connection:
                if connection.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,):
                    return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())


def own(cluster: Cluster, folder: Path) -> None:
    """Give a folder to the user that the server runs as."""
    if (user := cluster.server.system_user) is not None:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)


@pytest.fixture
def archived() -> Iterator[Cluster]:
    """A server that archives what it writes."""
    cluster = Cluster(on_disk=True)
    wal = cluster.folder.parent / "wal"
    wal.mkdir()
    own(cluster, wal)
    with cluster.connect() as connection:
        connection.execute("ALTER SYSTEM SET archive_mode = 'on'")
        connection.execute(f"ALTER SYSTEM SET archive_command = 'test ! -f {wal}/%f && cp %p {wal}/%f'")
    cluster.stop_hard()
    cluster.start()
    yield cluster
    shutil.rmtree(cluster.folder.parent, ignore_errors=True)


def give(config: Config, count: int) -> list[str]:
    """Answer so many times; the addresses of the receipts."""
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    sent = [form(photos="given") | {"email": f"resident{number}@example.org"} for number in range(count)]
    told = [str(client.post("/consent/family-hubs", data=one).location) for one in sent]
    close_app(app)
    return told


def test_the_archive_brings_back_every_act_or_all_until_a_moment(
    archived: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = replace(published(tmp_path), database=archived.make("consents"))
    give(config, 2)
    base = archived.folder.parent / "base"
    run("pg_basebackup", f"--pgdata={base}", "--checkpoint=fast", f"--host={archived.folder}", "--username=postgres")
    give(config, 2)
    with archived.connect() as connection:
        (moment,) = connection.execute("SELECT clock_timestamp()").fetchone() or ("",)
    last = give(config, 3)[-1]
    with archived.connect() as connection:
        (segment,) = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or ("",)
    for _ in range(100):
        if (archived.folder.parent / "wal" / str(segment)).exists():
            break
        time.sleep(0.1)
    archived.stop_hard()
    (archived.folder / "PG_VERSION").unlink()  # the disk is gone

    end = Restored(base, archived, "end")
    end.await_recovery()
    assert (
        _gone_on(config, end, tmp_path / "at the end", capsys)
        == f"{FIRST + 7} events are back. 0 erasures were done again.\n"
    )
    app = create_app(replace(config, database=end.url("consents"), keys=tmp_path / "at the end"), FakeClock())
    assert app.test_client().get(last).status_code == 200
    close_app(app)
    end.stop_hard()

    stop = (f"recovery_target_time = '{moment}'", "recovery_target_action = 'promote'")
    earlier = Restored(base, archived, "earlier", *stop)
    earlier.await_recovery()
    said = _gone_on(config, earlier, tmp_path / "at a moment", capsys)
    assert "3 signed events are not in it. The ledger goes on under a new name" in said
    assert f"{FIRST + 4} events are back" in said
    earlier.stop_hard()
    print(
        f"{FIRST + 7} of {FIRST + 7} events at the end of the archive, {FIRST + 4} at the moment before the last three"
    )


def _gone_on(config: Config, server: Cluster, keys: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The words of `restore` on a copy of the keys, after which all is whole."""
    shutil.copytree(config.keys_folder, keys)
    keys.chmod(0o700)
    more = ("--database", server.url("consents"), "--keys", str(keys))
    capsys.readouterr()
    assert main(["restore", *more, "--manifest", str(config.manifest)]) == 0
    said = capsys.readouterr().out
    assert main(["verify", *more, "--manifest", str(config.manifest)]) == 0
    return said
