"""The outline of a notice's page: the sections and ids that `compose` makes, with generated words left blank. Pure.

For the rules, which have no words of templates/strings at hand. No id depends on one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.wording.compose import Composed, compose
from generator.wording.context import Setting
from generator.wording.inserts import Wording
from generator.wording.strings import Words


class _Blank(Words):
    """Words that say their own key, in any language."""

    def __call__(self, key: str, **values: object) -> str:
        return key

    def plural(self, key: str, count: int, shown: str = "") -> str:
        return key

    def full_date(self, day: date) -> str:
        return day.isoformat()

    def day_and_month(self, day: date) -> str:
        return day.isoformat()


def outline(notice: Notice, wording: Wording, site: SiteSource, notices: Mapping[tuple[str, str], Notice]) -> Composed:
    """The outline of a notice's page, among all the site's `notices` by (id, language)."""
    parent, languages = notice.facets.parent or "", (notice.language, site.language)
    known = any((parent, language) in notices for language in languages)
    setting = Setting(site, _Blank(notice.language, {}), date(2000, 1, 1), {parent: parent} if known else {})
    return compose(notice, wording, setting)
