"""Letters about approvals, over a mail server on loopback: to everybody who may approve, one reminder, one answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk.access import open_access
from desk.afterwards import afterwards_of
from desk.app import close_app, create_app
from desk.config import Config
from desk.people.act_log import Entry
from desk.people.acts import Act
from desk.people.person import Person, Role
from desk.sign_in.installing import sender_of
from tests.desk_access_fixtures import Clock, Desk
from tests.desk_fixtures import ANNA, BEN, NOW
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice
from tests.test_desk_publishing import REVIEW, git, hidden, signed_in
from tests.test_mail import Sink, mail_server

DAI = Person("dai12345", "Dai Example", "dai@example.org", frozenset({Role.APPROVER}))
WRITER = Person("elin1234", "Elin Example", "elin@example.org", frozenset({Role.EDITOR, Role.APPROVER}))
SAID = {"kind": "clarification", "summary": "We say it more clearly."}


@dataclass
class Post:
    """A desk, and what the mail server got."""

    desk: Desk
    root: Path
    sink: Sink

    def letters(self) -> list[tuple[str, str, str]]:
        """Address, subject and text of each letter, once all that were taken on are handed over."""
        postbox = afterwards_of(self.desk.app).postbox
        assert postbox is not None
        postbox.wait()
        got = [(to[0], str(message["Subject"]), message.get_content()) for to, message in self.sink.got]
        self.sink.got.clear()
        return got

    def ask(self, **more: str) -> None:
        anna = signed_in(self.desk, ANNA)
        page = anna.get(REVIEW)
        sent = {"seen": hidden(page, "seen"), "text": "By Friday, please.", **SAID} | more
        assert anna.press(page, f"{REVIEW}/ask", **sent).status_code == 303

    def check(self) -> list[tuple[str, str, str]]:
        afterwards_of(self.desk.app).check()
        return self.letters()


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """Anna and Elin wrote, Ben and Dai may approve; the site has English and Welsh."""
    make_site(tmp_path, site=f"{SITE}languages: [en, cy]\n")
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    (tmp_path / "site.yml").write_text(f"{SITE}languages: [en, cy]\napproval: required\n", "utf-8")
    (tmp_path / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "First", who="Founder Example")
    write_notice(tmp_path, NOTICE.replace("We look after", "We take good care of"))
    git(tmp_path, "commit", "--quiet", "-am", "Clearer", who="Elin Example")
    sink = Sink()
    with mail_server(sink) as port:
        clock = Clock(NOW)
        mail = {"mail": f"smtp://127.0.0.1:{port}", "mail_from": "desk@example.org"}
        access = open_access(Config.from_env({}, folder=tmp_path / "var/desk", **mail), clock, os.urandom)
        desk = Desk(create_app(tmp_path, access, send=sender_of(access, {})), access, clock)
        desk.add(ANNA, BEN, DAI, WRITER)
        yield Post(desk, tmp_path, sink)
        close_app(desk.app)


def test_everybody_who_may_approve_gets_one_letter_without_a_word_of_the_draft(post: Post) -> None:
    post.ask()
    letters = post.letters()
    assert sorted(to for to, _, _ in letters) == ["ben@example.org", "dai@example.org"]
    for _, subject, text in letters:
        assert "waits for your approval" in subject and "cymeradwyaeth" in subject
        assert text.count("http://127.0.0.1:8002/desk/notices/library/review") == 2
        assert not any(word in subject + text for word in ("Library", "good care", "more clearly", "By Friday", "Anna"))
    post.ask()
    assert post.letters() == [] and post.check() == []


def test_a_text_that_is_published_before_its_welsh_is_told_too(post: Post) -> None:
    post.ask(**{"later_by-cy": "2026-12-20", "later_reason-cy": "Our translator is ill."})
    assert len(post.letters()) == 2


def test_one_reminder_comes_after_its_days_and_no_other(post: Post) -> None:
    post.ask()
    assert len(post.letters()) == 2
    post.desk.clock.now += timedelta(days=2)
    assert post.check() == []
    post.desk.clock.now += timedelta(days=1)
    reminders = post.check()
    assert sorted(to for to, _, _ in reminders) == ["ben@example.org", "dai@example.org"]
    assert all("Reminder" in subject for _, subject, _ in reminders)
    post.desk.clock.now += timedelta(days=30)
    assert post.check() == []


def test_nobody_is_reminded_of_a_text_that_changed_or_was_answered(post: Post) -> None:
    post.ask()
    post.letters()
    post.desk.clock.now += timedelta(days=3)
    path = post.root / "content/library/notice.md"
    asked = path.read_text("utf-8")
    path.write_text(asked.replace("good care", "great care"), "utf-8")
    assert post.check() == []
    path.write_text(asked, "utf-8")
    ben = signed_in(post.desk, BEN)
    page = ben.get(REVIEW)
    sent = {"digest": hidden(page, "digest"), "text": "Too long."}
    assert ben.press(page, f"{REVIEW}/return", **sent).status_code == 303
    post.letters()
    assert post.check() == []


def test_a_round_drops_the_months_of_the_log_that_site_yml_keeps_no_longer(post: Post) -> None:
    log, today = post.desk.access.log, post.desk.clock.now
    for days in (400, 800):
        log.append(Entry(today - timedelta(days=days), ANNA.id, Act.READ))
    post.check()
    assert len(log.months()) == 2, "site.yml names no period: the log is kept whole"
    site = post.root / "site.yml"
    site.write_text(f"{site.read_text('utf-8')}records: {{staff_logs: 2 years}}\n", "utf-8")
    post.check()
    assert log.months() == [f"{today - timedelta(days=400):%Y-%m}"]


def test_no_reminder_comes_where_the_operator_wants_none(post: Post) -> None:
    post.ask()
    post.letters()
    off = afterwards_of(post.desk.app).letters
    assert off is not None
    off._access = replace(post.desk.access, config=replace(post.desk.access.config, remind_after=0))
    post.desk.clock.now += timedelta(days=30)
    assert post.check() == []


@pytest.mark.parametrize(
    ("press", "more", "subject"),
    [("approve", {"role": "Officer"}, "was approved"), ("return", {"text": "Too long."}, "needs changes")],
)
def test_the_person_who_asked_gets_the_answer_once(post: Post, press: str, more: dict[str, str], subject: str) -> None:
    post.ask()
    post.letters()
    ben = signed_in(post.desk, BEN)
    page = ben.get(REVIEW)
    digest = hidden(page, "digest")
    for _ in range(2):
        ben.press(page, f"{REVIEW}/{press}", digest=digest, **more)
    ((to, said, text),) = post.letters()
    assert to == "anna@example.org" and subject in said and "Too long" not in text
    assert "/desk/notices/library/review" in text


def test_a_text_that_is_asked_for_again_after_it_was_returned_is_told_again(post: Post) -> None:
    post.ask()
    post.letters()
    ben = signed_in(post.desk, BEN)
    page = ben.get(REVIEW)
    ben.press(page, f"{REVIEW}/return", digest=hidden(page, "digest"), text="Too long.")
    post.letters()
    post.ask()
    assert len(post.letters()) == 2


def test_a_letter_that_nobody_took_is_sent_at_the_next_check(post: Post) -> None:
    letters = afterwards_of(post.desk.app).letters
    assert letters is not None
    send, tries = letters._send, list[str]()

    def away(letter: object) -> None:
        tries.append("tried")
        raise OSError("no route to host")

    letters._send = away
    post.ask()
    assert post.letters() == [] and len(tries) == 2
    letters._send = send
    assert len(post.check()) == 2 and post.check() == []


def test_somebody_who_is_taken_out_gets_nothing_more(post: Post) -> None:
    post.ask()
    post.letters()
    post.desk.access.people.change(
        lambda people: replace(people, persons=tuple(one for one in people.persons if one.id != DAI.id))
    )
    post.desk.clock.now += timedelta(days=3)
    assert [to for to, _, _ in post.check()] == ["ben@example.org"]
