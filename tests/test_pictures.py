"""Pictures of notices: checked beside the text, frozen with a version, proved by the lock, and gone with what is taken down."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator import repository
from generator.building import build
from generator.cli import main
from generator.content.model import Section
from generator.markdown import image_header, pictures
from generator.markdown.image_header import Kind
from generator.markdown.render import Renderer
from generator.translation import exchange
from tests.picture_fixtures import EXTENDED, GIF, JPEG, LOSSLESS, LOSSY, png, write_picture
from tests.rule_fixtures import problems
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, read, write_notice
from tests.stopped import stopped

SHOWN = NOTICE + "\n![A person reading a book](reading.png) We read.\n"
REASON = "The picture showed a resident."


def run(root: Path, *arguments: str, on: str = "2026-11-03") -> int:
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A notice with a picture, published once."""
    root = make_site(tmp_path, SHOWN)
    write_picture(beside(root))
    assert publish(root, "2026-10-01", "First.", "material") == 0
    return root


def beside(root: Path, name: str = "reading.png") -> Path:
    return root / "content" / "library" / name


def kept(root: Path) -> list[Path]:
    return sorted((root / "content" / "pictures").glob("*"))


def told(root: Path) -> list[str]:
    return [f"{p.place.line} {p.message} {p.remedy}" for p in problems(root) if p.rule == "B05"]


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(png(), "png"), (GIF, "gif"), (JPEG, "jpg"), (LOSSY, "webp"), (LOSSLESS, "webp"), (EXTENDED, "webp")],
    ids=["png", "gif", "jpeg", "lossy webp", "lossless webp", "extended webp"],
)
def test_the_first_bytes_tell_the_kind_and_the_size(data: bytes, suffix: str) -> None:
    assert image_header.kind_of(data) == Kind(suffix, 40, 30)
    for end in range(min(len(data), 24)):
        assert image_header.kind_of(data[:end]) in (None, Kind(suffix, 40, 30))
    assert image_header.kind_of(b"<svg/>") is None
    assert image_header.kind_of(png(width=0)) is None


