"""The desk's guard: who may do what, where forms come from, and that no words are lost."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask, request
from playwright.sync_api import Browser as Chromium
from werkzeug.datastructures import MultiDict

from desk import guard
from desk.access import loopback_address
from desk.headers import page_headers, preview_headers
from desk.known_routes import known_page, route_of
from desk.people.acts import NEEDS_RECENT, ROLES_OF, Act
from desk.people.people_file import sessions_ended, with_person, without_person
from desk.people.person import Role
from desk.people.sessions import Session, Way, sealed
from tests.desk_access_fixtures import ANN, SECURE, SIAN, START, TOM, Browser, Desk, made_desk, served, token_of

LONG_TEXT = "# Bins\r\n\r\nSiân, tŷ & <b>words</b>\r\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on this machine with an editor who approves, an editor and an administrator."""
    return made_desk(tmp_path, SIAN, TOM, ANN)


def signed_in(desk: Desk, person: object = SIAN) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303  # type: ignore[arg-type]
    return browser


def shown_words(text: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<textarea[^>]*readonly[^>]*>\n(.*?)</textarea>", text, re.S)]


@pytest.mark.parametrize("role", Role)
def test_a_view_runs_for_the_roles_of_its_act_alone(tmp_path: Path, role: Role) -> None:
    desk = made_desk(tmp_path, replace(SIAN, roles=frozenset({role})))
    done = list[Act]()
    for act in Act:
        desk.app.add_url_rule(f"/desk/act/{act}", f"act-{act}", acting(act, done), methods=["POST"])
    browser = signed_in(desk)
    token = guard_token(browser)
    for act in Act:
        answer = browser.post(f"/desk/act/{act}", {"form_token": token, "text": "words"})
        assert (answer.status_code == 200) is (role in ROLES_OF[act]), act
        assert answer.status_code == 200 or (answer.status_code == 403 and "words" in answer.text)
    assert done == [act for act in Act if role in ROLES_OF[act]]


def acting(act: Act, done: list[Act]) -> Callable[[], str]:
    """A view that does an act."""

    @guard.needs(act)
    def view() -> str:
        done.append(act)
        return "done"

    return view


def guard_token(browser: Browser) -> str:
    """The token of the session in a browser, as a page of the desk would have it."""
    from desk.people.sessions import form_token, unsealed

    desk = browser.desk
    with desk.app.test_request_context(base_url=browser.address):
        name = guard.cookie_name(guard.SESSION)
    cookie = browser.client.get_cookie(name, domain="127.0.0.1")
    assert cookie is not None
    session = unsealed(desk.access.key, cookie.value)
    assert session is not None
    return form_token(desk.access.key, session.mark)


def test_a_view_that_does_not_say_what_it_needs_is_refused_and_found_at_start(desk: Desk) -> None:
    desk.app.add_url_rule("/desk/forgotten", "forgotten", lambda: "secret")
    assert guard.check_views(desk.app) == ["forgotten"]
    answer = signed_in(desk).get("/desk/forgotten")
    assert answer.status_code == 403 and "secret" not in answer.text


def test_nobody_sees_or_saves_anything_without_signing_in(desk: Desk) -> None:
    browser = desk.browser()
    looked = browser.get("/desk/texts/waste?part=2")
    assert (looked.status_code, looked.location) == (303, "/desk/sign-in?back=%2Fdesk%2Ftexts%2Fwaste%3Fpart%3D2")
    answer = browser.post("/desk/texts/waste/save", {"text": LONG_TEXT})
    assert answer.status_code == 403 and desk.saved == []
    assert shown_words(answer.text) == [LONG_TEXT]


def test_a_signed_cookie_copied_elsewhere_is_refused_after_sign_out(desk: Desk) -> None:
    first, thief = signed_in(desk), desk.browser()
    stolen = first.client.get_cookie(cookie_names(desk)[0], domain="127.0.0.1")
    assert stolen is not None
    thief.client.set_cookie(stolen.key, stolen.value, domain="127.0.0.1")
    assert thief.get("/desk/").status_code == 200
    other_machine = signed_in(desk)
    out = first.press(first.get("/desk/texts/waste"), "/desk/sign-out")
    assert out.status_code == 303
    assert [browser.get("/desk/").status_code for browser in (first, thief, other_machine)] == [303] * 3


def cookie_names(desk: Desk) -> tuple[str, str]:
    with desk.app.test_request_context(base_url=desk.access.config.address):
        return guard.cookie_name(guard.SESSION), guard.cookie_name(guard.VISITOR)


def test_the_next_request_knows_that_somebody_was_taken_out_or_lost_a_role(desk: Desk) -> None:
    browser = signed_in(desk)
    page = browser.get("/desk/texts/waste")
    desk.access.people.change(lambda people: with_person(people, replace(SIAN, roles=frozenset({Role.APPROVER}))))
    assert browser.save("late", page).status_code == 403
    desk.access.people.change(lambda people: without_person(people, SIAN.id))
    assert browser.get("/desk/").status_code == 303
    assert desk.saved == []


def test_a_file_of_people_that_cannot_be_read_lets_nobody_in_and_says_so(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    browser = signed_in(desk)
    desk.access.people.path.write_text("people:\n  - id: x\n")
    answer = browser.get("/desk/")
    assert answer.status_code == 503 and "Traceback" not in answer.text
    assert "people.yml:2" in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-site", "Origin": "http://www.example.org"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_refused_though_its_token_is_good(desk: Desk, headers: dict[str, str]) -> None:
    browser = signed_in(desk)
    token = token_of(browser.get("/desk/texts/waste"))
    answer = browser.client.post(
        "/desk/texts/waste/save",
        data={"form_token": token, "text": LONG_TEXT},
        base_url=browser.address,
        headers=headers,
    )
    assert answer.status_code == 403 and desk.saved == []
    assert shown_words(answer.text) == [LONG_TEXT]
    assert 'action="/desk/texts' not in answer.text, "a foreign page could have somebody press the button"


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "own"}],
)
def test_a_form_of_the_desk_is_known_from_what_each_browser_says(desk: Desk, headers: dict[str, str]) -> None:
    browser = signed_in(desk)
    token = token_of(browser.get("/desk/texts/waste"))
    own = {name: browser.address if value == "own" else value for name, value in headers.items()}
    data = {"form_token": token, "text": "a"}
    answer = browser.client.post("/desk/texts/waste/save", data=data, base_url=browser.address, headers=own)
    assert answer.status_code == 200 and len(desk.saved) == 1


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:1", "localhost:8002", "127.0.0.1:8002.evil.example", "[::1"]
)
def test_another_name_for_this_machine_is_refused(desk: Desk, host: str) -> None:
    answer = desk.app.test_client().get("/desk/sign-in", headers={"Host": host})
    assert answer.status_code == 421


