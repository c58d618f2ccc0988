"""The council's settings at the desk: to the byte, wrong answers at their fields, two administrators, and the example."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium

from desk.guard.needs import NEED
from desk.office import example, settings_form
from desk.office.colours import swatch
from desk.people.acts import NEEDS_RECENT
from desk.people.person import Role
from desk.strings import LANGUAGES, desk_words
from generator.content import site_file
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, BEN, CERI, served_desk, whole_desk
from tests.desk_pages import fields_of, look, send, text_of
from tests.site_fixtures import PROJECT, make_site

DAN = replace(CERI, id="dan12345", name="Dan Example", address="dan@example.org")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return make_site(folder, site=(PROJECT / "site.yml").read_text("utf-8").replace("primary_notice: primary", ""))


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, CERI, DAN)


def visiting(desk: Desk, person: Any = CERI) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303
    return browser


def change(browser: Browser, page: Any = None, **fields: str) -> Any:
    return send(browser, page or browser.get("/desk/settings"), "/desk/settings", **fields)


def written(root: Path) -> str:
    return (root / "site.yml").read_text("utf-8")


def test_each_field_has_what_the_file_has_and_saving_it_unchanged_writes_nothing(desk: Desk, root: Path) -> None:
    before, browser = written(root), visiting(desk)
    fields = fields_of(browser.get("/desk/settings"))
    assert fields["organisation.short_name.en"] == "Stockport Council" and fields["organisation.short_name.cy"] == ""
    assert fields["data_protection_officer.name.cy"] == "Swyddog Diogelu Data"
    assert fields["languages"] == "en, cy" and fields["withdrawals.act_within"] == "7 days"
    answer = change(browser)
    assert answer.status_code == 303 and written(root) == before
    assert "Nothing was changed." in browser.get("/desk/settings").text


@pytest.mark.parametrize(
    ("field", "text", "line"),
    [
        ("organisation.name.en", "Exampleshire County Council", "  name: Exampleshire County Council"),
        ("organisation.website", "https://www.example.org", "  website: https://www.example.org"),
        ("base_url", "https://notices.example.org", "base_url: https://notices.example.org"),
        ("data_protection_officer.name.cy", "Y Swyddog", "    cy: Y Swyddog"),
        ("data_protection_officer.email", "dpo@example.org", "  email: dpo@example.org"),
        ("complaints.form", "https://www.example.org/complain", "  form: https://www.example.org/complain"),
        ("theme.accent", "#004488", "  accent: '#004488'"),
    ],
)
def test_a_change_is_the_line_of_that_fact_alone(desk: Desk, root: Path, field: str, text: str, line: str) -> None:
    before = written(root).splitlines()
    assert change(visiting(desk), **{field: text}).status_code == 303
    after = written(root).splitlines()
    assert [new for new, old in zip(after, before, strict=True) if new != old] == [line]
    assert desk.access.log.entries(act="settings", to="site.yml")


def test_facts_that_were_not_there_are_added_and_emptied_ones_go(desk: Desk, root: Path) -> None:
    browser = visiting(desk)
    added = {
        "complaints.phone": "0161 496 0000",
        "withdrawals.act_within": "5 days",
        "complaints.post.cy": "Neuadd y Dref",
    }
    added["complaints.post.en"] = "Town Hall"
    assert change(browser, **added).status_code == 303
    site, problems = site_file.read(written(root).encode())
    assert site is not None and site.complaints is not None and problems == []
    assert site.complaints.phone == "0161 496 0000" and site.withdrawals.act_within == "5 days"
    assert site.complaints.post is not None and site.complaints.post.in_language("cy") == "Neuadd y Dref"
    assert change(browser, **{"complaints.phone": ""}).status_code == 303
    assert "phone: 0161" not in written(root)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("organisation.name.en", "", "organisation.name"),
        ("organisation.website", "example", "website"),
        ("base_url", "https://example.org/?a=b", "base_url"),
        ("data_protection_officer.email", "nobody", "email"),
        ("complaints.form", "form", "form"),
        ("theme.accent", "#ffee00", "too pale to read"),
        ("theme.accent", "red", "is not a colour"),
        ("languages", "english", "is not a language code"),
        ("withdrawals.act_within", "2 years", "no time in which to act"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_nothing_is_written(
    desk: Desk, root: Path, field: str, text: str, said: str
) -> None:
    before = written(root)
    answer = change(visiting(desk), **{field: text, "complaints.phone": "0161 496 0000"})
    page = text_of(answer)
    assert answer.status_code == 400 and said in page and written(root) == before
    assert f'<a href="#{field}">' in page and f'id="{field}-wrong"' in page
    assert re.search(rf'id="{re.escape(field)}"[^>]*aria-invalid="true"', page)
    assert fields_of(answer)["complaints.phone"] == "0161 496 0000", "the other words stay"


def test_everything_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    answer = change(visiting(desk), **{"theme.accent": "red", "base_url": "no", "complaints.email": "no"})
    for field in ("theme.accent", "base_url", "complaints.email"):
        assert f'<a href="#{field}">' in text_of(answer)


def test_the_colour_is_shown_with_its_contrast(desk: Desk, root: Path) -> None:
    browser = visiting(desk)
    before = written(root)
    answer = change(browser, **{"theme.accent": "#4d9db0", "do": "check"})
    found = swatch("#4d9db0")
    assert found is not None and not found.readable
    assert f"Contrast {found.ratio} to 1. It is too pale" in text_of(answer) and found.nearest in text_of(answer)
    assert written(root) == before
    near = swatch(found.nearest)
    assert near is not None and near.readable and float(near.ratio) >= 4.5 and swatch("blue") is None


def test_approval_is_required_only_where_texts_can_be_approved(desk: Desk, root: Path) -> None:
    browser = visiting(desk)
    refused = change(browser, approval="yes")
    assert refused.status_code == 400 and "Approval cannot be required yet" in text_of(refused)
    assert "approval: required" not in re.sub("#.*", "", written(root))
    desk.add(ANNA, BEN, replace(DAN, roles=frozenset({Role.APPROVER})))
    assert change(browser, approval="yes").status_code == 303
    assert "\napproval: required" in written(root)
    page = browser.get("/desk/settings")
    fields = fields_of(page)
    del fields["approval"]
    assert browser.post("/desk/settings", fields).status_code == 303
    assert "\napproval: required" not in written(root)


def test_two_administrators_who_change_different_things_lose_nothing(desk: Desk, root: Path) -> None:
    ceri, dan = visiting(desk), visiting(desk, DAN)
    page = dan.get("/desk/settings")
    change(ceri, **{"complaints.phone": "0161 496 0000"})
    assert change(dan, page, **{"theme.accent": "#004488"}).status_code == 303
    assert "0161 496 0000" in written(root) and "#004488" in written(root)


def test_two_administrators_who_change_the_same_see_both_texts_and_choose(desk: Desk, root: Path) -> None:
    ceri, dan = visiting(desk), visiting(desk, DAN)
    page = dan.get("/desk/settings")
    change(ceri, **{"theme.accent": "#004488", "complaints.phone": "0161 496 0000"})
    answer = change(dan, page, **{"theme.accent": "#440088"})
    assert answer.status_code == 409 and "#004488" in text_of(answer) and "#440088" in text_of(answer)
    assert "#004488" in written(root)
    assert change(dan, answer).status_code == 303
    assert "#440088" in written(root) and "0161 496 0000" in written(root), "only what was chosen is written over"


def test_settings_people_and_the_example_need_the_role_and_a_recent_proof(desk: Desk) -> None:
    desk.add(ANNA)
    assert visiting(desk, ANNA).get("/desk/settings").status_code == 403
    views = [
        (name, view)
        for name, view in desk.app.view_functions.items()
        if name.startswith(("settings.", "people.", "example."))
    ]
    assert len(views) > 8
    for name, view in views:
        assert getattr(view, NEED) in NEEDS_RECENT, name


def test_a_site_file_that_cannot_be_read_is_said_in_words(desk: Desk, root: Path) -> None:
    browser = visiting(desk)
    (root / "site.yml").write_text("organisation: [", "utf-8")
    answer = browser.get("/desk/settings")
    assert answer.status_code == 409 and "site.yml" in text_of(answer)


def test_every_field_has_words_in_both_languages() -> None:
    for language in LANGUAGES:
        assert {f"settings.{fact.path}" for fact in settings_form.FACTS} <= set(desk_words(language).sentences)


# The example.


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "example"
    shutil.copytree(PROJECT / "content", folder / "content")
    shutil.copy(PROJECT / "site.yml", folder)
    return folder


def test_the_example_goes_and_the_councils_own_notices_begin(shipped: Path) -> None:
    desk = whole_desk(shipped, CERI)
    browser = visiting(desk)
    change(browser, **{"organisation.name.en": "Exampleshire County Council"})
    own = shipped / "content" / "allotments" / "notice.md"
    own.parent.mkdir()
    own.write_text("---\ntitle: Allotments\n---\nWords.\n", "utf-8")
    page = browser.get("/desk/example")
    assert "These notices of yours stay: allotments" in text_of(page)
    unsure = browser.press(page, "/desk/example")
    assert unsure.status_code == 400 and "Tick the box" in text_of(unsure)
    assert browser.press(page, "/desk/example", sure="yes").status_code == 303
    assert "Exampleshire County Council" in written(shipped)
    assert own.exists() and desk.access.people.people().by_id(CERI.id), "the desk's own folder stays"
    assert not (shipped / "content" / "primary" / "versions").exists()
    assert example.plan(shipped) is None and "not here any more" in text_of(browser.get("/desk/example"))
    assert browser.get("/desk/settings").status_code == 200


def test_a_changed_file_of_the_example_is_named_and_nothing_is_removed(shipped: Path) -> None:
    desk = whole_desk(shipped, CERI)
    browser = visiting(desk)
    page = browser.get("/desk/example")
    changed = next(iter(sorted((shipped / "content").glob("*/notice.md"))))
    changed.write_text(changed.read_text("utf-8") + "\nMore.\n", "utf-8")
    before = sorted(shipped.rglob("content/**/*"))
    answer = browser.press(page, "/desk/example", sure="yes")
    assert answer.status_code == 409 and changed.relative_to(shipped).as_posix() in text_of(answer)
    assert sorted(shipped.rglob("content/**/*")) == before


def test_the_pages_fit_and_have_no_barrier(browser: Chromium, shipped: Path) -> None:
    with served_desk(shipped, CERI) as desk:

        def wrong(page: Any) -> None:
            page.locator('[name="theme.accent"]').fill("#ffee00")
            page.locator("main form button").first.click()

        look(browser, desk, CERI, "/desk/settings", wrong)
        look(browser, desk, CERI, "/desk/example")