@pytest.mark.parametrize(
    "text",
    [
        "![A book](reading.png)",
        '![A book](<reading.png> "Reading")',
        "- ![A (big) book](./reading.png) We read.",
        "![A book][one]\n\n[one]: reading.png",
        '<img alt="A book" src="reading.png">',
    ],
)
def test_every_way_to_write_a_picture_names_the_published_one(text: str, tmp_path: Path) -> None:
    make_site(tmp_path, NOTICE + f"\n{text}\n")
    write_picture(beside(tmp_path))
    assert problems(tmp_path) == [] or not told(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    (name,) = kept(tmp_path)
    html = read(tmp_path).versions[0].html[1].html
    assert f"/pictures/{name.name}" in html and "reading.png" not in html
    assert f'src="/pictures/{name.name}"' in html and 'width="40" height="30"' in html


@pytest.mark.parametrize(
    "text",
    [
        "`![A book](reading.png)`",
        "```\n![A book](reading.png)\n```",
        "![A book](/reading.png)",
        "![A book](https://www.example.org/reading.png)",
        "[A book](reading.png)",
        "``a ` ![A book](reading.png)``",
    ],
)
def test_code_links_and_other_addresses_stay_as_they_are(text: str) -> None:
    section = Section("one", "One", text)
    known = pictures.Picture("reading.png", 9, "0" * 64, Kind("png", 1, 1))
    assert pictures.placed(section, {known.name: known}) == section


def test_backticks_that_begin_no_code_hide_no_picture_and_hold_nothing_up() -> None:
    found = pictures.references("See " + "`" * 50_000 + " `` ![A book](reading.png) `")
    assert [one.name for one in found] == ["reading.png"]


def test_a_size_that_the_author_gives_is_kept() -> None:
    address = f"/pictures/{'0' * 32}-40x30.png"
    html = Renderer().section(f'<img alt="A book" width="20" src="{address}">', "one")
    assert 'width="20"' in html and "height" not in html


def test_what_cannot_be_published_is_told_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    names = ["gone.png", "drawing.svg", "../other/reading.png", "photo.png", "two%20words.png", "text.png"]
    names += ["large.png", "linked.png", "versions/one.png", "Reading.png"]
    make_site(tmp_path, NOTICE + "".join(f"\n![A book]({name})\n" for name in names))
    write_picture(beside(tmp_path))
    write_picture(beside(tmp_path, "drawing.svg"), b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    write_picture(tmp_path / "content" / "other" / "reading.png")
    write_picture(beside(tmp_path, "photo.png"), JPEG)
    write_picture(beside(tmp_path, "text.png"), b"a text")
    write_picture(beside(tmp_path, "large.png"), png() + bytes(pictures.MAX_BYTES))
    beside(tmp_path, "linked.png").symlink_to(tmp_path / "content" / "other" / "reading.png")
    write_picture(beside(tmp_path, "versions/one.png"))
    said = told(tmp_path)
    first = NOTICE.count("\n") + 2
    assert [int(line.partition(" ")[0]) for line in said] == [first + 2 * index for index in range(len(names))]
    wanted = ["no picture gone.png", "SVG can hold scripts", "leads out of", "Rename it photo.jpg", "has characters"]
    wanted += ["not a PNG, JPEG", "500 are the most", "a link to a file", "what is published", "mean reading.png?"]
    for part, line in zip(wanted, said, strict=True):
        assert part in line
    assert run(tmp_path, "publish", "library", "--kind", "material", "--summary", "First.") == 1
    assert not kept(tmp_path)


def test_a_picture_in_the_front_matter_or_of_a_page_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, SHOWN.replace("data: [your name", "data: ['![A name](reading.png)'"))
    write_picture(beside(tmp_path))
    (line,) = told(tmp_path)
    assert "stands in its front matter" in line
    page = tmp_path / "content" / "pages" / "help.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: Help\n---\n![A hand](hand.png)\n", "utf-8")
    assert run(tmp_path, "check") == 1
    assert "an ordinary page has no pictures of its own" in "".join(capsys.readouterr())