def test_forwarding_headers_that_nobody_configured_change_nothing(tmp_path: Path) -> None:
    desk = made_desk(tmp_path, ANN, base_url=SECURE, mail="folder:letters", mail_from="desk@example.org")
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example;proto=http",
    }
    answer = desk.browser().get("/desk/texts/waste", headers=headers)
    assert answer.location == "/desk/sign-in?back=%2Fdesk%2Ftexts%2Fwaste"
    assert desk.browser().get("/desk/sign-in", headers=headers).status_code == 200
    assert "evil" not in desk.browser().get("/desk/sign-in", headers=headers).text


def test_a_token_lives_as_long_as_its_session(desk: Desk) -> None:
    browser = signed_in(desk)
    page = browser.get("/desk/texts/waste")
    desk.clock.later(hours=7, minutes=59)
    assert browser.save("after a long lunch", page).status_code == 200


def test_a_bad_token_shows_the_words_again_and_they_can_be_sent(desk: Desk) -> None:
    browser = signed_in(desk)
    answer = browser.post("/desk/texts/waste/save", {"form_token": "bad", "text": LONG_TEXT, "digest": "abc"})
    assert answer.status_code == 403 and desk.saved == []
    assert shown_words(answer.text) == [LONG_TEXT, "abc"]
    assert browser.press(answer, "/desk/texts/waste/save", text=LONG_TEXT).status_code == 200


