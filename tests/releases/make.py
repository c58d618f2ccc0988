"""Record a release, so that later ones can be tried on it: `python -m tests.releases.make VERSION [FOLDER]`.

Run it once, with the code of the release. FOLDER is tests/releases/VERSION unless you name another one. Random bytes come
from a seed and the clock is set, so a second recording has the same bytes: `diff -r` shows what a change of the code does.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests.databases import POSTGRESQL, SQLITE, cluster
from tests.releases import story
from tests.releases.dumps import dump, load
from tests.releases.ledger import Draws, Ledger, expect, letter_to, links_in, moment, utc
from tests.releases.recorded import RELEASES, Recording, digests, leaf, word_digests, write_digests
from tests.releases.stages import BUILT_ON, TEXT, stages
from widget.manifest import Manifest, from_json


def main(arguments: Sequence[str] | None = None) -> None:
    """Record a release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", help="the release's number, such as 0.1.0")
    parser.add_argument("folder", type=Path, nargs="?", help="where to (tests/releases/VERSION)")
    given = parser.parse_args(arguments)
    recording = Recording(given.folder or RELEASES / given.version)
    if recording.folder.exists():
        raise SystemExit(f"{recording.folder} exists, and a recording never changes. Name another folder.")
    with tempfile.TemporaryDirectory() as folder:
        make(given.version, recording, Path(folder))
    print(f"Recorded {given.version} in {recording.folder}.")


def make(version: str, recording: Recording, work: Path) -> None:
    """Build the site, perform the story on both databases, and write the recording."""
    for folder in (recording.site, recording.manifest.parent, recording.leaves.parent):
        folder.mkdir(parents=True)
    built = dict(stages(recording.site, work / "built"))
    _write_built(recording, built[BUILT_ON])
    databases = {SQLITE: f"sqlite:///{work}/consents.db", POSTGRESQL: cluster().make("recorded")}
    told = {kind: _tell(version, database, work / kind, built) for kind, database in databases.items()}
    if told[SQLITE] != told[POSTGRESQL] or digests(work / SQLITE) != digests(work / POSTGRESQL):
        raise SystemExit("The two databases do not tell the same story.")
    again = {SQLITE: f"sqlite:///{work}/again.db", POSTGRESQL: cluster().make("again")}
    for kind, database in databases.items():
        text = dump(database)
        load(text, again[kind])
        if dump(again[kind]) != text:
            raise SystemExit(f"The text of the {kind} database does not make the same database.")
        _write(recording.sql(kind), text)
    for name in ("keys", "letters", "receipts"):
        shutil.copytree(work / SQLITE / name, recording.kept(name))
    leaves, export, handed_out = told[SQLITE]
    _write(recording.leaves, "".join(f"{line}\n" for line in leaves))
    _write(recording.export, export)
    _write(recording.folder / "handed-out.json", json.dumps(handed_out, ensure_ascii=False, indent=1) + "\n")
    _write(recording.folder / "README.md", (TEXT / "README.md").read_text("utf-8").replace("VERSION", version))


def _write_built(recording: Recording, public: Path) -> None:
    for name in ("published.json", "endpoint.json"):
        shutil.copy(public / name, recording.manifest.parent)
    write_digests(digests(public), recording.files)
    write_digests(word_digests(public), recording.words)


def _tell(
    version: str, database: str, folder: Path, built: Mapping[date, Path]
) -> tuple[list[str], str, dict[str, Any]]:
    """Perform the story on one database: the ledger's leaves, its export, and the content of handed-out.json."""
    folder.mkdir()
    ledger = Ledger(database, folder, Draws(f"noticeboard {version}"))
    story.tell(ledger, built)
    manifest = from_json(ledger.config.manifest.read_bytes())
    with ledger.endpoint(story.UNTIL) as client:
        events = _json(client, "/api/events?after=0", ledger.api_keys["Case system"])["events"]
        receipts = [_receipt(client, who, token, manifest) for who, token in ledger.tokens.items()]
        letters = [_letter(client, ledger.letters / name, when) for name, when in sorted(ledger.mailed.items())]
    handed_out = {
        "until": utc(moment(story.UNTIL)),
        "api_keys": ledger.api_keys,
        "receipts": receipts,
        "letters": letters,
    }
    export = ledger.command(story.UNTIL, "export", "--format", "jsonl")
    return [leaf(event).decode() for event in events], export, handed_out


def _receipt(client: FlaskClient, who: str, token: str, manifest: Manifest) -> dict[str, Any]:
    """A receipt as its holder knows it; its page shows the `words`."""
    told = _json(client, "/api/receipts", token)
    events = [json.loads(text) for text in told["leaves"]]
    last = {event["consent"]: event for event in events if event["consent"]}
    words = [_words(event, manifest) for event in last.values()]
    first = {name: events[0][name] for name in ("notice", "language")}
    return {"who": who, "reference": told["reference"], "token": token, **first, "state": told["state"], "words": words}


def _words(event: dict[str, Any], manifest: Manifest) -> str:
    """The statement that was answered; of a form from before Noticeboard, the first line."""
    version = manifest.find(event["notice"], event["version"], event["language"])
    consent = version.consent(event["consent"]) if version else None
    return consent.statement if consent else story.EARLIER.read_text("utf-8").partition("\n")[0]


def _letter(client: FlaskClient, letter: Path, when: str) -> dict[str, Any]:
    """A letter with the time of its mailing, and the status that each of its links answers with at the end."""
    links = [{"path": path, "status": client.get(path).status_code} for path in links_in(letter)]
    return {"file": letter.name, "mailed": when, "to": letter_to(letter), "links": links}


def _json(client: FlaskClient, path: str, bearer: str) -> dict[str, Any]:
    answer: dict[str, Any] = expect(client.get(path, headers={"Authorization": f"Bearer {bearer}"}), 200).json or {}
    return answer


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
