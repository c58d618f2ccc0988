"""`noticeboard verify`: content/ compared with the site that residents read, over HTTP as an operator runs it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.cli import main
from tests.serving import free_port
from tests.site_fixtures import NOTICE, make_site, publish, write_notice
from tests.test_chain import rewrite, take_out
from tests.test_retract import REASON


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, and nothing in the tests' output."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.") == 0
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    assert publish(root, "2026-10-02", "Second.") == 0
    assert run(root, "build") == 0
    return root


@pytest.fixture
def live(site: Path) -> Iterator[str]:
    """The address of the built site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site / "public"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(root: Path, *arguments: str) -> int:
    return main([arguments[0], "--root", str(root), "--date", "2026-11-24", *arguments[1:]])


def test_the_same_history_is_whole(site: Path, live: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "verify") == 0
    assert run(site, "verify", "--live", f"{live}/") == 0
    assert "shows the same versions" in capsys.readouterr().out


def test_a_newest_version_that_was_rewritten_with_its_line_is_found(
    site: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The chain cannot know it: nothing follows the newest version."""
    rewrite(site, "library/versions/2.yml", b"We guard", b"We sell")
    assert run(site, "verify") == 0
    assert run(site, "verify", "--live", live) == 1
    assert "library/2/en has the digest" in capsys.readouterr().err


def test_a_newest_version_that_was_taken_out_with_its_line_is_found(
    site: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    take_out(site, "library/versions/2.yml", "library/versions/2.source.md")
    assert run(site, "verify", "--live", live) == 1
    said = capsys.readouterr().err
    assert "library/2/en is live, and content/ has lost it" in said and "elete" not in said


def test_a_damaged_history_is_compared_with_the_site_too(
    site: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "content" / "versions.lock").unlink()
    assert run(site, "verify", "--live", live) == 1
    said = capsys.readouterr()
    assert "The lock is gone or empty" in said.err
    assert f"2 frozen versions here are those of {live}, byte for byte. Keep them." in said.out
    first = site / "content" / "library" / "versions" / "1.yml"
    first.unlink()
    second = first.with_name("2.yml")
    second.chmod(0o644)
    second.write_bytes(second.read_bytes() + b"# more\n")
    assert run(site, "verify", "--live", live) == 1
    said = capsys.readouterr()
    assert f"1.yml is missing: {live}/library/v/1/notice.yml has it." in said.err
    assert f"2.yml is not what the site shows: {live}/library/v/2/notice.yml has it." in said.err
    assert "0 frozen versions" in said.out and "elete" not in said.err


def test_a_live_file_or_manifest_that_was_changed_is_found(
    site: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    public = (site / "public").resolve()
    path = public / "library" / "v" / "1" / "notice.yml"
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole.replace(b"We look after", b"We sell"))
    assert run(site, "verify", "--live", live) == 1
    assert "the notice.yml of the live site has other bytes" in capsys.readouterr().err
    path.unlink()
    assert run(site, "verify", "--live", live) == 1
    assert "sends no notice.yml" in capsys.readouterr().err
    path.write_bytes(whole)
    document = json.loads((public / "published.json").read_text("utf-8"))
    document["versions"][0]["text"] = document["versions"][0]["text"].replace("send me news", "sell my data")
    (public / "published.json").unlink()
    (public / "published.json").write_text(json.dumps(document), "utf-8")
    assert run(site, "verify", "--live", live) == 1
    assert "the text of library/1/en is not the one of its digest" in capsys.readouterr().err


def test_what_is_published_and_not_built_yet_is_no_contradiction(
    site: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(site, NOTICE.replace("We look after", "We keep"))
    assert publish(site, "2026-10-03", "Third.") == 0
    assert run(site, "retract", "library", "1", "--reason", REASON) == 0
    assert run(site, "verify", "--live", live) == 0
    assert "content/library/versions/3.yml is not live yet" in capsys.readouterr().out
    assert run(site, "build") == 0
    assert run(site, "verify", "--live", live) == 0


@pytest.mark.parametrize(
    "address", ["http://www.example.org", "ftp://127.0.0.1", "https://", "www.example.org", "http://[::1"]
)
def test_an_address_that_cannot_be_believed_is_not_asked(site: Path, address: str) -> None:
    assert run(site, "verify", "--live", address) == 2


def test_a_site_that_does_not_answer_is_told_apart_from_one_that_differs(
    site: Path, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "verify", "--live", f"http://127.0.0.1:{free_port()}") == 2
    assert "cannot be compared" in capsys.readouterr().err
    assert run(site, "verify", "--live", f"{live}/elsewhere") == 2
    assert "there is no published.json" in capsys.readouterr().err