def test_a_view_can_show_its_own_form_again_with_the_words(desk: Desk) -> None:
    def refill(words: MultiDict[str, str], reason: str, name: str) -> str:
        return f"own form of {name}: {reason}: {html.escape(words['text'])}"

    guard.refills(desk.app, "save", refill)
    browser = signed_in(desk)
    answer = browser.post("/desk/texts/waste/save", {"text": "mine"})
    assert (answer.status_code, answer.text) == (403, "own form of waste: form_old: mine")
    page = browser.get("/desk/texts/waste")
    desk.clock.later(hours=9)
    lead = browser.save("mine", page).location
    kept = re.search("kept=([A-Za-z0-9_-]+)", lead)
    assert kept
    browser.sign_in(SIAN)
    assert browser.get(f"/desk/sign-in/kept/{kept[1]}").text == "own form of waste: kept: mine"


def test_after_the_session_is_over_a_form_comes_back_with_its_words(desk: Desk) -> None:
    browser = signed_in(desk)
    page = browser.get("/desk/texts/waste")
    desk.clock.later(hours=8, minutes=1)
    answer = browser.save(LONG_TEXT, page, digest="abc")
    assert answer.status_code == 303 and desk.saved == [], "it must not look as if it was saved"
    start = browser.get(answer.location)
    assert "Your words are kept for an hour" in start.text
    name = re.search("kept=([A-Za-z0-9_-]+)", answer.location)
    assert name
    browser.sign_in(SIAN)
    back = browser.get(f"/desk/sign-in/kept/{name[1]}")
    assert shown_words(back.text) == [LONG_TEXT, "abc"]
    assert 'action="/desk/texts/waste/save"' in back.text
    assert browser.press(back, "/desk/texts/waste/save", text=LONG_TEXT, digest="abc").status_code == 200
    assert desk.saved[0]["text"] == LONG_TEXT


def test_kept_words_are_shown_to_the_person_who_wrote_them_alone(desk: Desk) -> None:
    browser = signed_in(desk)
    page = browser.get("/desk/texts/waste")
    desk.clock.later(hours=9)
    location = browser.save("Siân's own words", page).location
    name = location.rpartition("=")[2]
    browser.sign_in(TOM)
    answer = browser.get(f"/desk/sign-in/kept/{name}")
    assert answer.status_code == 404 and "own words" not in answer.text
    desk.clock.later(hours=2)
    browser.sign_in(SIAN)
    assert browser.get(f"/desk/sign-in/kept/{name}").status_code == 404


def test_words_of_somebody_who_never_was_signed_in_are_not_kept_on_the_disk(desk: Desk) -> None:
    browser = desk.browser()
    forged = sealed(bytes(32), Session(SIAN.id, 1, "mark", START, START, Way.MAIL))
    browser.client.set_cookie(cookie_names(desk)[0], forged, domain="127.0.0.1")
    answer = browser.post("/desk/texts/waste/save", {"text": "x" * 1000})
    assert answer.status_code == 403
    assert not desk.access.kept.folder.exists()


def test_words_that_cannot_be_kept_are_shown(desk: Desk) -> None:
    browser = signed_in(desk)
    page = browser.get("/desk/texts/waste")
    desk.clock.later(hours=9)
    for _ in range(20):
        assert browser.save("words", page).status_code == 303
    answer = browser.save(LONG_TEXT, page)
    assert answer.status_code == 403 and shown_words(answer.text) == [LONG_TEXT]


