"""Translators' files on disk: reads what an exchange needs, and writes the translation and the exchange to remember."""

from __future__ import annotations

from pathlib import Path

from generator import site_folder
from generator.problems import ContentError, Place
from generator.repository import CONTENT, Repository
from generator.translation import exchange, xliff
from generator.translation.exchange import Files, Taken
from generator.translation.faults import E01, E05
from generator.translation.xliff import Exchange, NotXliff


def export(repository: Repository, notice: str, language: str) -> Exchange:
    """The file to send for a notice, with the marks that the last exchange allows."""
    return exchange.export(repository, notice, language, _last(repository, notice, language))


def take(repository: Repository, file: Path) -> tuple[Taken, str]:
    """Take a translator's file: (what became of it, the file written).

    `ContentError` and nothing written if it cannot be.
    """
    sent = _read(file, str(file))
    notice, language = exchange.addressed(repository, sent, str(file))
    folder = repository.root / CONTENT / notice
    target = folder / f"notice.{language}.md"
    files = Files(
        site_folder.read(repository.root, folder / "notice.md"), target.read_bytes() if target.is_file() else None
    )
    if files.translation is not None and (notice, language) not in repository.notices:
        message = "The translation that is there cannot be read, so nothing can be kept of it."
        raise ContentError(
            [
                E05.problem(Place(f"{CONTENT}/{notice}/{target.name}"), message, "Correct it first: `check` says how."),
                *(p for p in repository.problems if p.place.file.endswith(f"{notice}/{target.name}")),
            ]
        )
    taken = exchange.take(repository, sent, files, _last(repository, notice, language), str(file))
    store(folder / f"notice.{language}.xlf", xliff.write(taken.exchange))
    store(target, taken.text.encode())
    return taken, target.relative_to(repository.root).as_posix()


def _last(repository: Repository, notice: str, language: str) -> Exchange | None:
    path = repository.root / CONTENT / notice / f"notice.{language}.xlf"
    return _read(path, path.relative_to(repository.root).as_posix()) if path.is_file() else None


def _read(path: Path, name: str) -> Exchange:
    try:
        return xliff.read(path.read_bytes()[: xliff.MAX_BYTES + 1])
    except NotXliff as failure:
        remedy = "Send an XLIFF 1.2 file as `translate export` writes it."
        raise ContentError([E01.problem(Place(name, failure.line), str(failure), remedy)]) from None


def store(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: after a failure the old one is as it was."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(data)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
