"""Pictures of every page of the desk, on a phone and wide: docs/pictures, and docs/desk-pictures.md that shows them.

`python -m tests.desk_pictures` (or `make pictures`) makes them from the example, with made-up people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page

from desk.people.person import Person, Role
from tests.browser import chromium
from tests.desk_access_fixtures import Desk, made_desk, served
from tests.desk_fixtures import NOW
from tests.desk_pages import fields_of, send, visit
from tests.desk_withdrawals_fixtures import Endpoint, endpoint
from tests.picture_uploads import saved, scene
from tests.pictures import FOLDER, View, example, webp
from tests.site_fixtures import PROJECT, edit
from tests.test_desk import run
from tests.test_desk_publishing import git
from tests.test_life_at_the_desk import NOTICE, word_file

SHOWN = PROJECT / "docs" / "desk-pictures.md"
VIEWS = {"390": View(390, 844), "1280": View(1280, 800)}
LIMIT = 2_000_000
"""Bytes that all of them may have together."""
SIAN = Person("sian1234", "Siân Example", "sian@example.org", frozenset(Role))
TOM = Person("tom12345", "Tom Example", "tom@example.org", frozenset({Role.EDITOR}))
HUBS = "/desk/notices/family-hubs"
WORDING = "ask-us"
Visit = Callable[[Page], None]


@dataclass(frozen=True)
class Kind:
    """A page of the desk: what it is for, and how one comes to it."""

    told: str
    visit: Visit
    signed_in: bool = True


def at(path: str) -> Visit:
    """Open the page at an address."""

    def visit(page: Page) -> None:
        page.goto(path)

    return visit


def asking_for_a_letter(page: Page) -> None:
    """Type an address on the page to sign in."""
    page.goto("/desk/sign-in")
    page.get_by_label("Your work email address").fill(SIAN.address)
    page.get_by_role("button", name="Send the link").click()


def bringing_in(page: Page) -> None:
    """Choose a Word file, and look at what it becomes."""
    with TemporaryDirectory() as folder:
        page.goto("/desk/import")
        document = word_file(Path(folder) / "Allotments.docx")
        page.get_by_label("Word file, saved web page or text file").set_input_files(document)
        page.get_by_role("button", name="Read it").click()


def disagreeing(page: Page) -> None:
    """Save words that somebody else changed meanwhile: the form started from a text that is older than the file."""
    page.goto(f"/desk/notices/{NOTICE}")
    other = page.context.new_page()
    for one, words in ((other, "your name and where you live"), (page, "your name and address")):
        if one is other:
            one.goto(page.url)
        area = one.locator("[data-row='sections.0'] textarea")
        area.fill(f"We use {words} to let plots. There are {page.evaluate('innerWidth')} of them.")
        one.get_by_role("button", name="Save", exact=True).first.click()
        one.wait_for_load_state()
    other.close()


def with_a_picture(page: Page) -> None:
    """Add a picture, unless the text shows one already, and look at it among the others."""
    page.goto(f"/desk/notices/{NOTICE}/pictures")
    if not page.locator(".picture").count():
        page.get_by_label("What the picture shows").fill("Two plots: one is dug, one is planted.")
        drawn = {"name": "plots.png", "mimeType": "image/png", "buffer": saved(scene(600, 300), "PNG")}
        page.get_by_label("Picture", exact=True).set_input_files(drawn)
        page.get_by_role("button", name="Add the picture").click()
        page.locator(".picture").wait_for()


def sharing(page: Page) -> None:
    """Make an address for somebody without an account."""
    page.goto(f"{HUBS}/share")
    page.get_by_role("button", name="Make an address").click()


def earlier_saves(page: Page) -> None:
    """Change shared wording, and look at the saves before."""
    page.goto(f"/desk/shared/{WORDING}")
    days = page.evaluate("innerWidth")
    page.get_by_label("Words", exact=True).fill(
        f"If anything here is not clear, ring us. We answer within {days} hours."
    )
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".said").wait_for()
    page.goto(f"/desk/shared/{WORDING}/saves")


def done(page: Page) -> None:
    """Say of the first withdrawal what was done."""
    page.goto("/desk/withdrawals")
    page.get_by_role("link", name="Done").first.click()


KINDS = {
    "sign-in": Kind("Sign in", at("/desk/sign-in"), signed_in=False),
    "letter": Kind("A letter is on its way", asking_for_a_letter, signed_in=False),
    "home": Kind("What waits for you", at("/desk/")),
    "notices": Kind("Every notice", at("/desk/notices")),
    "new": Kind("A new notice", at("/desk/new")),
    "import": Kind("Bring in a document", at("/desk/import")),
    "draft": Kind("What a document becomes", bringing_in),
    "write": Kind("Write", at(HUBS)),
    "findings": Kind("Findings at their fields", at(f"/desk/notices/{NOTICE}")),
    "conflict": Kind("Two people changed the same part", disagreeing),
    "pictures": Kind("Pictures of a notice", with_a_picture),
    "review": Kind("Review", at(f"{HUBS}/review")),
    "publish": Kind("Publish", at(f"{HUBS}/publish")),
    "versions": Kind("Versions", at(f"{HUBS}/versions")),
    "translation": Kind("Welsh beside English", at(f"{HUBS}/cy")),
    "share": Kind("Share a draft", sharing),
    "shared-list": Kind("Every shared wording", at("/desk/shared")),
    "shared": Kind("Shared wording", at(f"/desk/shared/{WORDING}")),
    "saves": Kind("Earlier saves of shared wording", earlier_saves),
    "shared-new": Kind("New shared wording", at("/desk/new-shared")),
    "pages": Kind("Every ordinary page", at("/desk/pages")),
    "page": Kind("An ordinary page in Welsh", at("/desk/pages/cookies/in/cy")),
    "page-new": Kind("A new page", at("/desk/new-page")),
    "withdrawals": Kind("Withdrawals", at("/desk/withdrawals")),
    "done": Kind("Withdrawals: done", done),
    "settings": Kind("Settings", at("/desk/settings")),
    "logo": Kind("Logo", at("/desk/settings/logo")),
    "people": Kind("People", at("/desk/people")),
    "person": Kind("A person", at(f"/desk/people/{TOM.id}")),
    "example": Kind("Remove the example", at("/desk/example")),
    "log": Kind("Acts and looks", at("/desk/log")),
    "accessibility": Kind("The accessibility statement", at("/desk/accessibility")),
}


@contextmanager
def shown_desk(root: Path) -> Iterator[Desk]:
    """A desk in use: a notice that changed and waits for its approver, a draft from Word with gaps, withdrawals that wait."""
    site = root / "site"
    site.mkdir()
    example(site)
    edit(site / "content" / "primary" / "notice.md", "\ntitel:", "\ntitle:")
    edit(site / "content" / "family-hubs" / "notice.md", "to keep in touch with me", "to send me letters")
    _shared(site)
    (site / ".gitignore").write_text("var/\n.noticeboard/\n", "utf-8")
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "First")):
        git(site, *arguments)
    with endpoint(root) as consents:
        options = _options(root, consents)
        with served(lambda port: _in_use(site, made_desk(site, SIAN, TOM, port=port, **options))) as desk:
            yield desk


def _shared(site: Path) -> None:
    """Shared wording in a notice, and some that stands nowhere."""
    folder = site / "content" / "shared"
    folder.mkdir()
    asked = "If anything here is not clear, write to [[dpo.email]]. We answer within five working days.\n"
    (folder / f"{WORDING}.md").write_text(asked, "utf-8")
    (folder / f"{WORDING}.cy.md").write_text("Os nad yw rhywbeth yma'n glir, ysgrifennwch at [[dpo.email]].\n", "utf-8")
    (folder / "interpreters.md").write_text("We can read a notice to you in another language.\n", "utf-8")
    with (site / "content" / "family-hubs" / "notice.md").open("a", encoding="utf-8") as notice:
        notice.write(f"\n[[{WORDING}]]\n")


def _options(root: Path, consents: Endpoint) -> dict[str, Any]:
    consents.withdraw()
    consents.withdraw("library")
    consents.ask()
    key = root / "key"
    with redirect_stdout(StringIO()) as printed:
        assert run(consents.config, "key", "add", "desk", "--may", "withdrawals") == 0
    key.write_text(printed.getvalue().split()[-1] + "\n", "ascii")
    mail = {"mail": f"folder:{root / 'letters'}", "mail_from": "desk@example.org"}
    return mail | {"consents": consents.address, "consents_key_file": key}


def _in_use(site: Path, desk: Desk) -> Desk:
    desk.clock.now = NOW
    tom = desk.browser()
    assert tom.sign_in(TOM).status_code == 303
    review = f"{HUBS}/review"
    said = {"kind": "material", "summary": "We now say letters."}
    assert tom.press(tom.get(review), f"{review}/ask", **said).status_code == 303
    document = word_file(site.parent / "Allotments.docx").read_bytes()
    draft = send(tom, tom.get("/desk/import"), "/desk/import", file=(BytesIO(document), "Allotments.docx"))
    taken = ["retention.0", "lawful_bases.0", "sharing.0"]
    answer = tom.post("/desk/import/save", fields_of(draft) | {"take": taken})
    assert answer.status_code == 303, answer.text
    return desk


def picture(browser: Browser, desk: Desk, kind: Kind, view: View) -> bytes:
    """The first screens of a page, as a WebP of few colours."""
    options = {"viewport": {"width": view.width, "height": view.height}, "locale": "en-GB", "reduced_motion": "reduce"}
    base = {"base_url": desk.access.config.address}
    if kind.signed_in:
        with visit(browser, desk, SIAN, **options, **base) as page:
            return _taken(page, kind, view)
    context = browser.new_context(**options, **base)
    try:
        return _taken(context.new_page(), kind, view)
    finally:
        context.close()


def _taken(page: Page, kind: Kind, view: View) -> bytes:
    kind.visit(page)
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= view.width, f"{kind.told}: {wide} pixels wide"
    return webp(page.screenshot(full_page=True), view)


def shown() -> str:
    """The page that shows them."""
    lines = [
        "# Every page of the desk",
        "",
        "The first 2 screens of each, from the example with made-up people: on a phone (390 pixels wide) and at 1280. `make pictures`",
        "makes them anew; look at each before you commit it. [editors.md](editors.md) and [desk.md](desk.md) say how to work at the desk,",
        "[desk-operators.md](desk-operators.md) how to run it.",
    ]
    for name, kind in KINDS.items():
        lines += ["", f"## {kind.told}", ""]
        lines += [f"![{kind.told}: {view}](pictures/desk-{name}-{view}.webp)" for view in VIEWS]
    return "\n".join(lines) + "\n"


def main(*names: str) -> None:
    """Make the pictures that are named, or all of them, and say how large they are."""
    with TemporaryDirectory() as folder, chromium() as browser, shown_desk(Path(folder)) as desk:
        for name in names or KINDS:
            for size, view in VIEWS.items():
                (FOLDER / f"desk-{name}-{size}.webp").write_bytes(picture(browser, desk, KINDS[name], view))
    SHOWN.write_text(shown(), "utf-8")
    made = list(FOLDER.glob("desk-*.webp"))
    total = sum(path.stat().st_size for path in made)
    print(f"{len(made)} pictures, {total:,} bytes")
    assert total <= LIMIT, f"more than {LIMIT:,} bytes"


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
