"""Signing in with an OpenID Connect provider: Canaille, and one that says what Entra, or a broken one, would say."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey
from playwright.sync_api import Browser as Chromium

from desk.config import Config
from desk.people.person import Identity
from tests.desk_access_fixtures import ANN, SIAN, START, TOM, Browser, Clock, Desk, made_desk, served
from tests.desk_providers import CLIENT, PASSWORD, SECRET, Says, Walker, canaille, query, saying
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget.errors import StartRefused


class Today(Clock):
    """The machine's clock, which a test can put forward."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime.now(UTC)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk beside Canaille, whose users Siân and Ann are people of the desk and whose user Eve is not."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with canaille(address, "sian", "ann", "eve") as issuer:

        def make(port: int) -> Desk:
            people = (
                replace(SIAN, identities=(Identity(issuer, "sian"),)),
                replace(ANN, identities=(Identity(issuer, "ann"),)),
                replace(TOM, address="eve@example.org"),
            )
            folder = tmp_path_factory.mktemp("desk")
            given = {"issuer": issuer, "client_id": CLIENT, "client_secret": SECRET, "port": port}
            return made_desk(folder, *people, clock=Today(), **given)

        with served(make, port) as desk:
            yield desk


def walker(desk: Desk) -> Walker:
    return Walker(desk.access.config.address)


def test_somebody_signs_in_with_a_real_provider_and_comes_to_the_page_they_asked_for(real: Desk) -> None:
    person = walker(real)
    start = person.get("/desk/texts/waste")
    assert start.url.endswith("/desk/sign-in?back=%2Fdesk%2Ftexts%2Fwaste")
    page = person.through("sian", person.get("/desk/sign-in/provider?back=/desk/texts/waste"))
    assert (page.status_code, page.url) == (200, f"{person.desk}/desk/texts/waste")
    kept = [cookie for cookie in person.session.cookies if cookie.name.startswith("desk-")]
    assert [cookie.name.rpartition("-")[0] for cookie in kept] == ["desk-session"], "the attempt's cookie is gone"
    assert len(kept[0].value or "") < 1000


def test_ten_abandoned_attempts_leave_the_eleventh_whole(real: Desk) -> None:
    person = walker(real)
    first = person.step("/desk/sign-in/provider").headers["Location"]
    for _ in range(9):
        assert person.step("/desk/sign-in/provider").status_code == 303
    page = person.through("sian", person.get("/desk/sign-in/provider"))
    assert page.url == f"{person.desk}/desk/"
    late = person.get(first)  # the provider knows the person by now and answers at once
    assert late.url == f"{person.desk}/desk/", "a late answer of another tab takes nothing away"
    assert person.get("/desk/").status_code == 200


def test_a_hundred_attempts_do_not_fill_the_browser_with_cookies(real: Desk) -> None:
    person = walker(real)
    for _ in range(100):
        person.step("/desk/sign-in/provider")
    sent = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.session.cookies)
    assert len(sent) < 4000
    assert person.through("sian", person.get("/desk/sign-in/provider")).url == f"{person.desk}/desk/"


def test_the_address_of_an_account_makes_nobody_a_person_of_the_desk(real: Desk) -> None:
    person = walker(real)
    page = person.through("eve", person.get("/desk/sign-in/provider"))
    assert page.status_code == 403 and "desk-session" not in str(person.session.cookies)
    issuer = real.access.config.issuer
    assert f"<code>{issuer}</code>" in page.text and "<code>eve</code>" in page.text
    assert person.get("/desk/").url.startswith(f"{person.desk}/desk/sign-in")


