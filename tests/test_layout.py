"""One layout: units, files for proxies, documents and messages name the places of one table in docs/operators.md and
no others."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import QueuePool

from tests.operators_machine import CHAPTER
from tests.service_manager import Unit, read_unit
from tests.site_fixtures import PROJECT
from widget.store.engine import ADDRESSES

DEPLOY = PROJECT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
PLACE = re.compile(r"(?<![\w.$}>*-])/(?:opt|srv|var|etc|usr/local/bin)/[\w@./-]*")
"""A place of a server, in a text. A path that follows a name, as in `public/var/`, is none."""


OTHERS = ("/usr/local/bin/deploy", "/usr/local/bin/", "/var/lib/apt/lists/", "/var/lib/postgresql/data")
"""Places that are not ours: a program of the operator's own, in an example, and those of the images that containers start from."""


def table() -> list[str]:
    """The places of the table."""
    text = CHAPTER.read_text("utf-8").partition("\n## Where everything is\n")[2].partition("\n## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) > 10
    return [place for row in rows for place in re.findall(r"`(/[^`<]*)", row.split("|")[1])] + ["/opt/noticeboard/"]


def named() -> dict[str, str]:
    """Every text that names places of a server: what is shipped, the documents, and the message about databases."""
    files = [path for path in DEPLOY.iterdir() if path.is_file()]
    files += [*(PROJECT / "docs").glob("*.md"), PROJECT / "README.md", PROJECT / "SECURITY.md"]
    return {str(path.relative_to(PROJECT)): path.read_text("utf-8") for path in files} | {"message": ADDRESSES}


def test_every_place_is_one_of_the_table() -> None:
    places = table()
    strange = {
        (name, place)
        for name, text in named().items()
        for place in (found.rstrip(".") for found in PLACE.findall(text.replace("sqlite:///", "sqlite: ")))
        if place not in OTHERS
        and not any(place == one.rstrip("/") or place.startswith(f"{one.rstrip('/')}/") for one in places)
    }
    assert strange == set()


def test_every_place_of_the_table_is_used() -> None:
    shipped = "\n".join(text for name, text in named().items() if name != "docs/operators.md")
    shipped += CHAPTER.read_text("utf-8").partition("\n## One machine\n")[2]
    assert [place for place in table() if place.rstrip("/") not in shipped] == []


@pytest.mark.parametrize("file", SERVICES, ids=lambda file: file.stem)
def test_each_unit_is_fenced_in_and_tells_where_it_fails(file: Path) -> None:
    unit = read_unit(file)
    assert {"NoNewPrivileges", "SystemCallFilter", "CapabilityBoundingSet", "ProtectSystem", "UMask"} <= unit.keys()
    assert unit.get("OnFailure") == ["noticeboard-failed@%N.service"] or file.stem == "noticeboard-failed@"
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: it rates how a unit is fenced in")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=30", "--no-pager", str(file)]
    rated = subprocess.run(command, capture_output=True, text=True)
    assert rated.returncode == 0, [*rated.stdout.splitlines()[-1:], rated.stderr]


def test_all_units_have_the_same_fence() -> None:
    """systemd has no file to include: what two units say differently must be meant."""
    own = {"UMask", "MemoryDenyWriteExecute"}
    fence = {
        name for name in read_unit(SERVICES[0]) if name.startswith(("Protect", "Restrict", "Private", "SystemCall"))
    }
    units = [read_unit(file) for file in SERVICES]
    assert len(fence) > 15
    assert [name for name in sorted(fence - own) if len({tuple(unit.get(name, ())) for unit in units}) > 1] == []


def test_every_script_that_a_unit_or_the_chapter_names_can_be_run() -> None:
    texts = [path.read_text("utf-8") for path in SERVICES] + [CHAPTER.read_text("utf-8")]
    scripts = set(re.findall(r"share/noticeboard/deploy/([\w-]+)(?![\w/-])", "".join(texts))) - {"locks"}
    assert scripts == {"as-service", "noticeboard-rebuild", "noticeboard-ship"}
    assert all((DEPLOY / script).stat().st_mode & 0o111 for script in scripts)


def test_each_timer_has_its_job_and_is_in_the_chapter() -> None:
    chapter = CHAPTER.read_text("utf-8")
    for timer in DEPLOY.glob("*.timer"):
        told = RawConfigParser(strict=False)
        told.read_string(timer.read_text("utf-8"))
        assert told["Timer"]["OnCalendar"] and told["Timer"]["Persistent"] in ("yes", "true")
        assert timer.with_suffix(".service").is_file()
        assert f"| `{timer.stem}` |" in chapter and timer.name in chapter


def test_who_writes_the_published_site_writes_where_the_proxies_read() -> None:
    public = "/var/www/privacy/public"
    for name, text in named().items():
        if name.startswith("deploy/Caddyfile") and "root *" in text:
            assert set(re.findall(r"root \* (\S+)", text)) == {public}, name
    assert f"root {public};" in (DEPLOY / "nginx.conf").read_text("utf-8")
    for unit in ("noticeboard-rebuild.service", "noticeboard-desk.service"):
        settings: Unit = read_unit(DEPLOY / unit)
        assert str(Path(public).parent) in settings["ReadWritePaths"][0].split()
        assert settings["UMask"] == ["0022"], "the proxy and the consent service read what they write"
    chapter = CHAPTER.read_text("utf-8")
    assert f"CONSENTS_MANIFEST={public}/published.json" in chapter
    assert "noticeboard-rebuild /var/www/privacy" in (DEPLOY / "noticeboard-rebuild.service").read_text("utf-8")


def test_the_sum_for_max_connections_is_that_of_the_pool() -> None:
    text = (PROJECT / "widget" / "store" / "engine.py").read_text("utf-8")
    (size,) = map(int, re.findall(r"pool_size=(\d+)", text))
    pool = create_engine("sqlite:///:memory:", poolclass=QueuePool, pool_size=size).pool
    assert isinstance(pool, QueuePool)
    most = pool.size() + pool._max_overflow
    chapter = CHAPTER.read_text("utf-8")
    assert f"hosts × workers × {most} + 10" in chapter and f"need {2 * 2 * most + 10};" in chapter