def test_a_file_that_was_sent_with_refused_words_is_named(desk: Desk) -> None:
    data = {"text": "a", "picture": (io.BytesIO(b"png"), "bin.png")}
    answer = signed_in(desk).post("/desk/texts/waste/save", data, content_type="multipart/form-data")
    assert answer.status_code == 403 and "Choose these files again: picture" in answer.text


def test_settings_need_a_recent_proof_and_the_form_comes_back(desk: Desk) -> None:
    browser = signed_in(desk, ANN)
    with_way(browser, Way.MAIL)
    page = browser.get("/desk/choices")
    assert page.status_code == 200
    desk.clock.later(minutes=16)
    looked = browser.get("/desk/choices")
    assert (looked.status_code, looked.location) == (303, "/desk/sign-in/again?back=%2Fdesk%2Fchoices")
    answer = browser.press(page, "/desk/choices", colour="#aa0000")
    assert answer.location.startswith("/desk/sign-in/again?kept=") and desk.saved == []
    assert "shortly after you signed in" in browser.get(answer.location).text
    assert browser.get("/desk/").status_code == 200, "everything else goes on"
    browser.sign_in(ANN)
    back = browser.get(f"/desk/sign-in/kept/{answer.location.rpartition('=')[2]}")
    assert "#aa0000" in back.text


def with_way(browser: Browser, way: Way) -> None:
    """Give a browser a session that was begun in another way."""
    desk = browser.desk
    session = Session(ANN.id, 1, "mark", desk.clock(), desk.clock(), way)
    browser.client.set_cookie(cookie_names(desk)[0], sealed(desk.access.key, session), domain="127.0.0.1")


def test_every_act_on_settings_and_people_asks_for_a_recent_proof() -> None:
    administering = {act for act, roles in ROLES_OF.items() if roles == {Role.ADMINISTRATOR}}
    assert administering - {Act.SEE_LOG} == NEEDS_RECENT


def test_refused_acts_are_logged_by_their_ids(desk: Desk) -> None:
    browser = signed_in(desk, ANN)
    browser.get("/desk/texts/waste")
    lines = [json.loads(line) for line in next(desk.access.log.folder.iterdir()).read_text().splitlines()]
    assert [(line["person"], line["act"]) for line in lines] == [
        (ANN.id, "signed-in-loopback"),
        (ANN.id, "refused-edit"),
    ]


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookies_cannot_be_set_or_read_by_others(tmp_path: Path, secure: bool) -> None:
    more = {"base_url": SECURE, "mail": "folder:x", "mail_from": "desk@example.org"} if secure else {}
    desk = made_desk(tmp_path, SIAN, **more)
    (cookie,) = desk.browser().get("/desk/sign-in").headers.getlist("Set-Cookie")
    named = "__Host-desk-visitor=" if secure else "desk-visitor-8002="
    assert cookie.startswith(named)
    flags = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= flags
    assert ("Secure" in flags) is secure and not any(flag.startswith(("Domain", "Max-Age")) for flag in flags)


def test_the_session_cookie_is_under_a_kilobyte_and_new_at_each_signing_in(desk: Desk) -> None:
    browser = desk.browser()
    first, second = (session_cookie(browser.sign_in(SIAN)) for _ in range(2))
    assert first != second
    assert len(first) < 1000
    assert "HttpOnly" in first and "SameSite=Lax" in first and "Max-Age" not in first


def session_cookie(answer: object) -> str:
    return next(cookie for cookie in answer.headers.getlist("Set-Cookie") if "desk-session" in cookie)  # type: ignore[attr-defined]


def test_every_page_has_its_headers(desk: Desk) -> None:
    browser = signed_in(desk)
    for path in ("/desk/", "/desk/sign-in/kept/" + "n" * 22, "/desk/nowhere"):
        headers = browser.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers
    assert "Strict-Transport-Security" in page_headers(secure=True)


