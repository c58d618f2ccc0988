"""Reviewing, publishing, versions and shared drafts at the desk, without script, by people who are signed in."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import abort
from werkzeug.test import TestResponse

from desk.guard.needs import NEED
from desk.people.acts import Act
from desk.people.person import Role
from desk.publication import acting
from desk.saving.files import turn
from desk.views import recorded
from generator.problems import ContentError
from generator.publishing.evidence import review_of
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, BEN, CERI, whole_desk
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice

CLEARER = NOTICE.replace("We look after", "We take good care of")
SAID = {"kind": "clarification", "summary": "We say it more clearly."}
PUBLISH, REVIEW = "/desk/notices/library/publish", "/desk/notices/library/review"


def git(root: Path, *arguments: str, who: str = "Anna Example") -> str:
    own = ("-c", f"user.name={who}", "-c", f"user.email={who.split()[0].lower()}@example.org")
    done = subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site in version control with one published notice, whose text Anna changed since."""
    make_site(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    (tmp_path / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "First", who="Founder Example")
    write_notice(tmp_path, CLEARER)
    git(tmp_path, "commit", "--quiet", "-am", "Clearer")
    return tmp_path


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, BEN, CERI)


def signed_in(desk: Desk, person: object) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303  # type: ignore[arg-type]
    return browser


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.get_data(as_text=True))
    assert found, f"no {name} on the page"
    return found[1]


def publish_it(browser: Browser, **more: str) -> TestResponse:
    page = browser.get(PUBLISH)
    return browser.press(page, PUBLISH, seen=hidden(page, "seen"), **(SAID | more))


def test_an_editor_publishes_and_history_has_it_with_a_tag(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(PUBLISH).get_data(as_text=True)
    assert "The same, in clearer words" in page and "Spelling only" not in page
    assert publish_it(anna).status_code == 303
    assert "version 2 of Library privacy notice" in anna.get("/desk/notices/library/versions").get_data(as_text=True)
    assert read(root).versions[-1].change.summary == SAID["summary"]
    assert git(root, "tag") == "library/v2\n" and git(root, "status", "--porcelain") == ""
    assert git(root, "log", "-1", "--format=%an %s") == "Anna Example Publish library/v2\n"
    assert "Nothing to publish" in anna.get(PUBLISH).get_data(as_text=True)


def test_a_scheduled_version_says_its_day_and_can_be_called_off(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    assert publish_it(anna, starts="2027-01-15").status_code == 303
    page = anna.get("/desk/notices/library/versions")
    assert "starts on 15 January 2027" in page.get_data(as_text=True)
    assert anna.press(page, "/desk/notices/library/versions/2/call-off").status_code == 303
    text = anna.get("/desk/notices/library/versions").get_data(as_text=True)
    assert "called off" in text and "It was to start on 15 January 2027." in text
    assert "in force from 15 January 2027" not in text
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"summary": ""}, "in one plain sentence"),
        ({"kind": "typo"}, "Say how much changes"),
        ({"starts": "2026-11-29"}, "Choose today or a later day"),
        ({"starts": "soon"}, "Choose a day"),
        ({"starts": "20270101"}, "Choose a day"),
        ({"summary": "x" * 301}, "300 letters"),
    ],
)
def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(desk: Desk, sent: dict[str, str], told: str) -> None:
    anna = signed_in(desk, ANNA)
    answer = publish_it(anna, **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and told in page and "<title>Error: " in page
    assert "summary" in sent or SAID["summary"] in page


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29T00:30:00", "2026-03-29"),  # half an hour before the clocks go forward
        ("2026-03-29T22:30:00", "2026-03-29"),
        ("2026-03-29T23:30:00", "2026-03-30"),  # 00:30 in summer time
        ("2026-10-24T23:30:00", "2026-10-25"),
        ("2026-10-25T23:30:00", "2026-10-25"),  # 23:30 again: the clocks went back
        ("2026-10-26T00:30:00", "2026-10-26"),
    ],
)
def test_the_earliest_day_is_todays_in_the_united_kingdom_around_both_changes_of_the_clock(
    desk: Desk, moment: str, day: str
) -> None:
    desk.clock.now = datetime.fromisoformat(f"{moment}+00:00")
    anna = signed_in(desk, ANNA)
    assert f'type="date" id="starts" name="starts" value="" min="{day}"' in anna.get(PUBLISH).get_data(as_text=True)
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    assert "Choose today or a later day" in publish_it(anna, starts=before).get_data(as_text=True)


