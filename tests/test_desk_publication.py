"""From a saved text to a published version, as the desk does it: offers, approvals, shared previews, and the one lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desk.publication import acting, review
from desk.publication.acting import Wanted
from desk.publication.proposal import Proposal, offers, proposed, wanted_digest
from desk.publication.review import State
from desk.publication.shares import LASTS, Shares
from generator.building.site.open_site import OpenSite
from generator.content.model import ChangeKind
from generator.problems import ContentError
from generator.publishing.approval import Evidence
from generator.publishing.evidence import evidence_of, review_of
from generator.publishing.publish import Asked
from generator.publishing.review_file import Approval, Remark, Review, Words
from tests.site_fixtures import NOTICE, SITE, TODAY, make_site, publish, read, write_notice

CLEARER = NOTICE.replace("We look after", "We take good care of")
LONGER = NOTICE.replace("keep: 2 years", "keep: 3 years")
CLARIFIED = Asked(ChangeKind.CLARIFICATION, "We say it more clearly.")
WRITER, READER = "writer@example.org", "reader@example.org"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def written_by(name: str, root: Path) -> Callable[[str], Evidence]:
    return lambda notice: evidence_of(root, notice, name)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A notice with one version, and no change since."""
    make_site(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    return tmp_path


@pytest.fixture
def site(root: Path) -> Iterator[OpenSite]:
    yield OpenSite(root, lambda: TODAY, keep=False)


def now_proposed(site: OpenSite, notice: str = "library") -> Proposal:
    found = site.asked(lambda: proposed(site, notice))
    assert found is not None
    return found


def wanted(site: OpenSite, asked: Asked = CLARIFIED, by: str = WRITER) -> Wanted:
    return Wanted({"library": now_proposed(site).seen}, asked, written_by(by, site.root))


def test_a_text_that_is_as_published_has_nothing_to_publish(site: OpenSite) -> None:
    found = now_proposed(site)
    assert not found.is_changed and not found.is_first and not found.errors
    assert site.asked(lambda: proposed(site, "parking")) is None


def test_a_change_of_words_is_offered_as_a_clarification_and_as_more(site: OpenSite) -> None:
    write_notice(site.root, CLEARER)
    kinds = [(offer.kind, offer.same_meaning) for offer in offers(now_proposed(site))]
    assert kinds == [
        (ChangeKind.CLARIFICATION, False),
        (ChangeKind.MATERIAL, False),
        (ChangeKind.NEW_PURPOSE, False),
    ]


def test_a_longer_period_is_never_offered_as_a_clarification(site: OpenSite) -> None:
    write_notice(site.root, LONGER)
    assert [offer.kind for offer in offers(now_proposed(site))] == [ChangeKind.MATERIAL, ChangeKind.NEW_PURPOSE]


def test_words_that_read_like_another_period_are_offered_for_an_answer(site: OpenSite) -> None:
    write_notice(site.root, NOTICE.replace("We look after", "We keep it for nine years. We look after"))
    first, *_ = offers(now_proposed(site))
    assert (first.kind, first.same_meaning) == (ChangeKind.CLARIFICATION, True)
    assert any("nine years" in reason for reason in first.because)


def test_a_slip_is_offered_as_a_typo(site: OpenSite) -> None:
    write_notice(site.root, NOTICE.replace("information**", "informaton**"))
    assert offers(now_proposed(site))[0].kind is ChangeKind.TYPO


def test_publishing_writes_the_version_and_names_its_files_and_tag(site: OpenSite) -> None:
    write_notice(site.root, CLEARER)
    done = acting.publish_notices(site, wanted(site), TODAY)
    assert done.tags == ("library/v2",)
    assert {"content/library/versions/2.yml", "content/versions.lock"} <= set(done.files)
    assert all((site.root / name).is_file() for name in done.files)
    assert read(site.root).versions[-1].change.summary == "We say it more clearly."
    assert not now_proposed(site).is_changed


def test_a_text_that_was_saved_since_it_was_seen_is_not_published(site: OpenSite) -> None:
    write_notice(site.root, CLEARER)
    seen = wanted(site)
    write_notice(site.root, CLEARER.replace("good care", "great care"))
    with pytest.raises(ContentError, match="changed since you opened"):
        acting.publish_notices(site, seen, TODAY)
    assert len(read(site.root).versions) == 1


def test_shared_wording_that_changed_since_it_was_seen_is_not_published_either(site: OpenSite) -> None:
    shared = site.root / "content/shared/help.md"
    shared.parent.mkdir()
    shared.write_text("Ring us.\n", "utf-8")
    write_notice(site.root, CLEARER + "\n[[help]]\n")
    seen = wanted(site)
    shared.write_text("Write to us.\n", "utf-8")
    with pytest.raises(ContentError, match="changed since you opened"):
        acting.publish_notices(site, seen, TODAY)


def test_nothing_is_published_where_one_of_several_notices_is_in_the_way(site: OpenSite) -> None:
    write_notice(site.root, CLEARER)
    write_notice(site.root, LONGER.replace("title: Library", "title: Second"), "second")
    assert publish(site.root, "2026-10-02", "First.", "material") == 0
    write_notice(site.root, NOTICE.replace("title: Library", "title: Second"), "second")
    write_notice(site.root, CLEARER.replace("good", "great"))
    seen = {notice: now_proposed(site, notice).seen for notice in ("library", "second")}
    before = (site.root / "content/versions.lock").read_bytes()
    with pytest.raises(ContentError, match="more than a clarification"):
        acting.publish_notices(site, Wanted(seen, CLARIFIED, written_by(WRITER, site.root)), TODAY)
    assert (site.root / "content/versions.lock").read_bytes() == before


def test_an_approval_travels_from_request_to_publication(site: OpenSite) -> None:
    root = site.root
    (root / "site.yml").write_text(f"{SITE}approval: required\n", "utf-8")
    write_notice(root, CLEARER)
    with pytest.raises(ContentError, match="nobody approved"):
        acting.publish_notices(site, wanted(site), TODAY)
    digest = site.asked(lambda: wanted_digest(site, "library", CLARIFIED, TODAY))
    assert digest is not None

    def stands() -> State:
        return review.standing(evidence_of(root, "library", WRITER), digest).state

    assert stands() is State.NOT_ASKED
    done = acting.write_review(root, "library", lambda was: review.asked(was, digest, WRITER, TODAY))
    assert done.files == ("content/library/review.yml",) and stands() is State.ASKED
    assert not acting.write_review(root, "library", lambda was: review.asked(was, digest, WRITER, TODAY)).files
    acting.write_review(root, "library", lambda was: review.returned(was, digest, READER, TODAY, "Say how."))
    assert stands() is State.RETURNED
    acting.write_review(root, "library", lambda was: review.asked(was, digest, WRITER, TODAY))
    assert stands() is State.ASKED
    granted = Approval(digest, READER, "Data Protection Officer", TODAY)
    acting.write_review(root, "library", lambda was: review.approved(was, granted))
    assert stands() is State.APPROVED
    acting.publish_notices(site, wanted(site), TODAY)
    assert read(root).versions[-1].approved_role == "Data Protection Officer"


def test_nobody_approves_what_they_saved_a_part_of() -> None:
    evidence = Evidence(Review(approvals=(Approval("d", "Ann Writer", "Officer", TODAY),)), {"ann writer"})
    assert review.standing(evidence, "d").state is State.OWN_APPROVAL
    assert not review.may_approve(evidence, "Ann Writer", "ann@example.org")
    assert review.may_approve(evidence, "Ben Reader", "ben@example.org")
    assert not review.may_approve(Evidence(), "Ben Reader")


def test_an_approval_with_words_waits_for_exactly_these() -> None:
    words = (Words("en", "a year", "two years"),)
    granted = Approval("after", READER, "Officer", TODAY, words, "before")
    evidence = Evidence(Review(approvals=(granted,)), {WRITER})
    assert review.standing(evidence, "before").state is State.APPROVED_WITH_WORDS
    assert review.standing(evidence, "after").state is State.APPROVED
    assert review.standing(evidence, "other").state is State.NOT_ASKED


def test_a_request_for_another_text_says_that_this_one_changed_since() -> None:
    evidence = Evidence(review.asked(Review(), "old", WRITER, TODAY), {WRITER})
    assert review.standing(evidence, "new").state is State.ASKED_BEFORE


def test_remarks_are_kept_once_and_read_back_with_their_words(root: Path) -> None:
    remark = Remark("d", READER, TODAY, "Shorter, please.", "our-promise", (Words("en", "good care", "care"),))
    for _ in range(2):
        acting.write_review(root, "library", lambda was: review.remarked(was, remark))
    assert review_of(root, "library").remarks == (remark,)
    assert review.replacements((remark, remark)) == remark.words


def test_a_scheduled_version_is_called_off_and_the_text_in_force_comes_back(site: OpenSite) -> None:
    root = site.root
    write_notice(root, LONGER)
    later = Asked(ChangeKind.MATERIAL, "We keep it for longer.", date(2027, 1, 15))
    acting.publish_notices(site, wanted(site, later), TODAY)
    acting.call_version_off(root, "library", 2, TODAY)
    done = acting.bring_back(root, "library", None, TODAY, keep=False)
    assert done.files == ("content/library/notice.md",)
    assert (root / "content/library/notice.md").read_text("utf-8") == NOTICE


def test_a_text_that_was_never_published_is_kept_beside_the_one_that_comes_back(root: Path) -> None:
    write_notice(root, LONGER)
    with pytest.raises(ContentError):
        acting.bring_back(root, "library", 1, TODAY, keep=False)
    done = acting.bring_back(root, "library", 1, TODAY, keep=True)
    assert [(root / name).read_text("utf-8") for name in done.kept] == [LONGER]


def test_a_review_without_a_change_notes_the_day_and_needs_no_version(site: OpenSite) -> None:
    done = acting.note_review(site, "library", TODAY, date(2027, 11, 30))
    assert "content/library/listing.yml" in done.files
    assert str(site.asked(lambda: site.repository.listings["library"]).review_by) == "2027-11-30"
    with pytest.raises(ContentError, match="lies ahead"):
        acting.note_review(site, "library", TODAY, TODAY)


def test_a_shared_preview_ends_by_its_day_by_a_press_and_is_known_by_its_secret_alone(tmp_path: Path) -> None:
    shares = Shares(tmp_path)
    secret = shares.make("library", 1, "ann", NOW)
    found = shares.find(secret, NOW)
    assert found is not None and (found.notice, found.after, found.by) == ("library", 1, "ann")
    assert shares.of("library", NOW) == [found] and not shares.of("parking", NOW)
    assert shares.find(secret + "x", NOW) is None and shares.find("../people", NOW) is None
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(secret in path.name or secret in json.dumps(path.read_text()) for path in files)
    assert shares.find(secret, NOW + LASTS - timedelta(seconds=1)) and not shares.find(secret, NOW + LASTS)
    again = shares.make("library", 1, "ann", NOW)
    ended = shares.find(again, NOW)
    assert ended is not None
    shares.end(ended.id)
    shares.end("../../people")
    assert shares.find(again, NOW) is None
