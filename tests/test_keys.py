"""The folder of keys: made once, for one user, and not used when it is damaged."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from widget.errors import NotAsSigned, StartRefused, Unavailable
from widget.ledger import key_folder
from widget.ledger.checkpoint import BadCheckpoint, Head, verify
from widget.ledger.head_keeper import Extends, HeadKeeper, SignedHead
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


def grown(*sizes: int) -> Iterator[Tree]:
    """One tree at several sizes."""
    tree = Tree()
    for number in range(max(sizes) + 1):
        if number in sizes:
            yield tree
        tree, _ = tree.append(leaf_hash(bytes([number])))


def never(_first: Head, _second: Head) -> bool:
    """The database that nobody has to ask."""
    raise AssertionError


def keep(keeper: HeadKeeper, tree: Tree, extends: Extends = never) -> SignedHead:
    signed = keeper.sign(tree)
    keeper.trust(signed)
    keeper.keep(signed, extends)
    return signed


def test_the_last_of_many_heads_is_kept_and_a_smaller_one_never_replaces_it(folder: Path) -> None:
    ours = key_folder.read(folder)
    keeper = HeadKeeper(ours)
    trees = list(grown(*range(50)))
    for tree in (*trees, trees[7]):
        keep(keeper, tree)
    assert key_folder.kept_head(folder) == verify(ours.sign(49, trees[-1].root), ours.verifier)


def test_a_write_that_is_cut_short_spoils_the_older_head_alone(folder: Path) -> None:
    keeper = HeadKeeper(key_folder.read(folder))
    for tree in grown(3, 4):
        kept = keep(keeper, tree)
    for file in folder.glob("head.[12]"):
        text = file.read_text()
        if text != kept.checkpoint:
            file.write_text(kept.checkpoint[:20] + text[20:])
    assert key_folder.kept_head(folder) == kept.head
    assert HeadKeeper(key_folder.read(folder)).kept() == kept
    (six,) = grown(6)
    assert keep(keeper, six).head == key_folder.kept_head(folder)


def test_another_process_replaces_a_kept_head_only_where_the_database_shows_that_its_own_goes_on_from_it(
    folder: Path,
) -> None:
    one, other, third = (HeadKeeper(key_folder.read(folder)) for _ in range(3))
    three, five, eight = grown(3, 5, 8)
    keep(one, three)
    asked: list[tuple[int, int]] = []

    def shown(first: Head, second: Head) -> bool:
        asked.append((first.size, second.size))
        return True

    keep(other, eight, shown)
    keep(one, five, shown)  # it came later to the folder than the larger one
    assert asked == [(3, 8), (5, 8)]
    forked, _ = five.append(leaf_hash(b"another past"))
    with pytest.raises(NotAsSigned):
        keep(third, forked, lambda _first, _second: False)
    kept = key_folder.kept_head(folder)
    assert kept and kept.size == 8


def test_a_head_that_cannot_be_kept_says_so_and_is_tried_again_before_the_next_commit(folder: Path) -> None:
    keeper = HeadKeeper(key_folder.read(folder))
    three, four = grown(3, 4)
    keep(keeper, three)
    for name in ("head.2", "head.1"):
        if not (folder / name).exists():
            (folder / name).mkdir()  # nothing can be written there, not even by root
    with pytest.raises(Unavailable, match="cannot be"):
        keep(keeper, four)
    with pytest.raises(Unavailable):
        keeper.ready()
    (folder / "head.2").rmdir()
    keeper.ready()
    keep(keeper, four)


def test_nothing_is_kept_where_nothing_was_signed(folder: Path) -> None:
    HeadKeeper(key_folder.read(folder)).check()
    assert key_folder.kept_head(folder) is None


def test_the_head_of_an_earlier_release_counts_until_one_is_kept_here(folder: Path) -> None:
    keeper = HeadKeeper(key_folder.read(folder))
    three, four = grown(3, 4)
    (folder / "head").write_text(keeper.sign(three).checkpoint)
    assert keeper.kept_before()
    keep(keeper, four, lambda first, second: (first.size, second.size) == (3, 4))
    assert not keeper.kept_before()
    assert not (folder / "head").exists()
    kept = key_folder.kept_head(folder)
    assert kept and kept.size == 4


def test_keys_that_are_not_where_a_command_runs_are_not_called_lost(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="Run the command in your notices' folder"):
        key_folder.read(tmp_path / "var/keys")


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
    keep(HeadKeeper(ours), Tree())
    (folder / "signing.pem").unlink()
    with pytest.raises(StartRefused, match=r"lacks signing\.pem"):
        key_folder.make(folder, SITE, secrets.token_bytes)


def test_a_damaged_head_is_noticed(folder: Path) -> None:
    (folder / "head.1").write_text("")
    with pytest.raises(BadCheckpoint):
        key_folder.kept_head(folder)


@pytest.mark.parametrize("name", ["signing.pem", "token.secret", "pepper", "details.key"])
def test_a_key_that_is_lost_is_not_made_anew_while_there_are_events_unless_that_is_said(
    folder: Path, name: str
) -> None:
    ours = key_folder.read(folder)
    keep(HeadKeeper(ours), Tree())
    (folder / name).unlink()
    with pytest.raises(StartRefused, match="CONSENTS_NEW_KEYS=yes"):
        key_folder.make(folder, SITE, secrets.token_bytes, events=3)
    key_folder.make(folder, SITE, secrets.token_bytes, events=3, anew=True)
    assert (key_folder.read(folder).origin != ours.origin) is (name == "signing.pem")


def test_a_log_that_begins_anew_cites_its_last_head(folder: Path) -> None:
    old = key_folder.read(folder)
    tree, _ = Tree().append(leaf_hash(b"one"))
    keep(HeadKeeper(old), tree)
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
    keep(HeadKeeper(new), Tree())
    assert key_folder.kept_head(folder) == head
