"""The council's logo at the desk: made anew, named in site.yml in the same commit, shown on the site, and taken out again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser as Chromium

from desk.guard.needs import NEED
from desk.people.acts import NEEDS_RECENT
from generator import own_process
from generator.building import build
from generator.content import site_file
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, CERI, served_desk, whole_desk
from tests.desk_pages import fields_of, look, text_of
from tests.picture_uploads import DRAWING, SECRET, in_this_process, multipart, saved, scene, with_words
from tests.site_fixtures import SITE, TODAY, make_site, read
from tests.test_desk_pictures import git, last, visiting

PAGE = "/desk/settings/logo"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_site(tmp_path)
    (tmp_path / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "First")
    return tmp_path


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are made in this process: tests/test_desk_pictures.py shows what the other one does."""
    monkeypatch.setattr(own_process, "answer", in_this_process)


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, CERI)


def change(browser: Browser, data: bytes, page: Any = None, **more: str) -> Any:
    fields = {
        name: value for name, value in fields_of(page or browser.get(PAGE)).items() if name in ("form_token", "base")
    }
    body, kind = multipart(fields | more, data, "Logo of the council.png")
    return browser.post(PAGE, body, content_type=kind)


def logo(root: Path) -> str | None:
    site, problems = site_file.read((root / "site.yml").read_bytes())
    assert site is not None and problems == []
    return site.theme.logo


def test_a_logo_is_made_anew_named_in_the_settings_and_on_every_page(desk: Desk, root: Path) -> None:
    ceri = visiting(desk, CERI)
    assert change(ceri, with_words()).status_code == 303
    assert logo(root) == "logo.png" and SECRET not in (root / "logo.png").read_bytes()
    settings = (root / "site.yml").read_text("utf-8")
    assert settings.replace("theme:\n  logo: logo.png\n", "") == SITE
    assert last(root) == ("Ceri Example: Change the logo", ["logo.png", "site.yml"])
    page = ceri.get(PAGE)
    address = text_of(page).partition('<p class="picture logo"><img src="')[2].partition('"')[0]
    assert ceri.get(address).data == (root / "logo.png").read_bytes() and 'alt="Exampleshire"' in page.text
    build.build(read(root), root / "public", TODAY)
    assert f'<img src="{address.removeprefix("/desk/preview")}"' in (root / "public/index.html").read_text("utf-8")
    assert change(ceri, DRAWING).status_code == 303
    assert logo(root) == "logo-2.svg" and not (root / "logo.png").exists(), "git has the old one"
    assert b"script" not in (root / "logo-2.svg").read_bytes()
    assert change(ceri, b"", do="remove").status_code == 303
    assert logo(root) is None and "There is no logo" in ceri.get(PAGE).text
    assert git(root, "status", "--porcelain") == "" and git(root, "rev-list", "--count", "HEAD") == "4\n"


def test_a_large_logo_becomes_as_small_as_a_head_of_a_page_needs(desk: Desk, root: Path) -> None:
    noise = Image.effect_noise((1_000, 700), 90).convert("RGB")
    assert change(visiting(desk, CERI), saved(noise, "JPEG")).status_code == 303
    name = logo(root)
    assert name is not None and len((root / name).read_bytes()) <= 60_000
    with Image.open(io.BytesIO((root / name).read_bytes())) as found:
        assert max(found.size) <= 600


WRONG = (
    (b"", "This file is empty"),
    (b"<svg", "cannot be read, is too large"),
    (b"x", "whatever its name says"),
    (bytes(60_000_000), "larger than 20 MB"),
)


def test_what_is_wrong_is_said_and_nothing_is_written(desk: Desk, root: Path) -> None:
    ceri = visiting(desk, CERI)
    for data, said in WRONG:
        answer = change(ceri, data)
        assert answer.status_code in (413, 422) and said in text_of(answer)
    assert logo(root) is None and git(root, "status", "--porcelain") == ""


def test_two_administrators_do_not_replace_each_others_logo_unseen(desk: Desk, root: Path) -> None:
    ceri = visiting(desk, CERI)
    page = ceri.get(PAGE)
    assert change(ceri, with_words(), page).status_code == 303
    answer = change(ceri, saved(scene(20, 20), "PNG"), page)
    assert answer.status_code == 409 and "Somebody else changed the logo meanwhile" in answer.text
    assert logo(root) == "logo.png" and not (root / "logo-2.png").exists()


def test_a_logo_that_is_not_named_by_the_desk_is_never_written_over(desk: Desk, root: Path) -> None:
    (root / "Logo.svg").write_bytes(b"theirs")
    assert change(visiting(desk, CERI), with_words()).status_code == 303
    assert logo(root) == "logo-2.png" and (root / "Logo.svg").read_bytes() == b"theirs"


def test_a_logo_whose_file_is_gone_can_be_exchanged(desk: Desk, root: Path) -> None:
    (root / "site.yml").write_text(f"{SITE}theme:\n  logo: gone.svg\n", "utf-8")
    ceri = visiting(desk, CERI)
    page = ceri.get(PAGE)
    assert page.status_code == 200 and "The file gone.svg cannot be read" in page.text
    assert change(ceri, with_words(), page).status_code == 303 and logo(root) == "logo.png"


def test_only_an_administrator_who_signed_in_lately_changes_the_logo(desk: Desk, root: Path) -> None:
    views = [view for name, view in desk.app.view_functions.items() if name.startswith("logo.")]
    assert len(views) == 2 and all(getattr(view, NEED) in NEEDS_RECENT for view in views)
    anna = visiting(desk, ANNA)
    assert anna.get(PAGE).status_code == 403
    assert change(anna, with_words(), anna.get("/desk/import")).status_code == 403 and logo(root) is None


def test_the_page_of_the_logo_has_no_barrier(browser: Chromium, root: Path) -> None:
    (root / "site.yml").write_text(f"{SITE}languages: [en, cy]\ntheme: {{logo: logo.png}}\n", "utf-8")
    (root / "logo.png").write_bytes(saved(scene(), "PNG"))
    with served_desk(root, CERI) as desk:
        look(browser, desk, CERI, PAGE)
