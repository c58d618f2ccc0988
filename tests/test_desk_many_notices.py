"""One change of shared wording in many notices: one list, one form, one approval, all published or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from werkzeug.test import TestResponse

from desk.access import loopback_address
from desk.afterwards import afterwards_of
from desk.people.acts import Act
from desk.publication.savers import evidence_at
from generator.publishing.evidence import review_of
from tests.axe import violations
from tests.desk_access_fixtures import Browser, Desk, made_desk
from tests.desk_fixtures import ANNA, BEN, CERI, served_desk
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice
from tests.test_desk_publishing import git, hidden, signed_in

SHARED = NOTICE.replace("We look after", "[[promise]]\n\nWe look after")
ALL = "/desk/publish-shared"
SAID = {"kind": "clarification", "summary": "We have a new telephone number.", "same_meaning": "yes"}
MAIL = {"mail": "folder:unused", "mail_from": "desk@example.org"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two notices with shared wording, which Anna changed, and one whose own text she changed."""
    root = tmp_path / "site"
    root.mkdir()
    make_site(root, SHARED)
    promise = root / "content/shared/promise.md"
    promise.parent.mkdir()
    promise.write_text("Ring 01 for help.", "utf-8")
    write_notice(root, SHARED.replace("Library", "Museum"), "museum")
    write_notice(root, NOTICE.replace("Library", "Park"), "park")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / ".gitignore").write_text("desk/\n.noticeboard/\npublic\n", "utf-8")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "First", who="Founder Example")
    promise.write_text("Ring 02 for help.", "utf-8")
    write_notice(root, NOTICE.replace("Library", "Park").replace("We look after", "We take care of"), "park")
    git(root, "commit", "--quiet", "-am", "Change")
    return root


@pytest.fixture
def desk(root: Path) -> Desk:
    here = made_desk(root, ANNA, BEN, CERI, **MAIL)
    here.clock.later(hours=1)
    return here


@pytest.fixture
def strict(root: Path) -> None:
    (root / "site.yml").write_text(f"{SITE}approval: required\n", "utf-8")
    git(root, "commit", "--quiet", "-am", "Require approval", who="Founder Example")


def send(browser: Browser, path: str = ALL, **more: str) -> int:
    page = browser.get(ALL)
    return int(browser.press(page, path, **kept(page), **(SAID | more)).status_code)


def kept(page: TestResponse) -> dict[str, str]:
    """The mark that the form was shown with."""
    return {name: hidden(page, name) for name in ("seen", "described")}


def numbers(root: Path) -> dict[str, int]:
    found = read(root).versions
    return {name: max(one.version for one in found if one.notice == name) for name in ("library", "museum", "park")}


