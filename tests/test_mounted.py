"""A folder for the site that cannot be swapped: mounted, or one that the system refuses to rename."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.building import mounted
from generator.cli import main
from tests.site_fixtures import NOTICE, PROJECT, edit, make_site, publish, write_notice


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two published notices."""
    make_site(tmp_path)
    write_notice(tmp_path, NOTICE.replace("Library privacy", "Parking privacy"), "parking")
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    return tmp_path


def build(root: Path, *more: str) -> int:
    return main(["build", "--root", str(root), "--quiet", "--date", "2026-11-24", *more])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a site, by its name."""
    files = (path for path in folder.rglob("*") if path.is_file() and "lost+found" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def as_swapped(root: Path) -> dict[str, bytes]:
    """The same site as a build that can be swapped has it."""
    assert build(root, "--out", str(root / "elsewhere")) == 0
    return contents(root / "elsewhere")


def change(root: Path) -> None:
    edit(root / "content" / "library" / "notice.md", "We look after", "We mind")
    assert publish(root, "2026-11-01", "Better.") == 0


@pytest.fixture
def mount(root: Path) -> Iterator[Path]:
    """A file system of its own at public/, with the folder that ext4 puts there."""
    out = root / "public"
    out.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(out)]
    if sys.platform != "linux" or os.getuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let the tests mount a folder")
    (out / "lost+found").mkdir()
    yield out
    subprocess.run(["umount", "--lazy", str(out)], check=True)


def test_a_mounted_folder_gets_the_site(root: Path, mount: Path) -> None:
    assert build(root) == 0
    assert contents(mount) == as_swapped(root)
    assert os.path.ismount(mount) and not mount.is_symlink()
    change(root)
    assert build(root) == 0
    assert "We mind" in (mount / "library" / "index.html").read_text("utf-8")
    assert contents(mount) == as_swapped(root)
    assert (mount / "lost+found").is_dir()


def test_a_mounted_folder_that_was_emptied_is_filled_again(root: Path, mount: Path) -> None:
    assert build(root) == 0
    subprocess.run(["umount", str(mount)], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(mount)], check=True)
    assert build(root) == 0
    assert contents(mount) == as_swapped(root)


def test_a_full_disk_is_one_sentence_and_the_files_of_before(
    root: Path, mount: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(root) == 0
    before = contents(mount)
    change(root)
    with (mount / "lost+found" / "filler").open("wb") as filler, pytest.raises(OSError, match="No space"):
        while True:
            filler.write(bytes(65_536))
            filler.flush()
    capsys.readouterr()
    assert build(root) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "No space left" in said
    after = contents(mount)
    assert before.keys() <= after.keys()
    assert not [name for name in after if name.endswith(".new")]


@pytest.fixture
def unswappable(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system does not rename, as of a mount; the one thing that no portable test can have for real."""
    out = root / "public"
    out.mkdir()
    rename = Path.rename

    def refused(path: Path, target: str | Path) -> Path:
        if path == out:
            raise OSError(mounted.errno.EBUSY, "Device or resource busy", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    return out


def test_a_folder_that_cannot_be_renamed_gets_files_one_by_one(root: Path, unswappable: Path) -> None:
    assert build(root) == 0
    assert contents(unswappable) == as_swapped(root)
    kept = (unswappable / "parking" / "index.html").stat().st_ino
    change(root)
    (unswappable / "gone").mkdir()
    (unswappable / "gone" / "index.html").write_text("An old page.", "utf-8")
    assert build(root) == 0
    assert contents(unswappable) == as_swapped(root)
    assert not (unswappable / "gone").exists()
    assert (unswappable / "parking" / "index.html").stat().st_ino == kept, "what is the same is left alone"


def test_a_build_that_was_stopped_in_between_is_put_right_by_the_next(
    root: Path, unswappable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(root) == 0
    change(root)
    replace, left = mounted._replace, [3]

    def stopped(source: Path, target: Path) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as halfway:
        halfway.setattr(mounted, "_replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            build(root)
    assert b"We mind" in (unswappable / "published.json").read_bytes(), "the manifest knows every version on a page"
    assert build(root) == 0
    assert contents(unswappable) == as_swapped(root)


def test_a_folder_of_somebody_else_is_neither_filled_nor_asked_to_be_deleted(
    root: Path, unswappable: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (unswappable / "holiday.txt").write_text("By the sea.", "utf-8")
    assert build(root) == 1
    said = capsys.readouterr().err
    assert "move this one away" in said and "elete" not in said
    assert contents(unswappable) == {"holiday.txt": b"By the sea."}


def test_a_disk_that_takes_no_more_is_one_sentence_and_the_site_of_before(root: Path) -> None:
    assert build(root) == 0
    before = contents(root / "public")
    change(root)
    command = f"ulimit -f 8; exec '{sys.executable}' -m generator.cli build --root '{root}' --quiet"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "File too large" in done.stderr
    assert contents(root / "public") == before


@pytest.mark.parametrize("out", ["/proc/nowhere/public", "site.yml/public"])
def test_a_place_that_takes_no_folder_is_one_sentence(root: Path, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = out if out.startswith("/") else str(root / out)
    assert build(root, "--out", place) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and said.startswith("noticeboard: ")
