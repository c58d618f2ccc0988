"""Signing in by a letter, and by the terminal of one's own machine; real mail on loopback, and a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from desk.access import loopback_address
from desk.people.people_file import with_person, without_person
from desk.people.person import Role
from desk.sign_in.installing import sender_of
from desk.sign_in.letters import MOST_IN_AN_HOUR
from tests.axe import violations
from tests.desk_access_fixtures import ANN, SECURE, SIAN, TOM, Browser, Desk, made_desk, served, token_of
from tests.serving import free_port
from widget.errors import StartRefused
from widget.mail.message import Letter

MAIL = {"base_url": SECURE, "mail": "folder:unused", "mail_from": "desk@example.org"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk without a provider, behind its own address, whose letters are kept in a list."""
    return made_desk(tmp_path, SIAN, TOM, ANN, **MAIL)


def ask(browser: Browser, address: str, **more: str) -> Any:
    page = browser.get("/desk/sign-in")
    answer = browser.press(page, "/desk/sign-in/letter", address=address, **more)
    browser.desk.posted()
    return answer


def link_in(letter: Letter) -> str:
    (link,) = letter.links
    assert link.startswith(SECURE) and link in letter.body.splitlines()
    return link.removeprefix(SECURE)


def code_in(letter: Letter) -> str:
    found = re.search(r"^(\d{4} \d{4})$", letter.body, re.M)
    assert found
    return found[1]


def test_a_letter_signs_in_by_the_press_of_its_button(desk: Desk) -> None:
    browser = desk.browser()
    ask(browser, "SIAN@example.org", back="/desk/texts/waste")
    (letter,) = desk.letters
    assert letter.to == "sian@example.org" and letter.sender == "desk@example.org"
    path = link_in(letter)
    page = browser.get(path)
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    answer = browser.press(page, path)
    assert (answer.status_code, answer.location) == (303, "/desk/texts/waste")
    assert "Siân Example" in browser.get("/desk/").text


def test_only_a_press_spends_a_link_and_a_scanner_that_looks_never_does(desk: Desk) -> None:
    ask(desk.browser(), "sian@example.org")
    path = link_in(desk.letters[0])
    scanner = desk.browser()
    for _ in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.client.head(path, base_url=SECURE).status_code == 200
        assert scanner.client.options(path, base_url=SECURE).status_code == 200
    assert "<script" not in scanner.get(path).text
    assert scanner.client.post(path, base_url=SECURE).status_code == 403, "a POST without the page's token"
    person = desk.browser()
    assert person.press(person.get(path), path).status_code == 303


def test_a_code_from_the_same_letter_is_the_second_way_where_a_scanner_presses_buttons(desk: Desk) -> None:
    browser = desk.browser()
    asked = ask(browser, "sian@example.org")
    page = browser.get(asked.location)
    request = asked.location.rpartition("=")[2]
    answer = browser.press(page, "/desk/sign-in/code", request=request, code=code_in(desk.letters[0]))
    assert answer.status_code == 303 and browser.get("/desk/").status_code == 200


def test_link_and_code_of_one_letter_work_once_together(desk: Desk) -> None:
    browser = desk.browser()
    asked = ask(browser, "sian@example.org")
    path, code = link_in(desk.letters[0]), code_in(desk.letters[0])
    assert browser.press(browser.get(path), path).status_code == 303
    other = desk.browser()
    request = asked.location.rpartition("=")[2]
    answer = other.press(other.get(asked.location), "/desk/sign-in/code", request=request, code=code)
    assert answer.status_code == 403


def test_a_link_works_on_another_machine_once_and_a_spent_one_mails_nothing(desk: Desk) -> None:
    ask(desk.browser(), "sian@example.org")
    path = link_in(desk.letters[0])
    telephone, again = desk.browser(), desk.browser()
    assert telephone.press(telephone.get(path), path).status_code == 303
    spent = again.get(path)
    assert spent.status_code == 410 and "was used already" in spent.text and '<form method="post">' not in spent.text
    token = token_of(again.get("/desk/sign-in"))
    assert again.post(path, {"form_token": token}).status_code == 410
    desk.posted()
    assert len(desk.letters) == 1