def test_a_fresh_sign_in_opens_the_settings_and_auth_time_is_what_counts(real: Desk) -> None:
    person = walker(real)
    page = person.through("ann", person.get("/desk/sign-in/provider"))
    assert page.url == f"{person.desk}/desk/"
    settings = person.get("/desk/choices")
    assert settings.url == f"{person.desk}/desk/choices", "the provider says that it was a moment ago"
    real.clock.later(minutes=16)
    try:
        again = person.get("/desk/choices")
        assert again.url.startswith(f"{person.desk}/desk/sign-in/again")
        link = re.search(r'href="(/desk/sign-in/provider\?[^"]+)"', again.text)
        assert link and "fresh=yes" in link[1]
    finally:
        real.clock.later(minutes=-16)
    page = person.through("ann", person.get(link[1].replace("&amp;", "&")))
    assert page.url == f"{person.desk}/desk/choices"


def test_a_form_sent_after_eight_hours_comes_back_through_the_provider(real: Desk) -> None:
    person = walker(real)
    form = person.through("sian", person.get("/desk/sign-in/provider?back=/desk/texts/waste"))
    real.clock.later(hours=9)
    try:
        over = person.press(form, "/desk/texts/waste/save", text="tŷ")
        assert over.url.startswith(f"{person.desk}/desk/sign-in?kept=")
    finally:
        real.clock.later(hours=-9)
    back = person.get(f"/desk/sign-in/provider?kept={query(over.url)['kept']}")
    assert back.url == f"{person.desk}/desk/sign-in/kept/{query(over.url)['kept']}"
    assert "tŷ" in back.text
    assert person.press(back, "/desk/texts/waste/save", text="tŷ").text == "saved"


def test_signing_out_says_that_the_providers_session_stays_and_offers_to_end_it(real: Desk) -> None:
    person = walker(real)
    form = person.through("sian", person.get("/desk/sign-in/provider?back=/desk/texts/waste"))
    out = person.press(form, "/desk/sign-out")
    assert "Your work account is still signed in" in out.text
    assert person.get("/desk/sign-in/provider").url == f"{person.desk}/desk/", "it is"
    link = re.search(r'href="(http[^"]+end_session[^"]+)"', out.text)
    assert link
    page = person.through("sian", person.get(link[1].replace("&amp;", "&")))
    assert page.url.startswith(f"{person.desk}/desk/signed-out")
    asked = person.get("/desk/sign-in/provider")
    assert urlsplit(asked.url).netloc != urlsplit(person.desk).netloc, "the provider asks again"


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_keeps_the_cookies_on_the_way_to_another_site_and_back(
    browser: Chromium, tmp_path: Path, script: bool
) -> None:
    port = free_port()
    with canaille(f"http://127.0.0.1:{port}", "sian", host="localhost") as issuer:

        def make(port: int) -> Desk:
            person = replace(SIAN, identities=(Identity(issuer, "sian"),))
            given = {"issuer": issuer, "client_id": CLIENT, "client_secret": SECRET, "port": port}
            return made_desk(tmp_path, person, clock=Today(), **given)

        with served(make, port) as desk:
            context = browser.new_context(java_script_enabled=script)
            page = context.new_page()
            page.goto(f"{desk.access.config.address}/desk/texts/waste")
            page.get_by_role("link", name="Sign in with your work account").click()
            page.locator("input[name=login]").fill("sian")
            page.locator("input[name=login]").press("Enter")
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url(f"{desk.access.config.address}/desk/texts/waste")
            assert page.get_by_role("heading", name="waste").is_visible()
            context.close()


# From here on the provider says what a test wants it to.


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def says(clock: Clock) -> Iterator[Says]:
    with saying(lambda: clock().timestamp()) as provider:
        yield provider


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, says: Says) -> Desk:
    people = (
        replace(SIAN, identities=(Identity(says.issuer, "00u1ab"),)),
        replace(ANN, identities=(Identity(says.issuer, "ann-oid"),)),
    )
    given = {"issuer": says.issuer, "client_id": CLIENT, "client_secret": SECRET}
    return made_desk(tmp_path, *people, clock=clock, **given)


def come_back(browser: Browser, says: Says, path: str = "/desk/sign-in/provider") -> Any:
    """Go to the provider and come back to the callback with what it says."""
    import requests

    there = browser.get(path)
    assert there.status_code == 303, there.text
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix(browser.address))


