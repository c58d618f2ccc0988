"""Ids: one grammar for both packages, and what was published stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator import repository
from generator.building import build
from generator.cli import main
from tests.site_fixtures import NOTICE, TODAY, as_published, make_site, publish, write_notice
from widget.app import create_app
from widget.config import Config

FIRST = ("--kind", "material", "--summary", "First.", "--date", str(TODAY))
NOT_NEW = ["family--hubs", "a-", "Family", "a_b", "a" * 101, "consent", "assets", "pagefind", "en"]


def published(root: Path, notice: str) -> Path:
    """A site with the working text of a notice that an earlier release published."""
    make_site(root, notice_id=notice)
    (root / "content" / "versions.lock").touch()
    as_published(root, NOTICE, notice)
    return root


@pytest.mark.parametrize("notice", NOT_NEW)
def test_no_new_notice_gets_a_name_that_cannot_be_an_id(
    tmp_path: Path, notice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, notice_id=notice)
    for command in (["check", notice], ["publish", notice, *FIRST]):
        assert main([*command, "--root", str(root)]) == 1
        assert f"content/{notice}:1:1: error" in capsys.readouterr().err.replace("\n", "")
    assert not (root / "content" / notice / "versions").exists()
    shutil.rmtree(root / "content" / notice)
    assert main(["new", notice, "--yes", "--root", str(root)]) == 2


@pytest.mark.parametrize("notice", ["family--hubs", "a-", "-", "a" * 200])
def test_a_notice_keeps_the_id_that_it_was_published_with_in_both_packages(tmp_path: Path, notice: str) -> None:
    root = published(tmp_path, notice)
    write_notice(root, NOTICE.replace("We look after", "We guard"), notice)
    child = NOTICE.replace("service: Libraries", f"service: Libraries\nparent: '{notice}'")
    write_notice(root, child.replace("Library privacy", "Parks privacy"), "parks")
    with (root / "site.yml").open("a") as file:
        file.write(f"primary_notice: '{notice}'\n")
    assert publish(root, "2026-11-01", "We guard it.") == 0
    build.build(repository.read_frame(root), root / "public", TODAY)
    app = create_app(
        Config(manifest=root / "public/published.json", database=f"sqlite:///{tmp_path}/c.db", ratelimit="off")
    )
    versions = json.loads((root / "public/published.json").read_text("utf-8"))["versions"]
    (version,) = [version for version in versions if (version["notice"], version["version"]) == (notice, 2)]
    client = app.test_client()
    assert client.get(f"/consent/{notice}").status_code == 200
    said = {name: version[name] for name in ("notice", "version", "digest", "language")}
    key = {"Idempotency-Key": "abcdefghijklmnop-012345"}
    answer = client.post("/api/consents", json=said | {"decisions": {"news": "given"}}, headers=key)
    assert answer.status_code == 201, answer.text
    assert client.post("/withdraw", data={"notice": notice, "email": "sam@example.org"}).status_code == 303