def test_eight_presses_at_the_same_moment_sign_in_one(desk: Desk) -> None:
    ask(desk.browser(), "sian@example.org")
    path = link_in(desk.letters[0])
    browsers = [desk.browser() for _ in range(8)]
    pages = [browser.get(path) for browser in browsers]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda pair: pair[0].press(pair[1], path).status_code, zip(browsers, pages, strict=True))
        )
    assert sorted(answers) == [303] + [410] * 7


def test_a_link_ends_after_ten_minutes(desk: Desk) -> None:
    browser = desk.browser()
    ask(browser, "sian@example.org")
    path = link_in(desk.letters[0])
    page = browser.get(path)
    desk.clock.later(minutes=10)
    answer = browser.press(page, path)
    assert answer.status_code == 410 and "older than ten minutes" in answer.text


@pytest.mark.parametrize("path", ["/desk/sign-in/link/a/b", "/desk/sign-in/link/" + "a" * 22 + "/" + "b" * 22])
def test_a_link_that_never_was_says_so(desk: Desk, path: str) -> None:
    assert "We do not know this link" in desk.browser().get(path).text


def test_a_link_with_the_secret_of_another_letter_opens_nothing(desk: Desk) -> None:
    browser = desk.browser()
    ask(browser, "sian@example.org")
    ask(browser, "ann@example.org")
    first, second = (link_in(letter).split("/") for letter in desk.letters)
    mixed = "/".join([*first[:-1], second[-1]])
    assert browser.get(mixed).status_code == 410


@pytest.mark.parametrize(
    "address", ["nobody@example.org", "not an address", "", "x" * 5000, "sian@example.org\r\nBcc: a@b.c"]
)
def test_the_answer_for_an_unknown_address_is_the_same_and_nothing_is_mailed(desk: Desk, address: str) -> None:
    browser = desk.browser()
    known, unknown = ask(browser, "sian@example.org"), ask(browser, address)
    assert len(desk.letters) == 1
    pages = [browser.get(answer.location).text for answer in (known, unknown)]
    same = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert known.status_code == unknown.status_code == 303 and same[0] == same[1]
    assert len(known.location) == len(unknown.location)
    request = unknown.location.rpartition("=")[2]
    wrong = browser.press(browser.get(unknown.location), "/desk/sign-in/code", request=request, code="12345678")
    wrong_too = browser.press(
        browser.get(known.location), "/desk/sign-in/code", request=known.location.rpartition("=")[2], code="00000000"
    )
    assert wrong.status_code == wrong_too.status_code == 403


def test_somebody_without_a_role_gets_no_letter(desk: Desk) -> None:
    desk.access.people.change(lambda people: with_person(people, replace(TOM, roles=frozenset())))
    ask(desk.browser(), TOM.address)
    assert desk.letters == []


def test_a_code_can_be_tried_five_times_and_the_link_still_works(desk: Desk) -> None:
    browser = desk.browser()
    asked = ask(browser, "sian@example.org")
    request, code = asked.location.rpartition("=")[2], code_in(desk.letters[0])
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for _ in range(5):
        page = browser.get(asked.location)
        assert browser.press(page, "/desk/sign-in/code", request=request, code=wrong).status_code == 403
    page = browser.get(asked.location)
    assert browser.press(page, "/desk/sign-in/code", request=request, code=code).status_code == 403
    path = link_in(desk.letters[0])
    assert browser.press(browser.get(path), path).status_code == 303


def test_a_handful_of_letters_goes_to_one_person_in_an_hour(desk: Desk) -> None:
    for _ in range(MOST_IN_AN_HOUR + 3):
        ask(desk.browser(), "sian@example.org")
        desk.clock.later(minutes=1)
    assert len(desk.letters) == MOST_IN_AN_HOUR
    ask(desk.browser(), "ann@example.org")
    assert len(desk.letters) == MOST_IN_AN_HOUR + 1
    desk.clock.later(hours=1)
    ask(desk.browser(), "sian@example.org")
    assert len(desk.letters) == MOST_IN_AN_HOUR + 2


@pytest.mark.parametrize("change", ["taken out", "another address"])
def test_a_letter_is_worth_nothing_once_its_person_is_gone_or_moved(desk: Desk, change: str) -> None:
    ask(desk.browser(), "sian@example.org")
    if change == "taken out":
        desk.access.people.change(lambda people: without_person(people, SIAN.id))
    else:
        desk.access.people.change(lambda people: with_person(people, replace(SIAN, address="new@example.org")))
    path, browser = link_in(desk.letters[0]), desk.browser()
    assert browser.press(browser.get(path), path).status_code == 410


