"""The folder of keys: made once, for one user, and not used when it is damaged."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

import pytest

from widget.errors import StartRefused
from widget.ledger import key_folder
from widget.ledger.checkpoint import BadCheckpoint, verify
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.merkle import Tree, leaf_hash

SITE = "https://privacy.example.org/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "keys"
    key_folder.make(made, SITE, secrets.token_bytes)
    return made


def test_a_log_is_named_after_its_council_and_never_twice_the_same(folder: Path, tmp_path: Path) -> None:
    key_folder.make(tmp_path / "other", SITE, secrets.token_bytes)
    names = {key_folder.read(place).origin for place in (folder, tmp_path / "other")}
    assert len(names) == 2
    assert all(name.startswith("privacy.example.org/consents/") for name in names)


def test_the_last_head_is_kept_when_it_closes(folder: Path) -> None:
    ours = key_folder.read(folder)
    keeper = HeadKeeper(ours)
    tree = Tree()
    for number in range(50):
        tree, _ = tree.append(leaf_hash(bytes([number])))
        keeper.committed(tree)
    keeper.close()
    kept = key_folder.kept_head(folder)
    assert kept == verify(ours.sign(tree.size, tree.root), ours.verifier)


def test_nothing_is_kept_where_nothing_was_committed(folder: Path) -> None:
    HeadKeeper(key_folder.read(folder)).close()
    assert key_folder.kept_head(folder) is None


@pytest.mark.parametrize("name", ["signing.pem", "log.vkey", "token.secret", "pepper", "details.key"])
def test_a_damaged_key_is_not_used(folder: Path, name: str) -> None:
    (folder / name).write_text("00ff\n")
    with pytest.raises(StartRefused, match="backup"):
        key_folder.read(folder)


def test_keys_of_two_logs_are_not_mixed(folder: Path, tmp_path: Path) -> None:
    key_folder.make(tmp_path / "other", SITE, secrets.token_bytes)
    (tmp_path / "other" / "signing.pem").replace(folder / "signing.pem")
    with pytest.raises(StartRefused, match="do not belong together"):
        key_folder.read(folder)


def test_a_head_whose_key_is_lost_stops_everything(folder: Path) -> None:
    ours = key_folder.read(folder)
    ours.keep(ours.sign(0, Tree().root))
    (folder / "signing.pem").unlink()
    with pytest.raises(StartRefused, match=r"lacks signing\.pem"):
        key_folder.make(folder, SITE, secrets.token_bytes)


def test_a_damaged_head_is_noticed(folder: Path) -> None:
    (folder / "head").write_text("")
    with pytest.raises(BadCheckpoint):
        key_folder.kept_head(folder)


@pytest.mark.parametrize("name", ["signing.pem", "token.secret", "pepper", "details.key"])
def test_a_key_that_is_lost_is_not_made_anew_while_there_are_events_unless_that_is_said(
    folder: Path, name: str
) -> None:
    ours = key_folder.read(folder)
    ours.keep(ours.sign(0, Tree().root))
    (folder / name).unlink()
    with pytest.raises(StartRefused, match="CONSENTS_NEW_KEYS=yes"):
        key_folder.make(folder, SITE, secrets.token_bytes, events=3)
    key_folder.make(folder, SITE, secrets.token_bytes, events=3, anew=True)
    assert (key_folder.read(folder).origin != ours.origin) is (name == "signing.pem")


def test_a_log_that_begins_anew_cites_its_last_head(folder: Path) -> None:
    old = key_folder.read(folder)
    tree, _ = Tree().append(leaf_hash(b"one"))
    old.keep(old.sign(tree.size, tree.root))
    cited = key_folder.kept_head(folder)
    assert cited
    key_folder.begin_anew(folder, SITE, secrets.token_bytes)
    new = key_folder.read(folder)
    assert new.origin != old.origin
    assert key_folder.kept_head(folder) is None
    head = verify(new.sign(0, Tree().root), new.verifier)
    assert head.notes == (f"follows {old.origin} 1 {base64.b64encode(tree.root).decode()}",)
    aside = folder / "before" / old.origin.rpartition("/")[2]
    assert key_folder.kept_head(aside) == cited
    assert (new.token_secret, new.pepper, new.details_key) == (old.token_secret, old.pepper, old.details_key)
    new.keep(new.sign(0, Tree().root))
    assert key_folder.kept_head(folder) == head
