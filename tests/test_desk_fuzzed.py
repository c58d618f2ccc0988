"""Every form of the desk with a session, without one and with each role alone, with values that nobody would type.

The table of views and acts is walked from what the views say that they need, so that a new view is covered by itself.
`make faults ONLY=desk-forms` sends 5,000 forms, other ones each time; `SEED=...` sends those of a run before.
"""

from __future__ import annotations

import html
import os
import random
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.app import close_app
from desk.guard.needs import AnyRole, ByTicket, Open
from desk.people.acts import ROLES_OF, Act
from desk.people.person import Person, Role
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import whole_desk
from tests.desk_forms import SAFE, Pairs, Way, acts_since, forms, sent, state, token, ways
from tests.picture_fixtures import png, write_picture
from tests.picture_uploads import DRAWING, bomb, moving, saved, scene, with_words
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice

LONG = os.environ.get("FAULTS") == "long"
SEED = int(os.environ.get("SEED", secrets.randbelow(1_000_000) if LONG else 17))
MARK = "words that must not be lost: Siân's tŷ"
WORDS = ("text", "pasted", "alt", "lead", "summary", "reason", "role", "title", "next")
NOBODY = "nobody"
SCRIPTED = {"notice.look", "shared.look", "pages.look", "paste.paste"}
"""Endpoints that a script alone sends something to."""
GOOD = {
    "notice": "library",
    "number": "1",
    "letter_id": "1",
    "language": "en",
    "translation.language": "cy",
    "people.name": "editor12",
    "name": "x",
    "shared.name": "promise",
    "shared.language": "cy",
    "pages.name": "cookies",
    "pages.language": "cy",
    "shared_saves.name": "promise",
    "shared_saves.language": "cy",
    "page_saves.name": "cookies",
    "page_saves.language": "cy",
    "path:name": "draft/library/",
    "key": "x",
    "share_id": "0" * 64,
}
ODD_PATHS = (
    "../x",
    "..%2f..%2fsite.yml",
    "../../site.yml",
    "a b",
    "-",
    ".hidden",
    "shared",
    "pages",
    "\0",
    "\r\nSet-Cookie: a=b",
    "tŷ",
    "قانون",
    "x" * 5_000,
    "9" * 5_000,
    "9" * 19,
    "0",
    "-1",
    "library/",
    "library%00",
    "LIBRARY",
    "\udcff",
)
ODD_VALUES = (
    "",
    "\0",
    "a\0b",
    "../x",
    "..%2f",
    "tŷ" * 3_000,
    "\ud800",
    "0001-01-01",
    "9999-12-31",
    "20270101",
    "2027-W01-1",
    "2027-02-30",
    "-1",
    "9" * 5_000,
    "1e999",
    "٣",
    "[]",
    "{}",
    "null",
    "---\n",
    "\n---\n# x",
    "\r\n\r\n",
    "\u202e\ufeff",
    "&a *a",
    "*a",
    "!!python/object:x",
    "{{ 7*7 }}{% x %}",
    "<script>alert(1)</script>",
    "//example.com/",
    "add:retention",
    f"remove:retention.{'9' * 4_400}",
    "up:sections.0",
    "choose",
    "show",
)
ODD_FILES = (
    saved(scene(), "PNG"),
    with_words(),
    moving("GIF"),
    bomb(60_000, 60_000),
    DRAWING,
    b"",
    b"<script>alert(1)</script>",
    bytes(30_000_000),
)
LARGE = ODD_FILES[-1]
"""Larger than forms without a file may be: only an address that takes pictures reads it."""
ODD_NAMES = (
    f"retention.{'9' * 4_400}.record",
    "retention.-1.was",
    "sections.0.was",
    "choose.fact:title",
    "x[]",
    "",
    "\0",
    "change",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site in version control: a published notice with a change, and a new one."""
    make_site(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    write_notice(tmp_path, NOTICE.replace("We look after", "We look well after"))
    assert publish(tmp_path, "2026-11-01", "Second.") == 0
    for name, text in (
        ("shared/promise", "Ring 01 for help.\n"),
        ("pages/cookies", "---\ntitle: Cookies\n---\nNone.\n"),
    ):
        path = tmp_path / "content" / f"{name}.md"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    (tmp_path / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "First")
    described = NOTICE.replace(
        "retention:", "change: {kind: clarification, summary: We say it more clearly.}\nretention:"
    )
    write_picture(tmp_path / "content/library/reading.png")
    write_picture(tmp_path / "content/library/unshown.png", png(grey=9))
    pictured = f"{described}\n![A person reading a book](reading.png)\n"
    write_notice(tmp_path, pictured.replace("We look after", "We take good care of"))
    write_notice(tmp_path, NOTICE, "archives")
    (tmp_path / "site.yml").write_text(f"{SITE}languages: [en, cy]\n", "utf-8")
    commit(tmp_path, "Clearer")
    return tmp_path


def git(root: Path, *arguments: str) -> None:
    own = ("git", "-c", "user.name=Founder Example", "-c", "user.email=founder@example.org")
    subprocess.run([*own, *arguments], cwd=root, check=True)


def commit(root: Path, message: str) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", message)


def person(*roles: Role) -> Person:
    name = roles[0] if len(roles) == 1 else "all"
    return Person(f"{name[:6]}12", f"{name.title()} Example", f"{name}@example.org", frozenset(roles))


PEOPLE = {str(role): person(role) for role in Role}
ALL_ROLES = person(*Role)


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    found = whole_desk(root, *PEOPLE.values(), ALL_ROLES)
    yield found
    close_app(found.app)


def browser_of(desk: Desk, actor: str) -> Browser:
    browser = desk.browser()
    if actor != NOBODY:
        assert browser.sign_in(ALL_ROLES if actor == "all" else PEOPLE[actor]).status_code == 303
    return browser


def typed(pairs: Pairs) -> Pairs:
    """A form in which somebody wrote words that must come back: into the first field for words that it has."""
    name = next((name for name, _ in pairs if name in WORDS), None)
    return [(own, MARK if own == name else value) for own, value in pairs] if name else [*pairs, ("made_up", MARK)]


def may_act(way: Way, actor: str) -> bool:
    """Whether the one who asks has what the view needs; a ticket nobody has here."""
    if way.need is Open:
        return True
    if actor == NOBODY or isinstance(way.need, ByTicket):
        return False
    return way.need is AnyRole or (isinstance(way.need, Act) and Role(actor) in ROLES_OF[way.need])


@pytest.mark.parametrize("actor", [NOBODY, *PEOPLE])
def test_no_view_acts_for_somebody_without_the_role_that_it_needs(desk: Desk, root: Path, actor: str) -> None:
    whole = forms(browser_of(desk, "all"), GOOD)
    browser = browser_of(desk, actor)
    walked, wrong = 0, list[str]()
    for way in ways(desk.app):
        pairs = typed(whole.get(way.rule.endpoint, [])) if way.method not in SAFE else []
        pairs = [("form_token", token(browser)), *pairs] if pairs else pairs
        before = state(root)
        answer = sent(browser, way, way.path(GOOD), pairs, ODD_FILES[0])
        if answer.status_code >= 500 and answer.status_code != 503:  # the endpoint of withdrawals is away
            wrong.append(f"{way}: {answer.status_code}")
        if may_act(way, actor):
            continue
        walked += 1
        wrong += [f"{way}: {what}" for what in refusal_faults(way, actor, answer.status_code, answer.text)]
        wrong += [f"{way}: changed {what}" for what in acts_since(before, state(root))]
    assert wrong == []
    assert walked >= 10 or actor == Role.EDITOR


def refusal_faults(way: Way, actor: str, status: int, text: str) -> list[str]:
    """The faults of a refusal."""
    leads_to_sign_in = way.method in SAFE and actor == NOBODY and not isinstance(way.need, ByTicket)
    if status != (303 if leads_to_sign_in else 403):
        return [f"answered {status}"]
    return ["lost the words"] if way.method not in SAFE and MARK not in html.unescape(text) else []


def test_every_view_that_takes_a_form_has_one_on_some_page(desk: Desk) -> None:
    """A form that the walk does not find would be sent empty, and the tests of this file would say little."""
    found = forms(browser_of(desk, "all"), GOOD)
    sending = {way.rule.endpoint for way in ways(desk.app) if way.method not in SAFE}
    missing = sending - set(found) - SCRIPTED
    missing -= {"withdrawals.close_letter", "publish_shared.give_back"}  # what they are about is not on this desk
    assert len(missing) <= len(sending) / 3, missing  # links in letters, versions that wait, an open withdrawal


def odd_path(way: Way, chance: random.Random) -> str:
    values = dict(GOOD) | {name: chance.choice(("library", "archives")) for name in ("notice",)}
    for name in way.parts:
        if chance.random() < 0.35:
            values[name] = values[f"{way.rule.endpoint.partition('.')[0]}.{name}"] = chance.choice(ODD_PATHS)
    return way.path({name: value.encode("utf-8", "replace").decode() for name, value in values.items()})


def odd_fields(pairs: Pairs, chance: random.Random) -> Pairs:
    """A form with some fields changed, lost, doubled and made up."""
    found = list(pairs)
    for _ in range(chance.randint(0, 3)):
        what, at = (
            chance.choice(("value", "value", "value", "name", "lost", "double")),
            chance.randrange(len(found) + 1),
        )
        value = chance.choice(ODD_VALUES)
        if what == "name" or not found or at == len(found):
            found.append((chance.choice((*ODD_NAMES, "do", "kind", "seen", "digest")), value))
        elif what == "lost":
            found.pop(at)
        else:
            found.insert(at, (found[at][0], value)) if what == "double" else found.__setitem__(
                at, (found[at][0], value)
            )
    return [(name, value.encode("utf-8", "replace").decode()) for name, value in found]


def test_odd_values_are_answered_and_do_nothing_without_a_role(desk: Desk, root: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 (a test that can be repeated)
    whole = forms(browser_of(desk, "all"), GOOD)
    whole |= {f"{kind}.look": whole[f"{kind}.sent"] for kind in ("notice", "shared", "pages")}
    whole |= {"paste.paste": [("html", "<p>x</p>")]}
    every, actors = ways(desk.app), (NOBODY, *PEOPLE, "all", "all", "all")
    browsers = {actor: browser_of(desk, actor) for actor in actors}
    counts: dict[int, int] = {}
    for number in range(5_000 if LONG else 80):
        way, actor = chance.choice(every), chance.choice(actors)
        if way.rule.endpoint in ("sign_in.sign_out", "sign_in_here.show_another"):
            continue
        path, browser, good = odd_path(way, chance), browsers[actor], chance.random() < 0.7
        own = typed(odd_fields(whole.get(way.rule.endpoint, []), chance))
        proof = token(browser) if good else chance.choice(("", "wrong", "\0", "x" * 5_000))
        before = state(root)
        file = chance.choice((*ODD_FILES, None))
        answer = sent(browser, way, path, [("form_token", proof), *own] if way.method not in SAFE else own, file)
        told = f"SEED={SEED}, {number}: {actor} {way} {path[:80]!r} {[one for one in own if one not in whole.get(way.rule.endpoint, [])]!r:.2000}"
        counts[answer.status_code] = counts.get(answer.status_code, 0) + 1
        assert answer.status_code < 500 or (answer.status_code == 503 and "withdrawals" in path), told
        assert "Traceback" not in answer.text, told
        refused = not (actor == "all" or may_act(way, actor)) or (way.method not in SAFE and not good)
        if refused:
            assert acts_since(before, state(root)) == [], told
        unread = file is LARGE and answer.status_code == 404  # sent to no address of the desk
        if (
            way.method not in SAFE
            and not unread
            and answer.status_code in (400, 403, 404, 409, 422)
            and isinstance(way.need, Act)
        ):
            assert MARK in html.unescape(answer.text) or ("made_up", MARK) in own, told
    print(f"seed {SEED}: {sum(counts.values())} answers, {dict(sorted(counts.items()))}")