def test_a_preview_is_an_origin_of_its_own_in_the_desks_frame_alone() -> None:
    policy = preview_headers(secure=True)["Content-Security-Policy"]
    assert policy.startswith("sandbox;") and "frame-ancestors 'self'" in policy
    assert "allow-same-origin" not in preview_headers(secure=True, scripts=True)["Content-Security-Policy"]


def test_nothing_of_the_desk_keeps_a_preview_out_of_its_frame(desk: Desk) -> None:
    @desk.app.get("/desk/draft")
    @guard.needs(Act.PREVIEW)
    def draft() -> tuple[str, dict[str, str]]:
        return "draft", preview_headers(secure=False)

    headers = signed_in(desk).get("/desk/draft").headers
    assert "X-Frame-Options" not in headers and "Cross-Origin-Resource-Policy" not in headers
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers.getlist("Content-Security-Policy") == [preview_headers(secure=False)["Content-Security-Policy"]]


def with_previews(desk: Desk) -> Desk:
    """A desk with a page that frames a preview, which has a style sheet and a link to itself."""
    looked = desk.saved

    @desk.app.get("/desk/frame")
    @guard.needs(Act.PREVIEW)
    def frame() -> str:
        return f'<iframe title="Preview" src="/desk/drafts/{guard.ticket()}/page"></iframe>'

    @desk.app.route("/desk/drafts/<ticket>/<name>", methods=["GET", "POST"])
    @guard.by_ticket(Act.PREVIEW)
    def draft(ticket: str, name: str) -> tuple[str, dict[str, str]]:
        looked.append({"name": name, "person": guard.person().id, "cookies": str(len(request.cookies))})
        if name == "style.css":
            return "h1 { color: rgb(1, 2, 3) }", preview_headers(secure=False) | {"Content-Type": "text/css"}
        body = '<link rel="stylesheet" href="style.css"><h1>Draft</h1><a href="other">Other</a>'
        return body, preview_headers(secure=False)

    return desk


def test_a_preview_in_its_frame_has_its_styles_and_links_without_the_cookie(browser: Chromium, tmp_path: Path) -> None:
    with served(lambda port: with_previews(made_desk(tmp_path, SIAN, port=port))) as desk:
        page = browser.new_page()
        page.goto(loopback_address(desk.access))
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{desk.access.config.address}/desk/frame")
        inside = page.frame_locator("iframe")
        assert inside.get_by_role("heading").evaluate("one => getComputedStyle(one).color") == "rgb(1, 2, 3)"
        with page.expect_response("**/other"):
            inside.get_by_role("link", name="Other").click()
        assert [seen["name"] for seen in desk.saved][:2] == ["page", "style.css"]
        assert {seen["cookies"] for seen in desk.saved if seen["name"] == "style.css"} == {"0"}
        assert {seen["person"] for seen in desk.saved} == {SIAN.id}
        page.close()


def test_a_ticket_opens_previews_alone_and_ends_with_the_session(tmp_path: Path) -> None:
    desk = with_previews(made_desk(tmp_path, SIAN))
    browser, other = signed_in(desk), desk.browser()
    found = re.search(r"/desk/drafts/([^/]+)/", browser.get("/desk/frame").text)
    assert found
    address = f"/desk/drafts/{found[1]}/page"
    assert other.get(address).status_code == 200
    assert other.post(address).status_code == 403, "nothing is sent by a ticket"
    assert browser.get("/desk/drafts/forged/page").status_code == 403, "a cookie does not stand in for a ticket"
    other.client.set_cookie(cookie_names(desk)[0], found[1], domain="127.0.0.1")
    assert other.get("/desk/").status_code == 303, "a ticket is no cookie"
    browser.press(browser.get("/desk/"), "/desk/sign-out")
    over = desk.browser().get(address)
    assert over.status_code == 403 and "frame-ancestors 'self'" in over.headers["Content-Security-Policy"]


ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/desk/\t",
    "\t//evil.example",
    "https://evil.example/desk/",
    "https:evil.example",
    "javascript:alert(1)",
    "/desk/../..//evil.example",
    "/desk/%5cevil.example",
    "/desk/%2f%2fevil.example",
    "/desk/texts/waste\r\nLocation: x",
    "/desk/nowhere",
    "/desk/texts/waste/save",
    "/desk/sign-in",
    "/desk/sign-out",
    "desk/",
    " /desk/",
    "/desk/@evil.example",
    "/desk/" + "a" * 600,
]