def test_the_provider_is_asked_with_pkce_state_and_nonce_and_the_callback_is_a_get(desk: Desk, says: Says) -> None:
    assert come_back(desk.browser(), says).location == "/desk/"
    (asked,), (exchanged,) = says.asked, says.exchanged
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == ("code", "S256", "openid")
    assert len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32 and asked["nonce"] != asked["state"]
    assert "response_mode" not in asked, "another mode could answer by POST, without the Lax cookie"
    assert len(exchanged["code_verifier"]) >= 43
    assert desk.browser().post("/desk/sign-in/callback").status_code == 405


def test_the_redirect_address_is_the_configured_one_whatever_a_proxy_says(tmp_path: Path, says: Says) -> None:
    given = {
        "issuer": says.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "base_url": "https://desk.example.org",
    }
    browser = made_desk(tmp_path, **given).browser()
    headers = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "80"}
    there = browser.get("/desk/sign-in/provider", headers=headers)
    assert query(there.location)["redirect_uri"] == "https://desk.example.org/desk/sign-in/callback"
    cookie = there.headers.getlist("Set-Cookie")[0]
    assert cookie.startswith("__Host-desk-attempt-") and "SameSite=Lax" in cookie and "Secure" in cookie


def refused(desk: Desk, says: Says, words: str, path: str = "/desk/sign-in/provider") -> str:
    browser = desk.browser()
    answer = come_back(browser, says, path)
    assert answer.status_code == 403 and words in answer.text, answer.text
    assert "Traceback" not in answer.text
    assert browser.get("/desk/").status_code == 303
    return str(answer.text)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"iss": "https://login.microsoftonline.com/other/v2.0"}, "another place"),
        ({"iss": None}, "another place"),
        ({"aud": "another application"}, "could not be checked"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "could not be checked"),
        ({"nonce": "of another attempt"}, "could not be checked"),
        ({"nonce": None}, "could not be checked"),
        ({"exp": None}, "could not be checked"),
        ({"sub": None}, "could not be checked"),
        ({"sub": ""}, "did not say who you are"),
        ({"sub": 7}, "could not be checked"),
        ({"exp": int(START.timestamp()) - 600, "iat": int(START.timestamp()) - 900}, "differ by more than a minute"),
        ({"iat": int(START.timestamp()) + 600, "exp": int(START.timestamp()) + 900}, "differ by more than a minute"),
    ],
)
def test_a_token_that_proves_nothing_signs_nobody_in(desk: Desk, says: Says, wrong: dict[str, Any], words: str) -> None:
    def claims(right: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in (right | wrong).items() if value is not None}

    says.claims = claims
    refused(desk, says, words)


@pytest.mark.parametrize("algorithm", ["RS256", "HS256", "none"])
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(desk: Desk, says: Says, algorithm: str) -> None:
    says.algorithm = algorithm
    says.signing_key = RSAKey.generate_key(2048) if algorithm == "RS256" else OctKey.import_key(SECRET * 3)
    refused(desk, says, "could not be checked")


def test_a_new_key_of_the_provider_is_fetched_without_a_restart(desk: Desk, says: Says) -> None:
    assert come_back(desk.browser(), says).location == "/desk/"
    says.key = RSAKey.generate_key(2048, auto_kid=True)
    assert come_back(desk.browser(), says).location == "/desk/"


def test_a_few_seconds_between_the_clocks_are_let_pass_and_logged(
    desk: Desk, says: Says, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "desk.provider")
    says.claims = lambda claims: claims | {"iat": claims["iat"] + 20, "nbf": claims["iat"] + 20}
    assert come_back(desk.browser(), says).location == "/desk/"
    assert "differ by about 20 seconds" in caplog.text


def test_the_same_address_with_another_identifier_is_refused(desk: Desk, says: Says) -> None:
    says.claims = lambda claims: claims | {"sub": "somebody else", "email": SIAN.address, "email_verified": True}
    text = refused(desk, says, "not one of the desk’s people yet")
    assert "somebody else" in text and SIAN.address not in text