def test_a_mailed_sign_in_counts_as_a_recent_proof_for_a_quarter_of_an_hour(desk: Desk) -> None:
    browser = desk.browser()
    ask(browser, ANN.address, back="/desk/choices")
    path = link_in(desk.letters[0])
    assert browser.press(browser.get(path), path).location == "/desk/choices"
    assert browser.get("/desk/choices").status_code == 200
    desk.clock.later(minutes=15)
    assert browser.get("/desk/choices").status_code == 303


def test_the_letter_is_in_the_language_of_the_page(desk: Desk) -> None:
    browser = desk.browser()
    page = browser.get("/desk/sign-in", headers={"Accept-Language": "cy"})
    welsh = {"Accept-Language": "cy"}
    data = {"form_token": token_of(page), "address": "sian@example.org"}
    browser.post("/desk/sign-in/letter", data, headers=welsh)
    desk.posted()
    assert "Mewngofnodi" in desk.letters[0].subject and "Helo Siân Example" in desk.letters[0].body


def test_the_folder_of_letters_gives_nobody_a_link_or_a_code(desk: Desk) -> None:
    ask(desk.browser(), "sian@example.org")
    secret, code = link_in(desk.letters[0]).rpartition("/")[2], code_in(desk.letters[0]).replace(" ", "")
    for path in desk.access.once.folder.iterdir():
        assert secret not in path.read_text() and code not in path.read_text() and "example.org" not in path.read_text()


def test_a_desk_with_a_provider_or_without_mail_has_no_letters(tmp_path: Path) -> None:
    local = made_desk(tmp_path, SIAN)
    browser = local.browser()
    page = browser.get("/desk/sign-in")
    assert "/sign-in/letter" not in page.text
    assert browser.press(page, "/desk/sign-in/letter", address=SIAN.address).status_code == 404


