"""Which countries a text names: by their names in Unicode CLDR, and by those that the adequacy list gives besides. Pure."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from generator.law.entries import Adequate
from generator.law.statute_book import LAW

ALSO = {"Holland": "NL", "Eire": "IE", "Czech Republic": "CZ", "New Jersey": "US", "Korea, North": "KP", "UAE": "AE"}
"""Names that CLDR does not have."""
HOME = "GB"
_CODE = re.compile(r"[A-Z]{2}")


def named_in(text: str, *languages: str) -> list[tuple[str, str]]:
    """Each country that a text names, as (the name there, its ISO code); a group of countries by its first code."""
    names, pattern = _names(languages)
    return [(found[0], names[found[0].casefold()]) for found in pattern.finditer(text)]


@cache
def _names(languages: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """Codes by name, and a pattern that finds the longest name first."""
    names = {name.casefold(): code for name, code in ALSO.items()}
    for language in languages:
        territories = Locale.parse(language).territories
        names |= {str(name).casefold(): str(code) for code, name in territories.items() if _CODE.fullmatch(str(code))}
    for entry in LAW.entries:
        if isinstance(entry, Adequate):
            names |= {name.casefold(): entry.countries[0] for name in entry.names}
    ordered = sorted(names, key=len, reverse=True)
    return names, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.I)
