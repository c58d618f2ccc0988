"""Three stories, end to end in a real browser: a resident who agrees and withdraws, an editor who changes a word, a council
that starts from nothing."""

from __future__ import annotations

import itertools
import json
import re
import secrets
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.cli import main
from tests.serving import served
from tests.site_fixtures import PROJECT
from tests.test_new import filled

STATEMENT = "I agree that Stockport Council can use my contact details"


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A copy of the example site, for a story of its own."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copy(PROJECT / "site.yml", tmp_path)
    return tmp_path


@pytest.fixture
def address(council: Path) -> Iterator[str]:
    with served(council) as found:
        yield found


def visitor(browser: Browser, address: str, *, script: bool = True) -> BrowserContext:
    """A resident's browser. It may ask nothing of anybody but the council, and is given no cookie."""
    context = browser.new_context(java_script_enabled=script, base_url=address)
    context.on("request", lambda request: _own(request.url, address))
    context.set_default_timeout(10_000)
    return context


def _own(url: str, address: str) -> None:
    assert url.startswith(address), f"a request left the site: {url}"


def exported(council: Path) -> list[dict[str, object]]:
    database = f"sqlite:///{council / 'var' / 'consents.db'}"
    command = [sys.executable, "-m", "widget.cli", "export", "--format", "jsonl", "--database", database]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def kinds(council: Path) -> list[object]:
    return [event["kind"] for event in exported(council) if event["kind"] != "notice-published"]


def test_a_resident_agrees_and_withdraws_without_script(browser: Browser, address: str, council: Path) -> None:
    context = visitor(browser, address, script=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Family Hubs privacy notice").click()
    expect(page.locator("h1")).to_have_text("Family Hubs privacy notice")
    page.get_by_role("radio", name="I agree").check()
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator("main")).to_contain_text("Your answer is not saved yet.")
    assert kinds(council) == []
    page.get_by_role("button", name="Save my answer").click()

    expect(page).to_have_url(re.compile("/receipt/"))
    main_part = page.locator("main")
    expect(main_part).to_contain_text(STATEMENT)
    expect(main_part).to_contain_text("Family Hubs privacy notice")
    expect(main_part).to_contain_text(f"{address}/family-hubs/v/")
    reference = re.search(r"[0-9A-Z]{3}(?:-[0-9A-Z]{3})+", main_part.inner_text())
    assert reference, main_part.inner_text()
    assert kinds(council) == ["given"]

    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page).to_have_url(re.compile("/receipt/"))
    expect(page.locator("main")).to_contain_text(re.compile("withdrawn|withdrew", re.I))
    expect(page.get_by_role("button", name=re.compile("Withdraw"))).to_have_count(0)
    assert kinds(council) == ["given", "withdrawn"]
    assert context.cookies() == []
    context.close()


def test_a_resident_agrees_and_withdraws_with_script(browser: Browser, address: str, council: Path) -> None:
    context = visitor(browser, address)
    page = context.new_page()
    page.goto("/family-hubs/")
    page.get_by_role("radio", name="I agree").check()
    page.get_by_role("button", name="Save my answer").click()
    expect(page).to_have_url(re.compile("/receipt/"))
    assert kinds(council) == ["given"]

    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page.locator("main")).to_contain_text(re.compile("withdrawn|withdrew", re.I))
    assert kinds(council) == ["given", "withdrawn"]
    assert context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    context.close()


