"""`noticeboard init`: a site of any council's own, from an empty folder or in place of the example, whole or not at
all."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import repository
from generator.cli import main
from generator.content.marks import NOWHERE
from generator.starting import council, example, new_site
from generator.starting.council import Council
from tests.example import digests
from tests.site_fixtures import PROJECT, publish
from tests.test_new import filled

SEED = re.compile(r"stockport|family.?hub|hybiau.teulu|dpa\.officer|service-news|\bmosaic\b", re.I)
"""Names and addresses of the example's council."""
ANSWERS = (
    *("--name", "Exampleshire County Council", "--short-name", "Exampleshire", "--website", "https://www.example.org"),
    *("--officer-email", "dpo@example.org", "--complaints", "https://www.example.org/complain"),
    *("--complaints-email", "complaints@example.org", "--address", "https://privacy.example.org"),
)
FILES = {
    ".gitattributes",
    ".gitignore",
    "site.yml",
    "content/primary/notice.md",
    "content/privacy-notices/notice.md",
    "content/pages/accessibility.md",
    "content/pages/cookies.md",
}


def init(root: Path, *arguments: str) -> int:
    return main(["init", str(root), "--yes", "--date", "2026-11-30", *arguments])


def in_folder(root: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    paths = sorted(path for path in root.rglob("*") if path.is_file() and ".noticeboard" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def fill(root: Path) -> None:
    """Put an answer in place of every mark, as an editor would."""
    for path in (root / "content").rglob("*.md"):
        path.write_text(filled(path.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("languages", ["en", "en,cy", "cy"])
def test_a_new_site_has_no_error_but_its_marks_and_is_published_when_they_are_filled_in(
    languages: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "site"
    assert init(root, *ANSWERS, "--languages", languages) == 0
    said = capsys.readouterr().out
    assert "noticeboard serve" in said and "noticeboard check" in said
    both = "," in languages
    assert len(in_folder(root)) == (11 if both else 7)
    assert both or set(in_folder(root)) == FILES
    assert main(["check", "--root", str(root)]) == 1
    rules = re.findall(r": error: .*\[(\w+)\]$", capsys.readouterr().err, re.M)
    assert set(rules) == {"T03"}
    fill(root)
    assert main(["check", "--root", str(root)]) == 0
    assert main(["publish", "--root", str(root), "--date", "2026-11-30"]) == 0
    assert main(["build", "--root", str(root), "--date", "2026-11-30", "--quiet"]) == 0
    assert "Exampleshire" in (root / "public/index.html").read_text("utf-8")
    assert not seed_names(root), "the example's council"


def seed_names(root: Path) -> list[str]:
    """Each name of the example's council that is in the name or the text of a file below a folder."""
    found = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.read_bytes().decode("utf-8", "replace")
            found += [f"{path}: {one}" for one in SEED.findall(f"{path.relative_to(root)} {text}")]
    return found


@pytest.mark.parametrize("folder", ["templates", "generator", "widget"])
def test_no_name_of_the_examples_council_is_in_the_program(folder: str) -> None:
    assert not seed_names(PROJECT / folder)


def test_every_mark_is_named_with_its_line_and_stops_publishing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path) == 0
    text = (tmp_path / "site.yml").read_text("utf-8")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if NOWHERE in line or "[TO WRITE" in line]
    capsys.readouterr()
    assert main(["check", "--root", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    named = [int(number) for number in re.findall(r"^  site\.yml:(\d+):\d+: error: .*\[F07\]$", told, re.M)]
    assert named == [number for number in lines if not text.splitlines()[number - 1].startswith("#")]
    assert "Write the council's full legal name." in told
    fill(tmp_path)
    assert main(["publish", "--root", str(tmp_path)]) == 3
    assert "Left out: primary: it was never published and has errors." in capsys.readouterr().err
    assert main(["build", "--root", str(tmp_path), "--quiet"]) == 1, "residents would read the marks"
    assert "site.yml:8:10: error" in capsys.readouterr().err


def test_the_notice_about_records_tells_the_periods_by_which_they_are_erased(tmp_path: Path) -> None:
    assert init(tmp_path, *ANSWERS) == 0
    found = repository.read(tmp_path)
    retention = found.notices["privacy-notices", "en"].facets.retention
    site = found.site
    kept = [site.consent_records.keep, site.records.requests, site.records.problems, site.records.staff_logs]
    assert [row.keep for row in retention] == kept == list(new_site.PERIODS.values())


WRONG = {
    "--website": ("our website", "Write an address that starts with https://"),
    "--complaints": ("by phone", "Write an address that starts with https://"),
    "--officer-email": ("the officer", "`the officer` is not a mail address."),
    "--complaints-email": ("x@", "`x@` is not a mail address."),
    "--languages": ("en, ur", "no words for the language `ur`"),
    "--address": ("https://www.example.org/*", "such as https://www.example.org/privacy."),
    "--colour": ("#ffdd00", "The nearest that can be read is #"),
}


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters").mkdir()
    assert init(tmp_path, *(word for option, (answer, _) in WRONG.items() for word in (option, answer))) == 2
    told = capsys.readouterr().err
    for _, remedy in WRONG.values():
        assert remedy in told
    assert "is not empty: it has letters" in told
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


@pytest.mark.parametrize(("answer", "better"), [("Welsh", "Write cy."), ("English", "Write en."), ("xx", "for en (")])
def test_a_language_by_its_name_is_put_right(answer: str, better: str) -> None:
    assert better in council.wrong(Council(languages=answer))["languages"]


@pytest.mark.parametrize("answer", ["blue", "#fff", "0b5c6b", "#0b5c6g"])
def test_what_is_no_colour_is_refused(answer: str) -> None:
    assert "Write # and six hexadecimal digits" in council.wrong(Council(colour=answer))["colour"]


NASTY = ["a: b # c", "'", '"', "- x", "*a", "{x", "[[council.name]]", "yes", "\u2028\x00x", "${x} $y", "%", "Cyngor Tŷ"]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_with_any_sign_comes_out_as_it_was_typed(name: str, tmp_path: Path) -> None:
    assert init(tmp_path, *ANSWERS, "--name", name, "--short-name", name, "--officer", name) == 0
    site = repository.read_site(tmp_path)
    typed = name.replace("\u2028", " ").replace("\x00", " ").strip()
    for text in (site.organisation.name, site.organisation.short_name, site.data_protection_officer.name):  # type: ignore[union-attr]
        assert text is not None and text.in_language("en") == typed


def test_a_folder_with_a_site_or_other_work_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path, *ANSWERS) == 0
    before = in_folder(tmp_path)
    assert init(tmp_path, *ANSWERS) == 2
    assert "There is a site in" in capsys.readouterr().err
    assert in_folder(tmp_path) == before
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    assert init(file) == 2
    assert "is a file" in capsys.readouterr().err


def test_what_version_control_has_to_know_is_added_to_what_is_there(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("Ours\n", "utf-8")
    (tmp_path / ".gitignore").write_text("*.tmp\nvar/", "utf-8")
    assert init(tmp_path, *ANSWERS) == 0
    assert (tmp_path / ".gitignore").read_text("utf-8") == "*.tmp\nvar/\npublic\n.noticeboard/\n.venv/\n"
    assert (tmp_path / "README.md").read_text("utf-8") == "Ours\n"


def test_two_people_who_publish_at_once_lose_no_line_of_the_lock(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main")
        command = ["git", *who, "-C", str(tmp_path), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert init(tmp_path, *ANSWERS) == 0
    fill(tmp_path)
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "Start")
    assert "public" not in git("ls-files")
    git("switch", "--quiet", "-c", "other")
    publishing = ["publish", "--root", str(tmp_path), "--date", "2026-11-30"]
    for branch, notice in (("other", "privacy-notices"), ("main", "primary")):
        git("switch", "--quiet", branch)
        assert main([*publishing, notice]) == 0
        git("add", ".")
        git("commit", "--quiet", "-m", f"Publish {notice}")
    git("merge", "--quiet", "-m", "Both", "other")
    assert main(["verify", "--root", str(tmp_path)]) == 0
    assert {name for name, _ in repository.read(tmp_path).notices} == {"primary", "privacy-notices"}
    assert (tmp_path / "content/versions.lock").read_bytes().count(b"\n") == len(
        list((tmp_path / "content").glob("*/versions/*"))
    )


@pytest.fixture
def with_example(tmp_path: Path) -> Path:
    """A copy of the example, served and built once."""
    root = tmp_path / "site"
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yml", root)
    shutil.copytree(PROJECT / "generator", root / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "var" / "mail").mkdir(parents=True)
    (root / "var" / "consents.db").write_bytes(b"answers")
    assert main(["build", "--root", str(root), "--quiet"]) == 0
    return root


def test_the_digests_of_the_example_are_those_of_its_files() -> None:
    assert example.DIGESTS.read_text("ascii") == digests(), "run python -m tests.example"


def test_the_example_is_removed_whole_and_nothing_else(with_example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = in_folder(with_example)
    assert init(with_example, *ANSWERS) == 2
    assert "add --remove-example" in capsys.readouterr().err
    assert in_folder(with_example) == before
    assert init(with_example, *ANSWERS, "--remove-example") == 0
    after = in_folder(with_example)
    assert {name for name in after if not name.startswith("generator/")} == FILES
    assert {name for name in before if name.startswith("generator/")} <= set(after)
    assert sorted(path.name for path in with_example.iterdir()) == [
        *(".gitattributes", ".gitignore", "content", "generator", "site.yml")
    ]


@pytest.mark.parametrize(
    "ours", ["content/parking/notice.md", "content/primary/notice.md", "site.yml", "var/letters.txt"]
)
def test_what_somebody_wrote_into_the_example_keeps_all_of_it(
    with_example: Path, ours: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_example / ours
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# Our own words.\n")
    before = in_folder(with_example)
    assert init(with_example, *ANSWERS, "--remove-example") == 2
    assert f"\n  {ours}\n" in capsys.readouterr().err
    assert in_folder(with_example) == before


def test_what_somebody_published_in_the_example_keeps_all_of_it(
    with_example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = with_example / "content/family-hubs/notice.md"
    notice.write_text(notice.read_text("utf-8").replace("keep in touch", "stay in touch"), "utf-8")
    assert publish(with_example, "2026-12-01", "Ours.", "material") == 0
    capsys.readouterr()
    assert init(with_example, *ANSWERS, "--remove-example") == 2
    assert "content/family-hubs/versions/" in capsys.readouterr().err


def test_without_the_example_the_folder_of_the_program_takes_a_site(with_example: Path) -> None:
    shutil.rmtree(with_example / "content")
    (with_example / "site.yml").unlink()
    assert init(with_example, *ANSWERS) == 0


def _controlled() -> None:
    """Have the terminal on standard input send signals, such as for Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it, and so would its children
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """`noticeboard init` on a terminal."""

    def __init__(self, root: Path) -> None:
        self.master, slave = pty.openpty()
        command = [sys.executable, "-m", "generator.cli", "init", str(root)]
        self.process = subprocess.Popen(
            command,
            cwd=PROJECT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_controlled,
        )
        os.close(slave)
        self.said = ""

    def await_(self, text: str) -> None:
        """Read until a text has been said since the last time."""
        while text not in self.said:
            data = self._read()
            assert data, f"no {text} in {self.said}"
            self.said += data
        self.said = self.said.rpartition(text)[2]

    def _read(self) -> str:
        """The next words; empty at the end, or after a minute of silence."""
        if not select.select([self.master], [], [], 60)[0]:
            return ""
        try:
            return os.read(self.master, 4096).decode()
        except OSError:  # Linux: the other side is closed
            return ""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def type_until_heard(self, text: str) -> None:
        """Type again where nothing is said: an interrupt just before the program begins to read is not noticed
        (CPython)."""
        for _ in range(60):
            self.type(text)
            while select.select([self.master], [], [], 1)[0]:
                if not (data := self._read()):
                    return
                self.said += data
            if "Nothing" in self.said:
                return

    def ended(self) -> int:
        """The exit code, after everything that it said was read."""
        while data := self._read():
            self.said += data
        return self.process.wait(timeout=60)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=10)
        os.close(self.master)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "site")
    yield terminal
    terminal.close()


def test_questions_are_asked_again_until_the_answer_can_be_used(asked: Terminal, tmp_path: Path) -> None:
    talk = [
        ("full legal name?", "Exampleshire County Council"),
        ("everyday name", "Exampleshire"),
        ("website?", "example"),
        ("`example` is not the address of a page.", "https://www.example.org"),
        ("personal data?", ""),
        ("which mail address?", "dpo@example.org"),
        ("complain to the council?", "https://www.example.org/complain"),
        ("for complaints?", ""),
        ("languages", "en,cy"),
        ("published", "https://Privacy.example.org/"),
        ("colour", "#ffdd00"),
        ("too pale", ""),
    ]
    for question, answer in talk:
        asked.await_(question)
        asked.type(f"{answer}\n")
    assert asked.ended() == 0
    site = repository.read_site(tmp_path / "site")
    assert (site.languages, site.base_url) == (("en", "cy"), "https://privacy.example.org")
    assert (
        site.data_protection_officer and site.data_protection_officer.name.in_language("cy") == "Swyddog Diogelu Data"
    )
    assert site.consent_records.keep == "6 years"


@pytest.mark.parametrize("end", ["\x04", "\x03"], ids=["Ctrl+D", "Ctrl+C"])
def test_answers_that_end_write_nothing(end: str, asked: Terminal, tmp_path: Path) -> None:
    asked.await_("full legal name?")
    asked.type("Exampleshire County Council\n")
    asked.await_("everyday name")
    asked.type_until_heard(end)
    assert asked.ended() == 2
    assert "Nothing was written" in asked.said and "Traceback" not in asked.said
    assert not (tmp_path / "site").exists()


def test_a_terminal_is_asked_before_the_example_goes(with_example: Path) -> None:
    before = in_folder(with_example)
    terminal = Terminal(with_example)
    terminal.await_("Remove it (yes or no)?")
    terminal.type("no\n")
    assert terminal.ended() == 2
    assert "Nothing was changed." in terminal.said
    terminal.close()
    assert in_folder(with_example) == before


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        *((name, "https://www.example.org", "is the address of a page") for name in ("name", "short_name", "officer")),
        ("officer", "www.example.org/dpo", "is the address of a page"),
        ("officer", "dpo@example.org", "is a mail address"),
        ("name", "Council <c@example.org>", "is a mail address"),
        ("officer_email", "A. Reader", "is not a mail address"),
        ("website", "council@example.org", "is a mail address"),
        ("complaints", "complain@example.org", "is a mail address"),
        ("address", "https://example.org/privacy/index.html", "such as https://example.org/privacy."),
        ("address", "https://example.org/privacy?x=1", "is a page"),
        ("website", "the website", "is not the address of a page"),
    ],
)
def test_an_answer_to_another_question_is_refused_with_the_right_one(name: str, answer: str, says: str) -> None:
    assert says in council.wrong(Council(**{name: answer}).cleaned())[name]


@pytest.mark.parametrize(
    ("name", "answer", "taken"),
    [
        ("address", "privacy.example.org", "https://privacy.example.org"),
        ("address", "www.example.org/privacy/", "https://www.example.org/privacy/"),
        ("website", "example.org", "https://example.org"),
        ("complaints", "example.org/complain?a=b", "https://example.org/complain?a=b"),
        ("officer", "Dr. A. Reader (Data Protection)", "Dr. A. Reader (Data Protection)"),
        ("name", "St. Example’s Town Council", "St. Example’s Town Council"),
    ],
)
def test_an_address_without_its_scheme_is_put_right_and_a_name_stays(name: str, answer: str, taken: str) -> None:
    given = Council(**{name: answer}).cleaned()
    assert getattr(given, name) == taken and not council.wrong(given)