class Post:
    """Takes letters on loopback."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    taking, port = Post(), free_port()
    controller = Controller(taking, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield taking, port
    finally:
        controller.stop()


def test_the_letter_goes_through_a_mail_server_whole(tmp_path: Path, post: tuple[Post, int]) -> None:
    taking, port = post
    given = MAIL | {"mail": f"smtp://127.0.0.1:{port}"}
    first = made_desk(tmp_path, SIAN, **given)
    desk = made_desk(tmp_path, send=sender_of(first.access, {}), **given)
    browser = desk.browser()
    ask(browser, "sian@example.org")
    (message,) = taking.taken
    assert message["To"] == "sian@example.org" and message["Auto-Submitted"] == "auto-generated"
    body = message.get_content()
    link = next(line for line in body.splitlines() if line.startswith(SECURE)).removeprefix(SECURE)
    assert browser.press(browser.get(link), link).status_code == 303


def test_a_mail_server_that_is_away_is_logged_without_the_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = MAIL | {"mail": f"smtp://127.0.0.1:{free_port()}"}
    first = made_desk(tmp_path, SIAN, **given)
    desk = made_desk(tmp_path, send=sender_of(first.access, {}), **given)
    assert ask(desk.browser(), "sian@example.org").status_code == 303
    assert "was not handed over" in caplog.text and "sian@" not in caplog.text


def test_a_mistyped_mail_server_stops_the_start_and_names_the_desks_option(tmp_path: Path) -> None:
    desk = made_desk(tmp_path, **(MAIL | {"mail": "mail.example.org"}))
    with pytest.raises(StartRefused, match="DESK_MAIL is smtp"):
        sender_of(desk.access, {})


# On one's own machine.


@pytest.fixture
def local(tmp_path: Path) -> Desk:
    return made_desk(tmp_path, SIAN, TOM)


def path_of(desk: Desk) -> str:
    return loopback_address(desk.access).removeprefix(desk.access.config.address)


def test_the_terminals_address_signs_in_once_by_the_press_of_its_button(local: Desk) -> None:
    path, browser, other = path_of(local), local.browser(), local.browser()
    for _ in range(3):
        assert browser.client.head(path, base_url=browser.address).status_code == 200
    page = browser.get(path)
    assert page.headers["Referrer-Policy"] == "no-referrer" and page.headers["Cache-Control"] == "no-store"
    choose = browser.press(page, path)
    assert choose.status_code == 400 and "Choose a person" in choose.text
    assert browser.press(page, path, person=TOM.id).status_code == 303
    assert "Tom Example" in browser.get("/desk/").text
    assert other.get(path).status_code == 410


def test_the_terminals_address_ends_after_five_minutes_and_another_can_be_asked_for(local: Desk) -> None:
    path, browser = path_of(local), local.browser()
    local.clock.later(minutes=5)
    assert "older than five minutes" in browser.get(path).text
    browser.press(browser.get("/desk/sign-in"), "/desk/sign-in/here")
    (announced,) = local.announced
    fresh = announced.removeprefix(browser.address)
    assert browser.press(browser.get(fresh), fresh, person=SIAN.id).status_code == 303


def test_the_terminals_address_is_refused_for_another_host_or_origin(local: Desk) -> None:
    path, browser = path_of(local), local.browser()
    token = token_of(browser.get(path))
    answer = browser.client.post(path, data={"form_token": token}, headers={"Host": "desk.example.org"})
    assert answer.status_code == 421
    for origin in ("https://evil.example", "http://localhost:8002"):
        data = {"form_token": token, "person": SIAN.id}
        foreign = browser.client.post(path, data=data, base_url=browser.address, headers={"Origin": origin})
        assert foreign.status_code == 403
    assert browser.press(browser.get(path), path, person=SIAN.id).status_code == 303, "nothing was spent"


@pytest.mark.parametrize(
    "given",
    [MAIL, MAIL | {"host": "0.0.0.0"}],  # noqa: S104
)
def test_the_terminals_address_is_refused_where_the_desk_can_be_reached(tmp_path: Path, given: dict[str, str]) -> None:
    desk = made_desk(tmp_path, SIAN, **given)
    with pytest.raises(ValueError, match="reached from elsewhere"):
        loopback_address(desk.access)
    desk.access.once.put("here", "token", desk.clock(), desk.clock() - desk.clock(), {})
    assert desk.browser().get("/desk/sign-in/here/token").status_code == 404
    assert "terminal" not in desk.browser().get("/desk/sign-in").text


def test_the_terminals_address_is_refused_to_another_machine(local: Desk) -> None:
    path = path_of(local)
    there = {"REMOTE_ADDR": "192.0.2.7"}
    assert local.browser().get(path, environ_overrides=there).status_code == 404


def test_the_first_person_of_a_new_desk_names_themselves(tmp_path: Path) -> None:
    desk = made_desk(tmp_path)
    path, browser = path_of(desk), desk.browser()
    page = browser.get(path)
    assert "There is nobody yet" in page.text
    wrong = browser.press(page, path, name="Ann Example", address="ann")
    assert wrong.status_code == 400 and 'value="Ann Example"' in wrong.text
    assert browser.press(wrong, path, name="Ann Example", address="ann@example.org").status_code == 303
    (person,) = desk.access.people.people().persons
    assert person.has(Role.ADMINISTRATOR) and "Ann Example" in browser.get("/desk/").text
    assert browser.get("/desk/choices").status_code == 200


# In a real browser.


@pytest.mark.parametrize("script", [True, False])
def test_the_terminals_address_signs_in_in_a_browser(browser: Chromium, tmp_path: Path, script: bool) -> None:
    with served(lambda port: made_desk(tmp_path, SIAN, TOM, port=port)) as desk:
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(loopback_address(desk.access))
        page.get_by_label("Siân Example").check()
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("Siân Example")).to_be_visible()
        names = {cookie["name"]: cookie for cookie in context.cookies()}
        session = names[f"desk-session-{desk.access.config.port}"]
        assert session["httpOnly"] and session["sameSite"] == "Lax"
        page.goto(f"{desk.access.config.address}/desk/texts/waste")
        assert page.get_by_role("heading", name="waste").is_visible()
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pages_of_signing_in_fit_and_have_no_barrier(
    browser: Chromium, tmp_path: Path, width: int, language: str
) -> None:
    mail = {"mail": "folder:unused", "mail_from": "desk@example.org"}
    with served(lambda port: made_desk(tmp_path, SIAN, TOM, port=port, **mail)) as desk:
        locale = {"en": "en-GB", "cy": "cy"}[language]
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
        page = context.new_page()
        address = desk.access.config.address
        for path in ("/desk/sign-in", path_of(desk), "/desk/sign-in/sent?request=a", "/desk/signed-out?provider=yes"):
            page.goto(address + path)
            assert page.locator("html").get_attribute("lang") == language
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
