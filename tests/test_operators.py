"""docs/operators.md is followed block by block on an empty prefix, with the shipped files, a real proxy and the units' own commands."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import programs
from tests.operators_machine import Machine, blocks, machine
from tests.proxies import Proxy
from tests.service_manager import IS_ROOT, options_in
from tests.site_fixtures import PROJECT
from tests.test_new import filled

LONG = os.environ.get("FAULTS") == "long"
at_length = pytest.mark.skipif(not LONG, reason="at length: make faults ONLY=operators")
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def one_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine on which the first chapter was followed."""
    programs.required("caddy")
    with machine() as here:
        wheel_into(here.prefix)
        for block in blocks("One machine"):
            if "noticeboard publish" in block:
                fill_in(here.at("/srv/noticeboard"))
            here.follow(block)
        yield here


def wheel_into(folder: Path) -> None:
    """The package, built from this folder, and readable for every user."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)


def fill_in(site: Path) -> None:
    """Put an answer in place of every mark, as editors do."""
    for path in (site / "content").rglob("*.md"):
        path.write_text(filled(path.read_text("utf-8")), "utf-8")


def agree(site: Proxy, published: Path) -> str:
    """Say yes on the notice's form through the proxy; the address of the receipt."""
    versions = json.loads(published.read_bytes())["versions"]
    started = [one for one in versions if one["notice"] == "parking" and one["effective"] <= str(date.today())]
    found = max(started, key=lambda one: one["version"])
    fields = {name: str(found[name]) for name in ("version", "digest", "language")}
    fields |= {f"decision.{one['id']}": "given" for one in found["consents"]} | {"request_id": secrets.token_hex(16)}
    posted = site.ask("POST", "/consent/parking", urlencode(fields).encode(), FORM)
    assert posted.status == 303, posted.body
    return str(posted.headers["Location"])


def test_at_the_end_of_the_chapter_a_consent_is_recorded_through_the_proxy(one_machine: Machine) -> None:
    site = one_machine.proxy()
    assert "Parking permits privacy notice" in site.ask("GET", "/parking/").body
    receipt = agree(site, one_machine.at("/var/www/privacy/public/published.json"))
    assert "You said yes" in site.ask("GET", receipt).body
    assert site.ask("GET", "/metrics").status == 403
    assert ",given," in one_machine.follow("sudo consents export")
    assert {"consents.service", "noticeboard-desk.service"} <= one_machine.services.enabled


def test_every_timer_is_on_and_every_unit_wrote_in_its_own_places(one_machine: Machine) -> None:
    timers = {path.name for path in (PROJECT / "deploy").glob("*.timer")}
    assert timers <= one_machine.services.enabled
    assert not one_machine.services.failed
    assert one_machine.services.stray == []
    (head,) = one_machine.at("/var/lib/noticeboard-heads").iterdir()
    assert head.read_text("utf-8").startswith("privacy.example.org/")
    assert list(one_machine.at("/var/backups/noticeboard").glob("consents-*.db"))


@pytest.mark.skipif(not IS_ROOT, reason="only root can run the services as users of their own")
def test_no_service_can_read_what_only_the_other_needs(one_machine: Machine) -> None:
    users = one_machine.services.users

    def may(user: str, place: str) -> bool:
        command = ["test", "-r", str(one_machine.at(place))]
        return subprocess.run(command, user=users[user], group=users[user], extra_groups=[]).returncode == 0

    for place, readers in (
        ("/etc/noticeboard/consents.env", {"consents"}),
        ("/etc/noticeboard/desk.env", {"noticeboard"}),
        ("/etc/noticeboard/desk-consents.key", {"noticeboard"}),
        ("/var/lib/noticeboard-consents/consents.db", {"consents"}),
        ("/var/lib/noticeboard-keys/signing.pem", {"consents"}),
        ("/var/lib/noticeboard-desk/people.yml", {"noticeboard"}),
        ("/srv/noticeboard/content/parking/notice.md", {"noticeboard"}),
        ("/var/www/privacy/public/published.json", {"consents", "noticeboard", "caddy"}),
    ):
        assert one_machine.at(place).exists(), place
        assert {user for user in ("consents", "noticeboard", "caddy") if may(user, place)} == readers, place