def test_groups_grant_nothing_and_the_page_says_so_where_they_were_left_out(
    desk: Desk, says: Says, caplog: pytest.LogCaptureFixture
) -> None:
    overage = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.example"}}}
    says.claims = lambda claims: (
        claims | overage | {"sub": "new", "roles": ["administrator"], "groups": ["administrator"]}
    )
    text = refused(desk, says, "not one of the desk’s people yet")
    assert "so many groups that they were left out" in text
    assert "left out somebody" in caplog.text
    says.claims = lambda claims: claims | overage
    browser = desk.browser()
    assert come_back(browser, says).location == "/desk/"
    assert browser.get("/desk/choices").status_code == 403


@pytest.mark.parametrize(
    ("auth_time", "words"),
    [
        (None, "does not say when you signed in"),
        ("yesterday", "does not say when you signed in"),
        (int(START.timestamp()) - 16 * 60, "says that yours is older"),
        (int(START.timestamp()) + 16 * 60, "says that yours is older"),
    ],
)
def test_asking_for_a_fresh_sign_in_proves_nothing_without_auth_time(
    desk: Desk, says: Says, auth_time: object, words: str
) -> None:
    claimed = {"sub": "ann-oid"} | ({} if auth_time is None else {"auth_time": auth_time})
    if auth_time == "yesterday":
        words = "could not be checked"
    says.claims = lambda claims: claims | claimed
    refused(desk, says, words, "/desk/sign-in/provider?fresh=yes&back=/desk/choices")
    assert (says.asked[0]["prompt"], says.asked[0]["max_age"]) == ("login", "900")


def test_somebody_who_was_refused_a_fresh_sign_in_stays_signed_in(desk: Desk, says: Says) -> None:
    says.claims = lambda claims: claims | {"sub": "ann-oid"}
    browser = desk.browser()
    come_back(browser, says)
    assert browser.get("/desk/choices").location.startswith("/desk/sign-in/again")
    assert come_back(browser, says, "/desk/sign-in/provider?fresh=yes").status_code == 403
    assert browser.get("/desk/").status_code == 200


def test_a_second_factor_of_ten_minutes_does_not_fail_a_fresh_sign_in(desk: Desk, says: Says, clock: Clock) -> None:
    began = int(clock().timestamp())
    says.claims = lambda claims: claims | {"sub": "ann-oid", "auth_time": began}
    browser = desk.browser()
    import requests

    there = browser.get("/desk/sign-in/provider?fresh=yes&back=/desk/choices")
    clock.later(minutes=10)
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"]
    assert browser.get(back.removeprefix(browser.address)).location == "/desk/choices"


def test_an_answer_of_another_browser_or_used_twice_signs_nobody_in(desk: Desk, says: Says) -> None:
    import requests

    browser, other = desk.browser(), desk.browser()
    there = browser.get("/desk/sign-in/provider")
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix(browser.address)
    assert "begun in another browser" in other.get(path).text
    assert browser.get(path).location == "/desk/"
    assert "This sign-in is over" in browser.get(path).text
    assert browser.get("/desk/").status_code == 200


@pytest.mark.parametrize("error", ["access_denied", "login_required", "<script>alert(1)</script>"])
def test_a_refusal_of_the_provider_is_said_in_words(desk: Desk, says: Says, error: str) -> None:
    says.error = error
    text = refused(desk, says, "did not let you through")
    assert "<script" not in text


def test_a_provider_that_names_another_issuer_or_plain_http_is_not_used(desk: Desk, says: Says) -> None:
    says.described = {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}
    assert "another place" in desk.browser().get("/desk/sign-in/provider").text
    says.described = {"authorization_endpoint": "http://login.example.org/authorize"}
    assert "cannot reach" in desk.browser().get("/desk/sign-in/provider").text


