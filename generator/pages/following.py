"""The words of pages about a language that follows a version later: by which day and why, and what counts until then.
Pure."""

from __future__ import annotations

from generator.content.reserved_ids import CHOICE
from generator.pages.contexts import Behind, FollowingText
from generator.pages.language_site import Frames
from generator.versions import timeline
from generator.versions.timeline import History
from generator.versions.version import Version
from widget.manifest import Following


def following_texts(frames: Frames, version: Version) -> tuple[FollowingText, ...]:
    """The languages that a version does not have yet, as it says itself."""
    said = version.change.translations or ()
    return tuple(_text(frames, one) for one in said if one.language in frames.site.languages)


def behind(frames: Frames, version: Version, history: History) -> Behind | None:
    """For the newest text of a language that follows later, the version that counts; None for every other version."""
    current = frames.best(version.notice)
    if history.awaited is None or version != history.behind or current is None:
        return None
    address = f"{timeline.prefix(current.language, frames.site)}/{version.notice}/#{CHOICE}"
    return Behind(
        number=current.version,
        effective=current.effective,
        language=current.language,
        original=frames.words.name_of(current.language),
        follows=_text(frames, history.awaited),
        choice=address if current.consents else None,
    )


def _text(frames: Frames, one: Following) -> FollowingText:
    """In the words of that very language where the council gave such, on a page in it."""
    own = one.own_reason if one.language == frames.language else ""
    name = frames.words.name_of(one.language)
    return FollowingText(
        one.language, name, one.by, own or one.reason, None if own else frames.foreign(frames.site.language)
    )