def test_the_list_has_those_alone_that_differ_through_what_they_share(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(ALL).text
    assert "Library privacy notice" in page and "Museum privacy notice" in page and "Park" not in page
    assert ALL in anna.get("/desk/notices/library/publish").text
    assert ALL not in anna.get("/desk/notices/park/publish").text
    assert send(anna) == 303
    assert numbers(root) == {"library": 2, "museum": 2, "park": 1}
    assert git(root, "tag") == "library/v2\nmuseum/v2\n" and git(root, "status", "--porcelain") == ""
    assert "No notice reads otherwise" in anna.get(ALL).text


def test_all_are_published_or_none(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(ALL)
    (root / "content/shared/promise.md").write_text("Ring 03 for help.", "utf-8")
    answer = anna.press(page, ALL, seen=hidden(page, "seen"), **SAID)
    assert answer.status_code == 409 and SAID["summary"] in answer.text and "changed since you opened" in answer.text
    assert send(anna, summary="") == 400
    assert numbers(root) == {"library": 1, "museum": 1, "park": 1}


def test_a_change_of_settings_is_published_for_the_notices_that_it_touches(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    assert send(anna) == 303
    (root / "site.yml").write_text(SITE.replace("dpo@example.org", "officer@example.org"), "utf-8")
    assert "Museum privacy notice" in anna.get(ALL).text
    assert send(anna, summary="Our officer has a new address.") == 303
    assert numbers(root)["museum"] == 3


@pytest.mark.usefixtures("strict")
def test_one_approval_counts_for_all_of_them(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert send(anna) == 409
    for _ in range(2):
        assert send(anna, f"{ALL}/ask") == 303
    postbox = afterwards_of(desk.app).postbox
    assert postbox is not None
    postbox.wait()
    assert [(one.to, ALL in one.body) for one in desk.letters] == [("ben@example.org", True)]
    page = ben.get(ALL)
    assert SAID["summary"] in page.text and "Approve all (2)" in page.text
    assert ben.press(page, f"{ALL}/approve", digest=hidden(page, "digest"), role="").status_code == 400
    assert ben.press(page, f"{ALL}/approve", digest=hidden(page, "digest"), role="Officer").status_code == 303
    for notice in ("library", "museum"):
        (approval,) = review_of(root, notice).approvals
        assert (approval.by, approval.role) == (BEN.name, "Officer")
    postbox.wait()
    assert desk.letters[-1].to == "anna@example.org" and "approved" in desk.letters[-1].subject
    assert "Publish all (2)" in anna.get(ALL).text
    assert send(anna) == 303
    assert numbers(root) == {"library": 2, "museum": 2, "park": 1}
    assert {one.approved_role for one in read(root).versions if one.version == 2} == {"Officer"}
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.usefixtures("strict")
def test_a_description_that_a_colleague_sent_meanwhile_is_shown_and_not_replaced(desk: Desk) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    opened = anna.get(ALL)
    assert send(ben, f"{ALL}/ask") == 303
    own = SAID | {"summary": "Quite another."}
    answer = anna.press(opened, f"{ALL}/ask", **kept(opened), **own)
    assert answer.status_code == 409 and SAID["summary"] in answer.text and "Quite another." in answer.text
    assert f"<dd>{SAID['summary']}</dd>" in ben.get(ALL).text
    assert anna.press(answer, f"{ALL}/ask", **kept(answer), **own).status_code == 303
    assert "<dd>Quite another.</dd>" in ben.get(ALL).text


@pytest.mark.usefixtures("strict")
def test_changes_are_asked_for_in_all_of_them_and_one_reminder_follows_a_request(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    after = afterwards_of(desk.app)
    assert after.postbox is not None

    def letters() -> list[tuple[str, str]]:
        assert after.postbox is not None
        after.postbox.wait()
        told = [(one.to.partition("@")[0], one.subject) for one in desk.letters]
        desk.letters.clear()
        return told

    assert send(anna, f"{ALL}/ask") == 303 and len(letters()) == 1
    for days, reminders in ((2, 0), (1, 1), (9, 0)):
        desk.clock.later(days=days)
        after.check()
        assert [who for who, subject in letters() if subject.startswith("Reminder")] == ["ben"] * reminders
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)  # their sessions are over
    page = ben.get(ALL)
    for said, status in (("", 400), ("Name the desk.", 303)):
        sent = ben.press(page, f"{ALL}/return", digest=hidden(page, "digest"), text=said)
        assert sent.status_code == status
    assert [review_of(root, notice).returned[0].text for notice in ("library", "museum")] == ["Name the desk."] * 2
    assert [(who, "needs changes" in subject) for who, subject in letters()] == [("anna", True)]
    assert "Name the desk." in anna.get(ALL).text
    after.check()
    assert letters() == [], "nobody is reminded of what was answered"
    assert send(anna, f"{ALL}/ask") == 303
    assert [who for who, _subject in letters()] == ["ben"], (
        "the same words, asked for again, are a request of their own"
    )
    assert "Name the desk." not in ben.get(ALL).text
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.usefixtures("strict")
def test_an_approval_holds_for_exactly_the_texts_of_the_list(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert send(anna, f"{ALL}/ask") == 303
    page = ben.get(ALL)
    (root / "content/shared/promise.md").write_text("Ring 03 for help.", "utf-8")
    answer = ben.press(page, f"{ALL}/approve", digest=hidden(page, "digest"), role="Officer")
    assert answer.status_code == 409 and review_of(root, "library").approvals == ()
    assert "Approval was asked for another text" in ben.get(ALL).text


@pytest.mark.usefixtures("strict")
def test_nobody_approves_shared_wording_of_their_own(desk: Desk, root: Path) -> None:
    (root / "content/shared/promise.md").write_text("Ring 04 for help.", "utf-8")
    git(root, "commit", "--quiet", "-am", "More", who=BEN.name)
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert send(anna, f"{ALL}/ask") == 303
    page = ben.get(ALL)
    assert ben.press(page, f"{ALL}/approve", digest=hidden(page, "digest"), role="Officer").status_code == 403
    assert review_of(root, "museum").approvals == ()


def test_without_history_those_who_saved_shared_wording_since_the_last_version_count_as_writers(
    desk: Desk, tmp_path: Path
) -> None:
    people, plain = desk.access.people.people(), tmp_path / "plain"
    plain.mkdir()
    site = make_site(plain)

    def savers(since: object = None) -> set[str]:
        found = evidence_at(site, "library", people, desk.access.log, since)  # type: ignore[arg-type]
        return set(found.saved_by) & {ANNA.name, BEN.name, CERI.name}

    desk.access.write(CERI.id, Act.SAVE_SHARED, "shared/promise")
    assert savers() == set(), "nobody has begun the notice"
    desk.access.write(ANNA.id, Act.TRANSLATE, "library", "cy")
    assert savers() == {ANNA.name}, "what came before its first words is not of it"
    desk.access.write(BEN.id, Act.SAVE_SHARED, "shared/promise")
    assert savers() == {ANNA.name, BEN.name}
    desk.access.write(ANNA.id, Act.PUBLISH, "library", "1")
    assert savers(desk.clock().date()) == set(), "a new version begins anew"
    desk.access.write(CERI.id, Act.SETTINGS, "site.yml")
    assert savers(desk.clock().date()) == {CERI.name}


def test_roles_hold_here_too(desk: Desk) -> None:
    ceri, anna = signed_in(desk, CERI), signed_in(desk, ANNA)
    assert ceri.get(ALL).status_code == 403
    for path in (ALL, f"{ALL}/ask", f"{ALL}/approve", f"{ALL}/return"):
        assert ceri.press(ceri.get("/desk/"), path, **SAID).status_code == 403
    assert anna.press(anna.get("/desk/"), f"{ALL}/approve", role="Officer").status_code == 403


@pytest.mark.parametrize(("width", "locale"), [(320, "cy"), (1280, "en-GB")])
def test_the_pages_fit_and_have_no_barrier(browser: Chromium, root: Path, width: int, locale: str) -> None:
    with served_desk(root, ANNA, BEN) as desk:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
        page = context.new_page()
        page.goto(loopback_address(desk.access))
        page.get_by_label(ANNA.name).check()
        page.locator("main button").last.click()
        for path in (ALL, "/desk/", "/desk/notices/library/versions", "/desk/notices/library/publish"):
            page.goto(desk.access.config.address + path)
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        context.close()
