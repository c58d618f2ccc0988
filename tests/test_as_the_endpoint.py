"""A build reads what it hands to the consent service as the service does, before anybody gets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import repository
from generator.building import build
from generator.cli import main
from generator.problems import ContentError
from tests.site_fixtures import NOTICE, SITE, TODAY, as_published, make_site, publish
from widget import manifest


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