def test_an_answer_without_its_issuer_is_refused_where_the_provider_always_names_itself(desk: Desk, says: Says) -> None:
    says.described = {"authorization_response_iss_parameter_supported": True}
    refused(desk, says, "another place")


def test_a_provider_that_is_away_is_said_and_comes_back(tmp_path: Path) -> None:
    port = free_port()
    given = {"issuer": f"http://127.0.0.1:{port}", "client_id": CLIENT, "client_secret": SECRET}
    answer = made_desk(tmp_path, **given).browser().get("/desk/sign-in/provider")
    assert answer.status_code == 403 and "We cannot reach" in answer.text


def test_entras_oid_names_a_person_and_never_its_sub(tmp_path: Path, clock: Clock, says: Says) -> None:
    people = (replace(SIAN, identities=(Identity(says.issuer, "the-oid"),)),)
    given = {"issuer": says.issuer, "client_id": CLIENT, "client_secret": SECRET, "subject": "oid"}
    desk = made_desk(tmp_path, *people, clock=clock, **given)
    says.claims = lambda claims: claims | {"oid": "the-oid"}
    assert come_back(desk.browser(), says).location == "/desk/"
    says.claims = lambda claims: claims | {"sub": "the-oid"}
    refused(desk, says, "did not say who you are")


WITHOUT_AUTHLIB = """
import sys
from pathlib import Path
sys.modules["authlib"] = None
from tests.desk_access_fixtures import made_desk
from widget.errors import StartRefused
try:
    made_desk(Path(sys.argv[1]), issuer="https://login.example.org", client_id="desk", client_secret="secret")
except StartRefused as refused:
    print(refused)
"""


def test_a_provider_without_authlib_is_refused_at_start_with_the_line_to_run(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_AUTHLIB, tmp_path]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "DESK_ISSUER needs authlib. Install it with: pip install 'noticeboard[desk]'\n"


TENANT = "11111111-2222-3333-4444-555555555555"
SET = {"client_id": CLIENT, "client_secret": SECRET}


def test_entras_own_tenant_is_required_at_start() -> None:
    config = Config.from_env({}, issuer=f"https://login.microsoftonline.com/{TENANT}/v2.0", **SET)
    assert config.subject_claim == "oid"
    for path, words in (
        ("common/v2.0", "for every tenant"),
        ("organizations/v2.0", "for every tenant"),
        ("consumers/v2.0", "for every tenant"),
        ("Common/v2.0", "for every tenant"),
        ("{tenantid}/v2.0", "for every tenant"),
        ("council.onmicrosoft.com/v2.0", "tenant's id, not its name"),
    ):
        with pytest.raises(StartRefused, match=words):
            Config.from_env({}, issuer=f"https://login.microsoftonline.com/{path}", **SET)


def test_everything_that_is_wrong_with_the_configuration_is_said_at_once(tmp_path: Path) -> None:
    environ = {
        "DESK_URL": "http://desk.example.org/path",
        "DESK_HOST": "0.0.0.0",  # noqa: S104
        "DESK_PORT": "eighty",
        "DESK_ISSUER": "http://login.example.org/common",
        "DESK_SUBJECT": "email",
        "DESK_MAIL": "smtp://localhost",
    }
    with pytest.raises(StartRefused) as stopped:
        Config.from_env(environ)
    for name in ("DESK_URL", "DESK_PORT", "DESK_ISSUER", "DESK_CLIENT_ID", "DESK_SUBJECT", "DESK_MAIL_FROM"):
        assert name in str(stopped.value)


def test_the_secret_comes_from_a_file_and_is_shown_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("very secret\n")
    environ = {
        "DESK_ISSUER": "https://login.example.org",
        "DESK_CLIENT_ID": "desk",
        "DESK_CLIENT_SECRET_FILE": str(file),
    }
    config = Config.from_env(environ)
    assert config.client_secret == "very secret" and "very secret" not in repr(config)
    with pytest.raises(StartRefused, match="cannot be read"):
        Config.from_env(environ | {"DESK_CLIENT_SECRET_FILE": str(tmp_path / "none")})