def test_an_editor_changes_a_word_and_the_older_receipt_keeps_the_older_words(
    browser: Browser, council: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = council / "content" / "family-hubs" / "notice.md"
    root = ["--root", str(council)]
    with served(council) as address:
        context = visitor(browser, address, script=False)
        page = context.new_page()
        page.goto("/family-hubs/")
        version = page.locator("input[name=version]").get_attribute("value")
        page.get_by_role("radio", name="I agree").check()
        page.get_by_role("button", name="Save my answer").click()
        page.get_by_role("button", name="Save my answer").click()
        page.wait_for_url("**/receipt/*")
        receipt = page.url.removeprefix(address)
        _has_words(page, f"/family-hubs/v/{version}/")
        context.close()

    text = notice.read_text("utf-8")
    changed = text.replace("to keep in touch with me about", "to send me letters about")
    assert changed != text
    notice.write_text(changed, "utf-8")
    assert {"changed:", "consents"} <= set(_status(root, capsys).split())
    publishing = ["publish", "family-hubs", *root, "--kind", "material", "--summary", "We now say letters."]
    assert main(publishing) == 0
    assert " same " in _status(root, capsys)

    with served(council) as address:
        context = visitor(browser, address, script=False)
        page = context.new_page()
        page.goto("/family-hubs/")
        expect(page.locator("main")).to_contain_text("to send me letters about")
        page.goto(receipt)
        expect(page.locator("main")).to_contain_text("to keep in touch with me about")
        expect(page.locator("main")).not_to_contain_text("to send me letters about")
        page.goto(f"/family-hubs/v/{version}/")
        expect(page.locator("main")).to_contain_text("to keep in touch with me about")
        expect(page.locator("main")).to_contain_text("We now say letters.")
        context.close()


def _status(root: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The row of the English notice in the table, the lines that its cells go on in too."""
    capsys.readouterr()
    assert main(["status", *root]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("family-hubs  "))
    more = itertools.takewhile(lambda line: line.startswith(" "), lines[start + 1 :])
    return " ".join(" ".join([lines[start], *more]).split())


def _has_words(page: Page, path: str) -> None:
    expect(page.locator("main")).to_contain_text("to keep in touch with me about")
    expect(page.locator("main")).to_contain_text(path)


def test_consent_to_an_older_version_is_recorded_against_the_words_that_were_read(address: str, council: Path) -> None:
    published = json.loads(urllib.request.urlopen(f"{address}/published.json").read())  # noqa: S310 (this machine)
    old = next(v for v in published["versions"] if (v["notice"], v["version"]) == ("family-hubs", 1))
    fields = (
        f"version=1&digest={old['digest']}&language=en&decision.service-news=given&request_id={secrets.token_hex(16)}"
    )
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--location", "--data", fields, f"{address}/consent/family-hubs"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{address}/family-hubs/v/1/" in done.stdout
    (event,) = [event for event in exported(council) if event["kind"] == "given"]
    assert (event["version"], event["digest"]) == (1, old["digest"])


def test_forms_alone_are_enough(address: str, council: Path) -> None:
    """With curl, as an old browser would: read the form, send it, follow to the receipt, withdraw from it."""

    def curl(*arguments: str) -> str:
        command = ["curl", "--silent", "--show-error", "--fail", "--location", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    form = curl(f"{address}/family-hubs/")
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', form))
    action = re.search(r'method="post" action="([^"]+)"', form)
    assert action
    data = [part for name, value in fields.items() for part in ("--data-urlencode", f"{name}={value}")]
    unsaved = curl(*data, "--data-urlencode", "decision.service-news=given", address + action[1])
    assert kinds(council) == []
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', unsaved))
    action = re.search(r'method="post" action="([^"]+)"', unsaved)
    assert action
    data = [part for name, value in fields.items() for part in ("--data-urlencode", f"{name}={value}")]
    receipt = curl(*data, "--data-urlencode", "decision.service-news=given", address + action[1])
    button = re.search(r'action="(/receipt/[^"]+/withdraw)"', receipt)
    assert button
    after = curl("--data-urlencode", "consent=service-news", address + button[1])
    assert "withdraw" in after.lower()
    assert kinds(council) == ["given", "withdrawn"]


def test_a_new_council_has_a_consent_on_a_notice_of_its_own_after_six_commands(
    browser: Browser, tmp_path: Path
) -> None:
    """Nothing is edited by hand but the marks that the commands leave."""
    root, commands = tmp_path / "council", 0

    def noticeboard(*arguments: str) -> None:
        nonlocal commands
        commands += 1
        assert main([*arguments, "--root", str(root)]) == 0

    noticeboard(
        *("init", "--yes", "--name", "Exampleshire County Council", "--short-name", "Exampleshire"),
        *("--website", "https://www.example.org", "--officer-email", "dpo@example.org"),
        *("--complaints", "https://www.example.org/complain", "--complaints-email", "complaints@example.org"),
        *("--address", "https://privacy.example.org"),
    )
    noticeboard(*("new", "parking", "--yes", "--title", "Parking permits", "--service", "Parking"), "--consent")
    for path in (root / "content").rglob("*.md"):
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
    noticeboard("check")
    noticeboard("publish")
    commands += 1
    with served(root) as address:
        context = visitor(browser, address)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("link", name="Parking permits").click()
        page.get_by_role("radio", name="I agree").check()
        page.get_by_role("button", name="Save my answer").click()
        expect(page).to_have_url(re.compile("/receipt/"))
        expect(page.locator("main")).to_contain_text(f"{address}/parking/v/1/")
        context.close()
    commands += 1
    (event,) = [one for one in exported(root) if one["kind"] == "given"]
    assert (event["notice"], event["version"], commands) == ("parking", 1, 6)