def test_signing_in_never_leads_to_another_address(desk: Desk) -> None:
    browser = signed_in(desk)
    for address in ELSEWHERE:
        assert not known_page(desk.app.url_map, address), address
        answer = browser.get("/desk/sign-in", query_string={"back": address})
        assert (answer.status_code, answer.location) == (303, "/desk/"), address


def test_signing_in_leads_back_to_pages_of_the_desk(desk: Desk) -> None:
    assert known_page(desk.app.url_map, "/desk/texts/waste?part=2&lang=cy")
    assert known_page(desk.app.url_map, "/desk/texts/t%C5%B7")
    assert route_of(desk.app.url_map, "/desk/texts/waste/save", "POST") == ("save", {"name": "waste"})
    answer = signed_in(desk).get("/desk/sign-in", query_string={"back": "/desk/texts/waste"})
    assert answer.location == "/desk/texts/waste"


def test_the_language_is_the_one_that_was_chosen(desk: Desk) -> None:
    browser = desk.browser()
    assert '<html lang="cy">' in browser.get("/desk/sign-in", headers={"Accept-Language": "cy"}).text
    page = browser.get("/desk/sign-in")
    answer = browser.press(page, "/desk/language", language="cy", back="//evil.example")
    assert answer.location == "/desk/"
    assert '<html lang="cy">' in browser.get("/desk/sign-in", headers={"Accept-Language": "en"}).text


def test_an_app_without_a_person_says_so_to_its_author(desk: Desk) -> None:
    app: Flask = desk.app
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="open to all"):
        guard.person()


def test_ended_sessions_come_back_only_by_signing_in(desk: Desk) -> None:
    browser = signed_in(desk)
    desk.access.people.change(lambda people: sessions_ended(people, SIAN.id))
    assert browser.get("/desk/").status_code == 303
    assert browser.sign_in(SIAN).status_code == 303
    assert browser.get("/desk/").status_code == 200


ODD = (
    "",
    "\x00",
    "é\ud800".encode("utf-8", "surrogatepass"),
    "a" * 3000,
    "../../people",
    "<b>",
    "%2e%2e",
    "٣٣٣٣٣٣٣٣",
    "🙂",
)


@pytest.mark.parametrize("secure", [True, False])
def test_no_odd_value_in_any_form_or_address_of_signing_in_is_an_error_of_the_desk(
    tmp_path: Path, secure: bool
) -> None:
    mail = {"mail": "folder:unused", "mail_from": "desk@example.org"} | ({"base_url": SECURE} if secure else {})
    desk = made_desk(tmp_path, SIAN, TOM, **mail)
    rules = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith("sign_in")]
    assert len(rules) > 12
    for odd in ODD:
        browser = desk.browser()
        token = token_of(browser.get("/desk/sign-in"))
        names = ("address", "back", "kept", "code", "request", "person", "name", "language", "state", "fresh")
        fields = dict.fromkeys(names, odd)
        for rule in rules:
            path = re.sub("<[^>]+>", quote(odd) or "x", rule.rule)
            looked = browser.get(path, query_string=fields, headers={"Cookie": "desk-session-8002=ab.c"})
            sent = browser.post(path, fields | {"form_token": token})
            assert looked.status_code < 500 and sent.status_code < 500, (rule.rule, odd)
            assert "Traceback" not in looked.text + sent.text
    desk.posted()
    assert desk.letters == []
