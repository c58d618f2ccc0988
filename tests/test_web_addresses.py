"""Addresses of sites in site.yml: each origin is the one that a browser sends, or is refused with what to write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.cli import main
from generator.content import site_file, web_address
from generator.content.web_address import NoAddress
from generator.repository import read_site
from tests.site_fixtures import SITE, make_site

PUT_RIGHT = {
    "https://www.example.org": "https://www.example.org",
    "https://www.example.org/": "https://www.example.org",
    "https://WWW.Example.org": "https://www.example.org",
    "https://www.example.org:443": "https://www.example.org",
    "https://www.example.org:443/": "https://www.example.org",
    "https://www.example.org:8443": "https://www.example.org:8443",
    "https://www.example.org:": "https://www.example.org",
    "http://localhost:80": "http://localhost",
    "http://127.0.0.1:8000/": "http://127.0.0.1:8000",
    "http://[::1]:8000": "http://[::1]:8000",
    "https://tŷ.cymru": "https://xn--t-foa.cymru",
    "https://Straße.example": "https://xn--strae-oqa.example",
}
REFUSED = {
    "https://www.example.org/parks": "Write only https://www.example.org.",
    "https://WWW.example.org:443/parks/?a=b": "Write only https://www.example.org.",
    "https://www.example.org/#top": "Write only https://www.example.org.",
    "https://www.example.org?": "Write only https://www.example.org.",
    "https://*.example.org": "Name each site by itself, such as https://www.example.org.",
    "/parks": "Write https:// and the host, such as https://www.example.org.",
    "https://someone@www.example.org": "Write https:// and the host, such as https://www.example.org.",
    "https://www.example.org:99999": "Write https:// and the host, such as https://www.example.org.",
    "https://www..example.org": "Write https:// and the host, such as https://www.example.org.",
    "https://": "Write https:// and the host, such as https://www.example.org.",
}


@pytest.mark.parametrize("written", REFUSED)
def test_what_no_browser_sends_as_an_origin_is_refused_with_what_to_write(written: str) -> None:
    origin = web_address.origin(written)
    assert isinstance(origin, NoAddress)
    assert f"`{written}`" in origin.wrong
    assert origin.remedy == REFUSED[written]


def test_each_origin_is_the_one_that_a_browser_would_send(browser: Browser) -> None:
    page = browser.new_page()
    sent = page.evaluate("(all) => all.map((one) => new URL(one).origin)", list(PUT_RIGHT))
    page.close()
    assert [web_address.origin(written) for written in PUT_RIGHT] == sent == list(PUT_RIGHT.values())


def test_origins_reach_the_consent_service_as_browsers_send_them(tmp_path: Path) -> None:
    origins = "consent: {origins: ['https://www.example.org/', 'https://WWW.Example.org:443', 'https://tŷ.cymru']}\n"
    site = SITE.replace("https://privacy.example.org", "https://Privacy.example.org:443/")
    root = make_site(tmp_path, site=site + origins)
    assert main(["build", "--root", str(root), "--quiet"]) == 0
    published = json.loads((root / "public/published.json").read_bytes())["site"]
    assert published["origins"] == ["https://www.example.org", "https://xn--t-foa.cymru"]
    assert published["base_url"] == read_site(root).base_url == "https://privacy.example.org"


def test_check_names_the_line_of_each_origin_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    origins = "consent:\n  origins:\n    - https://www.example.org\n    - https://www.example.org/parks\n    - /parks\n"
    root = make_site(tmp_path, site=SITE + origins)
    first = SITE.count("\n") + 4
    assert main(["check", "--root", str(root)]) == 1
    told = capsys.readouterr().err
    assert f"site.yml:{first}:7: error: `https://www.example.org/parks` is a page" in told
    assert f"site.yml:{first + 1}:7: error: `/parks` is not the address of a site." in told


def test_each_faulty_origin_is_named_at_once_and_a_scheme_in_capitals_is_put_right() -> None:
    origins = "consent:\n  origins: [HTTPS://Forms.Example.org, www.example.org, https://www.example.org/page]\n"
    _, problems = site_file.read((SITE + origins).encode())
    assert [problem.message.split("`")[1] for problem in problems] == [
        "www.example.org",
        "https://www.example.org/page",
    ]
    found, problems = site_file.read((SITE.replace("https://privacy", "HTTPS://Privacy")).encode())
    assert found and not problems and found.base_url == "https://privacy.example.org"