def test_both_languages_and_shared_wording_look_beside_the_notice(tmp_path: Path) -> None:
    make_site(tmp_path, NOTICE + "\n[[photo]]\n")
    shared = tmp_path / "content" / "shared" / "photo.md"
    shared.parent.mkdir()
    shared.write_text("We read.\n\n![A book](pictures/reading.png)\n", "utf-8")
    assert [(p.rule, p.place.file, p.place.line) for p in problems(tmp_path) if p.rule == "B05"] == [
        ("B05", "content/shared/photo.md", 3)
    ]
    write_picture(beside(tmp_path, "pictures/reading.png"))
    assert not told(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    assert len(kept(tmp_path)) == 1


def test_a_published_picture_is_proved_by_the_lock_as_its_version_is(site: Path) -> None:
    (picture,) = kept(site)
    assert picture.read_bytes() == png() and not picture.stat().st_mode & 0o222
    command = ["sha256sum", "--check", "--strict", "versions.lock"]
    done = subprocess.run(command, cwd=site / "content", capture_output=True, text=True, check=True)
    names = (f"pictures/{picture.name}", "library/versions/1.yml", "library/versions/1.source.md")
    assert done.stdout == "".join(f"{name}: OK\n" for name in names)


@pytest.mark.parametrize("command", ["check", "status", "publish", "build", "next-change"])
@pytest.mark.parametrize("damage", ["changed", "vanished", "never published"])
def test_an_altered_picture_stops_every_command(
    site: Path, damage: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "build") == 0
    (picture,) = kept(site)
    picture.chmod(0o644)
    if damage == "changed":
        picture.write_bytes(png(grey=1))
    elif damage == "vanished":
        picture.unlink()
    else:
        write_picture(picture.with_name("other.png"))
    capsys.readouterr()
    assert run(site, command) == 1
    rule = {"changed": "V01", "vanished": "V02", "never published": "V03"}[damage]
    assert f"[{rule}]" in capsys.readouterr().err


def test_other_bytes_under_the_same_name_change_the_text(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "status") == 0 and " same " in capsys.readouterr().out
    write_picture(beside(site), png(grey=1))
    assert run(site, "status") == 0 and " changed: Our promise " in capsys.readouterr().out
    assert publish(site, "2026-11-01", "A clearer picture.") == 0
    assert len(kept(site)) == 2
    assert run(site, "build") == 0
    shown = [(site / "public" / name).read_text("utf-8") for name in ("library/v/1/index.html", "library/index.html")]
    first, second = ({name.name for name in kept(site) if name.name in text} for text in shown)
    assert len(first) == len(second) == 1 and first != second


def test_one_picture_in_two_notices_is_kept_once(site: Path) -> None:
    write_notice(site, SHOWN.replace("Library", "Museum"), "museum")
    write_picture(site / "content" / "museum" / "reading.png")
    assert publish(site, "2026-11-01", "First.", "material") == 0
    assert len(read(site).versions) == 2 and len(kept(site)) == 1


def test_a_build_has_the_pictures_of_versions_and_drops_those_that_went(site: Path) -> None:
    public = site / "public" / "pictures"
    for more in ([], [], ["--force"]):
        assert run(site, "build", *more) == 0
        assert [path.read_bytes() for path in public.iterdir()] == [png()]
    write_picture(beside(site), png(grey=1))
    for on in ("2026-11-03", "2026-11-04", "2026-11-05"):
        assert run(site, "build", on=on) == 0
        assert [path.read_bytes() for path in public.iterdir()] == [png()]
    build.build(read(site), site / "public", TODAY, with_drafts=True)
    assert sorted(path.read_bytes() for path in public.iterdir()) == sorted([png(), png(grey=1)])
    draft = (site / "public" / "draft" / "library" / "index.html").read_text("utf-8")
    assert sum(path.name in draft for path in public.iterdir()) == 1
    assert run(site, "build", on="2026-11-05") == 0
    assert [path.read_bytes() for path in public.iterdir()] == [png()]
    assert publish(site, "2026-11-05", "Another.") == 0
    assert run(site, "build", on="2026-11-06") == 0
    assert len(list(public.iterdir())) == 2
    assert run(site, "retract", "library", "1", "--reason", REASON, on="2026-11-06") == 0
    for on in ("2026-11-06", "2026-11-07", "2026-11-08"):
        assert run(site, "build", on=on) == 0
        assert [path.read_bytes() for path in public.iterdir()] == [png(grey=1)]


def test_what_is_taken_down_takes_along_the_pictures_that_it_alone_shows(site: Path) -> None:
    write_picture(beside(site, "shared.png"), png(grey=7))
    both = SHOWN + "\n![A shared book](shared.png) We share.\n"
    write_notice(site, both)
    assert publish(site, "2026-11-01", "Second.") == 0
    alone = both.replace("![A person reading a book](reading.png) ", "")
    write_notice(site, alone)
    assert publish(site, "2026-11-02", "Third.") == 0
    assert run(site, "retract", "library", "2", "--reason", REASON) == 0
    assert len(kept(site)) == 2
    assert run(site, "retract", "library", "1", "--reason", REASON) == 0
    assert [path.read_bytes() for path in kept(site)] == [png(grey=7)]
    lock = (site / "content" / "versions.lock").read_text("utf-8")
    assert lock.count("# retracted 2026-11-03: ") == 5  # two versions, their sources, and the picture
    subprocess.run(["sha256sum", "--check", "--strict", "versions.lock"], cwd=site / "content", check=True)
    write_notice(site, both)
    assert publish(site, "2026-11-04", "The picture is fine after all.") == 0
    assert len(kept(site)) == 2 and read(site).lock.startswith(lock)


def test_a_publication_that_was_stopped_anywhere_leaves_nothing_that_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_site(tmp_path, SHOWN)
    write_picture(beside(tmp_path))
    arguments = ("publish", "library", "--kind", "material", "--summary", "First.")
    explained = 0
    for number in range(30):
        code = stopped(tmp_path, number, *arguments)
        if code == 0:
            break
        assert code == 9
        capsys.readouterr()
        found = run(tmp_path, "status")
        said = capsys.readouterr().err
        assert (found, "[V05]" in said) in {(0, False), (1, True)}
        explained += found
    else:
        pytest.fail("the command never came to its end")
    assert explained > 2
    assert len(kept(tmp_path)) == 1 and len(read(tmp_path).versions) == 1
    assert not list(tmp_path.rglob("*.new"))


def test_taking_down_that_was_stopped_anywhere_is_explained_and_finished(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(site, NOTICE)
    assert publish(site, "2026-11-02", "Without the picture.") == 0
    explained = set()
    for number in range(30):
        code = stopped(site, number, "retract", "library", "1", "--reason", REASON, on="2026-11-03")
        if code in (0, 3):
            break
        assert code == 9
        capsys.readouterr()
        found = run(site, "status")
        said = capsys.readouterr().err
        assert (found, "[V06]" in said, "[V02]" in said) in {(0, False, False), (1, True, False)}
        assert run(site, "publish") == (1 if found else 3)
        explained.add("this picture is gone too" in said)
    else:
        pytest.fail("the command never came to its end")
    assert explained == {False, True}
    assert kept(site) == [] and len(read(site).retracted) == 1
    assert not list(site.rglob("*.new"))


def test_a_text_comes_back_with_its_pictures_and_what_stays_is_named(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hours = site / "content/shared/hours.md"
    hours.parent.mkdir()
    hours.write_text("Open from 9 to 5.\n", "utf-8")
    write_notice(site, SHOWN + "\n![A map](places/map.png)\n\n[[hours]]\n")
    write_picture(beside(site, "places/map.png"), png(grey=10))
    assert publish(site, "2026-10-02", "Second.", "clarification") == 0
    beside(site, "places/map.png").unlink()
    write_picture(beside(site), png(grey=20))
    write_notice(site, SHOWN)
    hours.write_text("Open from 10 to 4.\n", "utf-8")
    assert publish(site, "2026-10-03", "Third.", "clarification") == 0
    capsys.readouterr()
    assert run(site, "restore", "library", "2") == 0
    assert beside(site, "places/map.png").read_bytes() == png(grey=10) and beside(site).read_bytes() == png()
    assert "content/shared/hours.md stays as it is" in capsys.readouterr().err
    assert hours.read_text("utf-8") == "Open from 10 to 4.\n"
    mine = png(grey=30)
    beside(site).write_bytes(mine)
    assert run(site, "restore", "library", "2") == 1
    said = capsys.readouterr().err
    assert "reading.png:1:1: error: This file was never published" in said and "PNG" not in said
    assert beside(site).read_bytes() == mine
    assert run(site, "restore", "library", "2", "--keep") == 0
    assert beside(site).read_bytes() == png() and beside(site, "reading.kept-2026-11-03.png").read_bytes() == mine
    assert run(site, "restore", "library", "2") == 3


def test_a_translator_s_file_keeps_the_picture(site: Path) -> None:
    (site / "site.yml").write_text((site / "site.yml").read_text("utf-8") + "languages: [en, cy]\n", "utf-8")
    found = repository.read(site)
    sent = exchange.export(found, "library", "cy", None)
    assert any("![A person reading a book](reading.png)" in entry.source for entry in sent.entries)
    main_bytes = (site / "content" / "library" / "notice.md").read_bytes()
    taken = exchange.take(found, sent, exchange.Files(main_bytes), None, "sent.xlf")
    assert "![A person reading a book](reading.png) We read." in taken.text
    assert not [problem for problem in taken.problems if problem.rule == "B05"]
