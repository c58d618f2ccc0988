"""A build reads what it hands to the consent service as the service does, before anybody gets it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import repository
from generator.building import as_the_endpoint, build, folders, manifest_parts, memory
from generator.building.manifest_parts import Part
from generator.cli import main
from generator.problems import ContentError
from generator.site_plan import MANIFEST
from tests.site_fixtures import NOTICE, SITE, TODAY, as_published, make_site, publish, write_notice
from widget import frozen_text, manifest, record_period


def test_what_the_consent_service_would_refuse_is_not_put_in_place(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    build.build(repository.read_frame(root), root / "public", TODAY)
    before = (root / "public").resolve()
    as_published(root, NOTICE, "parks", ('id: "news"\n', 'id: "News!"\n'))
    with pytest.raises(ContentError) as caught:
        build.build(repository.read_frame(root), root / "public", TODAY)
    (problem,) = caught.value.problems
    assert problem.place.file == "content/parks/versions/1.yml"
    assert "would refuse the whole site: version parks/1/en: consent 'News!' is not well formed" in problem.message
    assert "as `noticeboard publish` wrote" in problem.remedy and "elete" not in problem.remedy
    assert (root / "public").resolve() == before
    assert manifest.from_json((root / "public/published.json").read_bytes()).notices() == ("library",)


@pytest.mark.parametrize(
    "template",
    [
        '{% extends "layout.html" %}{% block main %}Nothing.{% endblock %}',
        '{% extends "layout.html" %}{% block title %}Ours{% endblock %}{% block main %}{{ page.main }}{% endblock %}',
        '{% extends "layout.html" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.main }}{% endblock %}',
    ],
)
def test_a_layout_that_the_consent_service_cannot_use_is_told_and_not_put_in_place(
    tmp_path: Path, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, site=SITE)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / "templates").mkdir()
    (root / "templates/shell.html").write_text(template)
    assert main(["build", "--root", str(root), "--date", str(TODAY)]) == 1
    said = capsys.readouterr().err
    assert "templates/shell.html" in said and "{{ page.main }}, each once" in said
    assert not (root / "public").exists()


TRUE, FALSE = b"the library can send me news", b"the library can sell my data"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of three notices that was built, each with one version."""
    root = make_site(tmp_path)
    for notice in ("museum", "parks"):
        write_notice(root, NOTICE.replace("library", f"library of the {notice}"), notice)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    build.build(repository.read_frame(root), root / "public", TODAY)
    return root


def publish_parks_again(root: Path) -> None:
    write_notice(root, NOTICE.replace("We look after", "We guard"), "parks")
    assert publish(root, "2026-11-02", "We guard it.", "material") == 0


def parts_of(root: Path) -> dict[str, Part]:
    """The last build's memory of each notice's part of the manifest."""
    state = folders.state_of((root / "public").resolve())
    assert state is not None
    return {notice: memory.Record(*plain).part for notice, plain in state.notices.items()}


def forge_published(root: Path) -> bytes:
    """Put other words under the library's digest in the manifest that is published; its part as it now is."""
    path, (length, _) = (root / "public" / MANIFEST), parts_of(root)["library"]
    start = manifest_parts.starts(path, parts_of(root))["library"]
    data = path.read_bytes()
    part = data[start : start + length]
    assert part.count(TRUE) == 2, "in the text and beside it"
    forged = part.replace(TRUE, FALSE)
    path.write_bytes(data.replace(part, forged))
    return forged


def assert_right(root: Path) -> None:
    """The manifest that is published is the one that a build without any memory writes, and can be read."""
    build.build(repository.read_frame(root), root / "elsewhere" / "public", TODAY)
    data = (root / "public" / MANIFEST).read_bytes()
    assert data == (root / "elsewhere" / "public" / MANIFEST).read_bytes()
    assert len(manifest.from_json(data).versions) == 4


def test_words_that_changed_in_the_published_manifest_are_not_carried_on(root: Path) -> None:
    forge_published(root)
    publish_parks_again(root)
    build.build(repository.read_frame(root), root / "public", TODAY)
    assert_right(root)


@pytest.mark.parametrize("cut", [0, 1, 1000])
def test_a_published_manifest_that_lost_its_end_is_made_anew(root: Path, cut: int) -> None:
    path = root / "public" / MANIFEST
    path.write_bytes(path.read_bytes()[:cut])
    publish_parks_again(root)
    build.build(repository.read_frame(root), root / "public", TODAY)
    assert_right(root)


def of_another_release(root: Path, state: folders.State) -> None:
    folders.publish(folders.Spare((root / "public").resolve(), None), replace(state, frame="0" * 64), root / "public")


def damaged(root: Path, state: folders.State) -> None:
    folders.publish(folders.Spare((root / "public").resolve(), None), state, root / "public")
    (path,) = (root / ".noticeboard" / "cache").glob("public.*")
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")


@pytest.mark.parametrize("store", [of_another_release, damaged])
def test_only_a_whole_memory_of_this_very_release_saves_reading_a_part(
    root: Path, store: Callable[[Path, folders.State], None]
) -> None:
    state = folders.state_of((root / "public").resolve())
    assert state is not None
    forged = manifest_parts.measured(forge_published(root))
    record = replace(memory.Record(*state.notices["library"]), part=forged)
    state.notices["library"] = record.plain()
    store(root, state)
    publish_parks_again(root)
    build.build(repository.read_frame(root), root / "public", TODAY)
    assert_right(root)


@pytest.mark.parametrize("module", [manifest, frozen_text, record_period])
def test_what_was_read_by_other_code_is_read_again(root: Path, module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    file = root / "reader.py"
    file.write_bytes(Path(module.__file__).read_bytes())  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "__file__", str(file))
    before = memory.made_by(memory.CODE)
    file.write_bytes(file.read_bytes() + b"# another release\n")
    assert memory.made_by(memory.CODE) != before


def test_words_that_changed_on_their_way_to_the_disk_are_refused(root: Path) -> None:
    parts, site = parts_of(root), repository.read_site(root)
    as_the_endpoint.refuse_unreadable(root / "public", site, parts, parts.keys())
    forge_published(root)
    with pytest.raises(ContentError, match="not the one of its digest"):
        as_the_endpoint.refuse_unreadable(root / "public", site, parts, parts.keys())


def test_no_damage_passes_that_the_consent_service_would_refuse(root: Path) -> None:
    parts, site = parts_of(root), repository.read_site(root)
    path = root / "public" / MANIFEST
    whole = path.read_bytes()
    starts = manifest_parts.starts(path, parts)
    pieces = [whole[starts[notice] : starts[notice] + length] for notice, (length, _) in parts.items()]
    choose = random.Random(7)  # noqa: S311 (places, not secrets)
    damages = [whole.replace(pieces[0], pieces[1]), whole.replace(pieces[1], pieces[0]), whole + b"x", whole[1:]]
    damages += [whole.replace(pieces[0] + b",", pieces[0] + b";"), whole[:-1] + b"x"]
    for _ in range(300):
        at, length = choose.randrange(len(whole)), choose.choice((0, 1, 40))
        damages.append(whole[:at] + choose.choice((b"", b'"', b"}", b",", b"x")) + whole[at + length :])
    refused = 0
    for damage in damages:
        path.write_bytes(damage)
        try:
            manifest.from_json(damage)
        except manifest.ManifestError:
            refused += 1
            with pytest.raises(ContentError):
                as_the_endpoint.refuse_unreadable(root / "public", site, parts, parts.keys())
    assert refused > 200