def test_the_desk_answers_behind_the_proxy_and_ships_what_it_publishes(one_machine: Machine) -> None:
    page = one_machine.follow("curl --silent --show-error --fail https://desk.example.org/desk/sign-in")
    assert "<h1" in page
    told = options_in(one_machine.at("/etc/noticeboard/desk.env"))
    place = one_machine.at("/var/www/privacy")
    before = (place / "public").readlink()
    built = str(one_machine.at("/srv/noticeboard/public").resolve())
    program = [word.replace("{built}", built) for word in json.loads(told["DESK_DEPLOY"])]
    one_machine.follow(f"sudo -u noticeboard env -i PATH=/usr/local/bin:/usr/bin:/bin {' '.join(program)}")
    assert (place / "public").readlink() != before
    assert one_machine.proxy().ask("GET", "/parking/").status == 200


def test_a_scheduled_version_reaches_the_site_on_its_day(one_machine: Machine) -> None:
    notice = one_machine.at("/srv/noticeboard/content/parking/notice.md")
    text = notice.read_text("utf-8")
    notice.write_text(f"{text}\n## Blue badges\n\nA blue badge needs no permit.\n", "utf-8")
    day = date.today() + timedelta(days=3)
    one_machine.follow(f"sudo noticeboard publish parking --kind clarification --summary 'Badges.' --effective {day}")
    site = one_machine.proxy()
    for on, is_there in ((day - timedelta(days=1), False), (day, True)):
        assert one_machine.services.start("noticeboard-rebuild.service", TODAY=str(on)) == 0
        assert ("A blue badge needs no permit" in site.ask("GET", "/parking/").body) is is_there
    assert one_machine.services.stray == []
    wait_until_ready(one_machine)
    assert agree(site, one_machine.at("/var/www/privacy/public/published.json"))


def wait_until_ready(here: Machine) -> None:
    for _ in range(100):
        if here.proxy().ask("GET", "/readyz").status == 200:
            return
        time.sleep(0.1)
    raise AssertionError(here.services.log("consents.service"))


@at_length
def test_a_reload_refuses_nobody(one_machine: Machine) -> None:
    published = one_machine.at("/var/www/privacy/public/published.json")
    with ThreadPoolExecutor(1) as others:
        given = others.submit(lambda: [agree(one_machine.proxy(), published) for _ in range(20)])
        one_machine.follow("sudo systemctl reload consents")
        assert len(set(given.result(60))) == 20
    for _ in range(100):
        if one_machine.services.log("consents.service").count("journal_mode=") >= 3:
            break
        time.sleep(0.1)
    assert one_machine.services.running["consents.service"].poll() is None
    one_machine.follow("sudo consents verify")


def test_staff_commands_run_as_the_services_user_and_root_is_refused(one_machine: Machine) -> None:
    whole = one_machine.at("/opt/noticeboard/current/bin/consents")
    if IS_ROOT:
        options = ". /etc/noticeboard/consents.env; export DATABASE_URL CONSENTS_KEYS"
        refused = one_machine.follow(f"{options}; {whole} stats 2>&1 || echo code $?")
        assert "Run it as its owner: sudo -u" in refused and refused.strip().endswith("code 2")
    assert one_machine.follow("sudo consents stats")
    assert one_machine.follow("cd /etc/noticeboard && sudo noticeboard status")


@at_length
def test_a_failure_is_told(one_machine: Machine) -> None:
    one_machine.services.stop("consents.service")
    units = one_machine.at("/etc/systemd/system")
    (units / "noticeboard-failed@.service.d" / "tell.conf").unlink()
    asks = units / "consents-ready.service"
    asks.write_text(asks.read_text("utf-8").replace("--retry-delay 15", "--retry-delay 1"), "utf-8")
    try:
        assert one_machine.services.start("consents-ready.service") != 0
    finally:
        one_machine.services.failed.clear()
        one_machine.services.start("consents.service")
    assert one_machine.told[-1][:5] == ["logger", "--priority", "daemon.alert", "--tag", "noticeboard"]
    assert one_machine.told[-1][-1] == "consents-ready failed. Read: journalctl --unit consents-ready"
    wait_until_ready(one_machine)


@at_length
def test_a_checkpoint_that_fails_leaves_the_days_file(one_machine: Machine) -> None:
    (head,) = one_machine.at("/var/lib/noticeboard-heads").iterdir()
    before = head.read_text("utf-8")
    database = one_machine.at("/var/lib/noticeboard-consents/consents.db")
    away = database.with_suffix(".away")
    one_machine.services.stop("consents.service")
    database.rename(away)
    try:
        assert one_machine.services.start("consents-checkpoint.service") != 0
        assert head.read_text("utf-8") == before
        assert [path.name for path in head.parent.iterdir()] == [head.name]
    finally:
        away.rename(database)
        one_machine.services.failed.clear()
        one_machine.services.start("consents.service")
    wait_until_ready(one_machine)
