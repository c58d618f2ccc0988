"""The folder of keys: made once, for one user, and not used when it is damaged."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from widget import keys
from widget.checkpoint import BadCheckpoint, verify
from widget.head_keeper import HeadKeeper
from widget.merkle import Tree, leaf_hash
from widget.problems import StartRefused

SITE = "https://privacy.example.org/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "keys"
    keys.make(made, SITE, secrets.token_bytes)
    return made


def test_a_log_is_named_after_its_council_and_never_twice_the_same(folder: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "other", SITE, secrets.token_bytes)
    names = {keys.read(place).origin for place in (folder, tmp_path / "other")}
    assert len(names) == 2
    assert all(name.startswith("privacy.example.org/consents/") for name in names)


def test_the_last_head_is_kept_when_it_closes(folder: Path) -> None:
    ours = keys.read(folder)
    keeper = HeadKeeper(ours)
    tree = Tree()
    for number in range(50):
        tree, _ = tree.append(leaf_hash(bytes([number])))
        keeper.committed(tree)
    keeper.close()
    kept = keys.kept_head(folder)
    assert kept == verify(ours.sign(tree.size, tree.root), ours.verifier)


def test_nothing_is_kept_where_nothing_was_committed(folder: Path) -> None:
    HeadKeeper(keys.read(folder)).close()
    assert keys.kept_head(folder) is None


@pytest.mark.parametrize("name", ["signing.pem", "log.vkey", "token.secret", "pepper", "details.key"])
def test_a_damaged_key_is_not_used(folder: Path, name: str) -> None:
    (folder / name).write_text("00ff\n")
    with pytest.raises(StartRefused, match="backup"):
        keys.read(folder)


def test_keys_of_two_logs_are_not_mixed(folder: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "other", SITE, secrets.token_bytes)
    (tmp_path / "other" / "signing.pem").replace(folder / "signing.pem")
    with pytest.raises(StartRefused, match="do not belong together"):
        keys.read(folder)


def test_a_head_whose_key_is_lost_stops_everything(folder: Path) -> None:
    ours = keys.read(folder)
    ours.keep(ours.sign(0, Tree().root))
    (folder / "signing.pem").unlink()
    with pytest.raises(StartRefused, match="restore signing"):
        keys.make(folder, SITE, secrets.token_bytes)


def test_a_damaged_head_is_noticed(folder: Path) -> None:
    (folder / "head").write_text("")
    with pytest.raises(BadCheckpoint):
        keys.kept_head(folder)