def test_a_text_that_changed_since_the_page_was_opened_is_not_published(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(PUBLISH)
    write_notice(root, CLEARER.replace("good care", "great care"))
    answer = anna.press(page, PUBLISH, seen=hidden(page, "seen"), **SAID)
    assert answer.status_code == 409 and SAID["summary"] in answer.get_data(as_text=True)
    assert len(read(root).versions) == 1


def test_the_same_press_twice_publishes_once(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(PUBLISH)
    answers = [anna.press(page, PUBLISH, seen=hidden(page, "seen"), **SAID).status_code for _ in range(2)]
    assert answers[0] == 303 and len(read(root).versions) == 2


def ask(browser: Browser) -> TestResponse:
    page = browser.get(REVIEW)
    return browser.press(page, f"{REVIEW}/ask", seen=hidden(page, "seen"), **SAID)


def test_a_description_that_a_colleague_saved_meanwhile_is_shown_and_not_written_over(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    opened = anna.get(REVIEW)
    assert ask(ben).status_code == 303
    before = (root / "content/library/notice.md").read_bytes()
    answer = anna.press(opened, f"{REVIEW}/ask", seen=hidden(opened, "seen"), **SAID | {"summary": "Quite another."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "changed since you opened this page" in page
    assert SAID["summary"] in page and "Quite another." in page, "both are there: the colleague's, and hers in the form"
    assert (root / "content/library/notice.md").read_bytes() == before
    again = anna.press(answer, f"{REVIEW}/ask", seen=hidden(answer, "seen"), **SAID | {"summary": "Quite another."})
    assert again.status_code == 303 and b"Quite another." in (root / "content/library/notice.md").read_bytes()
    assert anna.press(opened, f"{REVIEW}/ask", **SAID).status_code == 409, "a form that names no text is none of ours"


def test_the_same_request_sent_twice_is_one(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(REVIEW)
    sent = {"seen": hidden(page, "seen"), **SAID}
    assert [anna.press(page, f"{REVIEW}/ask", **sent).status_code for _ in range(2)] == [303, 303]
    assert len(review_of(root, "library").requests) == 1


@pytest.fixture
def strict(root: Path) -> None:
    (root / "site.yml").write_text(f"{SITE}approval: required\n", "utf-8")
    git(root, "commit", "--quiet", "-am", "Require approval", who="Founder Example")


@pytest.mark.usefixtures("strict")
def test_an_approval_is_asked_for_given_and_published(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert publish_it(anna).status_code == 409
    assert ask(anna).status_code == 303
    page = ben.get(REVIEW)
    text = page.get_data(as_text=True)
    assert "Somebody was asked to approve" in text and "<ins>" in text and "good care" in text
    assert ben.press(page, f"{REVIEW}/approve", digest=hidden(page, "digest"), role="").status_code == 400
    assert ben.press(page, f"{REVIEW}/approve", digest=hidden(page, "digest"), role="Officer").status_code == 303
    assert "This text is approved" in ben.get(REVIEW).get_data(as_text=True)
    assert publish_it(anna).status_code == 303
    assert read(root).versions[-1].approved_role == "Officer"


@pytest.mark.usefixtures("strict")
def test_nobody_approves_what_they_wrote_and_an_editor_cannot_approve_at_all(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert ask(anna).status_code == 303
    digest = hidden(anna.get(REVIEW), "digest")
    assert anna.press(anna.get(REVIEW), f"{REVIEW}/approve", digest=digest, role="Officer").status_code == 403
    write_notice(root, (root / "content/library/notice.md").read_text("utf-8").replace("good care", "best care"))
    git(root, "commit", "--quiet", "-am", "Best", who="Ben Example")
    page = ben.get(REVIEW)
    assert "Somebody else has to approve it" in page.get_data(as_text=True)
    answer = ben.press(page, f"{REVIEW}/approve", digest=hidden(page, "digest"), role="Officer")
    assert answer.status_code == 403 and not review_of(root, "library").approvals


@pytest.mark.usefixtures("strict")
def test_a_text_that_changed_since_the_approver_looked_is_not_approved_and_the_change_is_marked(
    desk: Desk, root: Path
) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert ask(anna).status_code == 303
    page = ben.get(REVIEW)
    sent = {"digest": hidden(page, "digest"), "text": "Say how.", "section": "our-promise"}
    assert ben.press(page, f"{REVIEW}/remark", **sent).status_code == 303
    old = (root / "content/library/notice.md").read_text("utf-8")
    write_notice(root, old.replace("good care", "great care"))
    git(root, "commit", "--quiet", "-am", "Great")
    assert ben.press(page, f"{REVIEW}/approve", digest=sent["digest"], role="Officer").status_code == 409
    again = ben.get(REVIEW).get_data(as_text=True)
    assert "Changed since you last answered" in again and "Say how." in again
    assert "Approval was asked for another text" in again


def test_an_approver_proposes_words_that_stand_once(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert ask(anna).status_code == 303
    page = ben.get(REVIEW)
    sent = {"digest": hidden(page, "digest"), "language": "en", "new": "care"}
    assert ben.press(page, f"{REVIEW}/remark", old="library", **sent).status_code == 400
    assert ben.press(page, f"{REVIEW}/remark", old="good care", **sent).status_code == 303
    assert "<del>good care</del>" in ben.get(REVIEW).get_data(as_text=True)
    assert review_of(root, "library").remarks[0].words[0].new == "care"


def test_changes_are_asked_for_with_a_reason(desk: Desk) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert ask(anna).status_code == 303
    page = ben.get(REVIEW)
    digest = hidden(page, "digest")
    assert ben.press(page, f"{REVIEW}/return", digest=digest, text=" ").status_code == 400
    assert ben.press(page, f"{REVIEW}/return", digest=digest, text="Too long.").status_code == 303
    assert "The approver asked for changes" in anna.get(REVIEW).get_data(as_text=True)


def test_a_version_that_was_taken_down_says_so_and_needs_a_reason(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    assert publish_it(anna).status_code == 303
    page = anna.get("/desk/notices/library/versions")
    assert anna.press(page, "/desk/notices/library/versions/1/take-down", reason="").status_code == 400
    assert anna.press(page, "/desk/notices/library/versions/2/take-down", reason="A name.").status_code == 409
    assert anna.press(page, "/desk/notices/library/versions/1/take-down", reason="A name.").status_code == 303
    assert "taken down" in anna.get("/desk/notices/library/versions").get_data(as_text=True)
    assert git(root, "status", "--porcelain") == ""


def test_an_earlier_text_is_used_again_and_nothing_is_lost(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get("/desk/notices/library/versions")
    assert anna.press(page, "/desk/notices/library/versions/1/use-again", keep="yes").status_code == 303
    assert (root / "content/library/notice.md").read_text("utf-8") == NOTICE
    texts = [path.read_text("utf-8") for path in (root / "content/library").glob("*.md")]
    assert CLEARER in texts


def test_a_review_is_noted(desk: Desk) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get("/desk/notices/library/versions")
    assert anna.press(page, "/desk/notices/library/reviewed", next="").status_code == 400
    assert anna.press(page, "/desk/notices/library/reviewed", next="2027-11-30").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        PUBLISH,
        f"{REVIEW}/ask",
        f"{REVIEW}/approve",
        f"{REVIEW}/return",
        "/desk/notices/library/share",
        "/desk/notices/library/reviewed",
        "/desk/notices/library/versions/1/take-down",
        "/desk/notices/library/versions/1/use-again",
        "/desk/notices/library/versions/1/call-off",
    ],
)
def test_an_administrator_who_is_no_editor_does_none_of_it(desk: Desk, root: Path, path: str) -> None:
    ceri = signed_in(desk, CERI)
    before = git(root, "log", "--format=%H")
    assert ceri.press(ceri.get("/desk/"), path, **SAID).status_code == 403
    assert git(root, "log", "--format=%H") == before


@pytest.mark.parametrize("page", ["publish", "review", "share"])
def test_a_notice_that_is_not_there_is_not_found(desk: Desk, page: str) -> None:
    anna = signed_in(desk, ANNA)
    assert anna.get(f"/desk/notices/parking/{page}").status_code == 404
    assert anna.get("/desk/notices/parking/versions").status_code == 404


def test_a_shared_draft_is_read_without_an_account_and_ends_with_the_publication(desk: Desk) -> None:
    anna, stranger = signed_in(desk, ANNA), desk.browser()
    page = anna.get("/desk/notices/library/share")
    made = anna.press(page, "/desk/notices/library/share").get_data(as_text=True)
    (address,) = re.findall(r'value="(http[^"]+/desk/shared/[^"]+)"', made)
    path = address.removeprefix(stranger.address)
    draft = stranger.get(path)
    text = draft.get_data(as_text=True)
    assert draft.status_code == 200 and "good care" in text and "/desk/preview" not in text
    assert draft.headers["Content-Security-Policy"].startswith("sandbox")
    for other in ("site.yml", "index.html", "library/", "draft/", "published.json", "../../preview/library/"):
        assert stranger.get(f"{path}{other}").status_code == 404, other
    assert stranger.get(f"{path}draft/library/changes/").status_code == 200
    assert publish_it(anna).status_code == 303
    assert stranger.get(path).status_code == 404


def test_a_shared_draft_ends_on_its_day_and_by_a_press(desk: Desk) -> None:
    anna, stranger = signed_in(desk, ANNA), desk.browser()

    def share() -> str:
        page = anna.press(anna.get("/desk/notices/library/share"), "/desk/notices/library/share")
        return re.findall(r'value="http://[^/]+(/desk/shared/[^"]+)"', page.get_data(as_text=True))[0]

    path = share()
    page = anna.get("/desk/notices/library/share")
    (end,) = re.findall(r'action="(/desk/notices/library/share/[0-9a-f]+/end)"', page.get_data(as_text=True))
    assert anna.press(page, end).status_code == 303
    assert stranger.get(path).status_code == 404
    path = share()
    assert stranger.get(path).status_code == 200
    desk.clock.now += timedelta(days=14)
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("status", [400, 409, 500])
def test_a_form_that_failed_for_whatever_reason_shows_its_words_again(desk: Desk, status: int) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(REVIEW)

    def fails(**_: object) -> None:
        if status == 500:
            raise RuntimeError("a secret of the machine")
        abort(status)

    setattr(fails, NEED, Act.REMARK)
    desk.app.view_functions["review.remark"] = fails
    answer = anna.press(page, f"{REVIEW}/remark", text="Words that are <kept>")
    assert answer.status_code == status and "Words that are &lt;kept&gt;" in answer.text
    assert "RuntimeError" not in answer.text and "secret" not in answer.text


def test_a_page_for_another_role_says_so_and_speaks_of_no_words(desk: Desk) -> None:
    answer = signed_in(desk, CERI).get(PUBLISH)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 403 and "This page is for other roles" in page
    assert "Nothing was saved" not in page and "Your words" not in page


def is_held(root: Path) -> bool:
    """Whether a save of the site would have to wait now."""
    try:
        with turn(root, patience=0.05):
            return False
    except ContentError:
        return True


def test_no_save_comes_between_what_publishing_writes_and_its_commit(
    desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = list[bool]()
    real = recorded.git.publish
    monkeypatch.setattr(recorded.git, "publish", lambda *given: (held.append(is_held(root)), real(*given))[1])
    assert publish_it(signed_in(desk, ANNA)).status_code == 303
    assert held == [True]


@pytest.mark.parametrize(
    ("act", "sent"), [("reviewed", {"next": "2027-06-01"}), ("versions/1/use-again", {"keep": "yes"})]
)
def test_no_save_comes_between_reading_a_text_and_writing_it(
    desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch, act: str, sent: dict[str, str]
) -> None:
    held = list[bool]()
    real = acting.storing.write_text
    monkeypatch.setattr(acting.storing, "write_text", lambda *given: (held.append(is_held(root)), real(*given))[1])
    anna = signed_in(desk, ANNA)
    page = anna.get("/desk/notices/library/versions")
    assert anna.press(page, f"/desk/notices/library/{act}", **sent).status_code == 303
    assert held and all(held)


def test_an_approver_finds_at_once_what_waits_and_is_led_to_its_review(root: Path) -> None:
    approver = replace(BEN, roles=frozenset({Role.APPROVER}))
    desk = whole_desk(root, ANNA, approver)
    anna = signed_in(desk, ANNA)
    assert ask(anna).status_code == 303
    for page in ("/desk/", "/desk/notices"):
        text = signed_in(desk, approver).get(page).text
        assert f'href="{REVIEW}"' in text and f'href="{REVIEW.removesuffix("/review")}"' not in text, page
    assert "with the approver" in signed_in(desk, approver).get("/desk/notices").text


def test_a_translation_that_alone_was_changed_waits_for_the_approver(root: Path) -> None:
    site = (root / "site.yml").read_text("utf-8")
    (root / "site.yml").write_text(f"{site}languages: [en, cy]\n", "utf-8")
    silent = "---\nsilence: {X03: Its words do not matter here.}\ntitle: Llyfrgell"
    welsh = CLEARER.replace("---\ntitle: Library", silent)
    write_notice(root, welsh, language="cy")
    assert publish(root, "2026-10-02", "Clearer, and in Welsh.", "clarification") == 0
    write_notice(root, welsh.replace("We take good care of", "Rydym yn gofalu am"), language="cy")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "The Welsh is put right")
    desk = whole_desk(root, ANNA, BEN)
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert ask(anna).status_code == 303
    assert f'href="{REVIEW}"' in ben.get("/desk/").get_data(as_text=True)
    assert "is-asked" in ben.get("/desk/notices").get_data(as_text=True)
    asked = ben.get(REVIEW).get_data(as_text=True)
    assert f"<dd>{SAID['summary']}</dd>" in asked and "<dd>the day on which it is published</dd>" in asked
    shown = anna.get(PUBLISH).get_data(as_text=True)
    assert '<h3 lang="cy">Cymraeg</h3>' in shown and '<h3 lang="en">' not in shown and ">CY<" not in shown


def test_a_fact_that_changed_is_named_on_the_page_that_publishes_it(root: Path) -> None:
    write_notice(root, CLEARER.replace("title: Library privacy notice", "title: Libraries and you"))
    git(root, "commit", "--quiet", "-am", "Another title")
    page = signed_in(whole_desk(root, ANNA), ANNA).get(PUBLISH).get_data(as_text=True)
    assert "<li>Title</li>" in page and "<li>title</li>" not in page


def test_an_approval_that_was_asked_for_is_shown_where_the_text_is_published(desk: Desk) -> None:
    anna, ben = signed_in(desk, ANNA), signed_in(desk, BEN)
    assert ask(anna).status_code == 303
    assert "Somebody was asked to approve" in anna.get(PUBLISH).get_data(as_text=True)
    again = anna.get(REVIEW).get_data(as_text=True)
    assert "<summary>Change how it is described, or ask again</summary>" in again
    assert "Ask for approval</h2>" not in again
    page = ben.get(REVIEW)
    ben.press(page, f"{REVIEW}/approve", digest=hidden(page, "digest"), role="Officer")
    assert "The approval holds for these words with this sentence and day." in anna.get(PUBLISH).get_data(as_text=True)


def test_what_stops_a_publication_leads_to_the_form_that_names_its_fields(root: Path) -> None:
    write_notice(root, CLEARER.replace("title: Library privacy notice", "title: '[TO WRITE: the title]'"))
    git(root, "commit", "--quiet", "-am", "A gap")
    page = signed_in(whole_desk(root, ANNA), ANNA).get(PUBLISH).get_data(as_text=True)
    assert "is a gap that nobody filled" in page
    assert re.search(r'<a href="/desk/notices/library">Put them right in the form', page)
