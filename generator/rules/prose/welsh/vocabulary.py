"""Words that the Welsh signs share, with the mutations that they take."""

from __future__ import annotations

INFO = (
    r"(?:g?wybodaeth|ngwybodaeth|data|ddata|manylion|fanylion|cofnod\w*|gofnod\w*|enwau?|cyfeiriad|gyfeiriad|ceisiadau|ffurflenni?|ei|eu|caiff"
    r"|cânt|rhain|hi\b)"
)
BODY = r"\b(?:g|ng)?nghyngor\b|\b[cg]yngor (?:(?:sir|tref|bwrdeistref|dinas|cymuned|dosbarth) )?(?!tref\b|sir\b|y\b|yn\b|hwn\b|ar\b)[a-z]{3,}"
DPO = r"\bswyddog(?:ion)? diogelu data\b"
ICO = r"\b(?:g|ch)?[cg]?omisiynydd gwybodaeth\b|\bcomisiwn gwybodaeth\b"

COUNTRY = r"iwerddon|unol daleithiau|yr almaen|ffrainc|iseldiroedd|india|canada|awstralia|undeb ewropeaidd"
GIVE = r"(?:roi|rhoi|ddarparu|darparu|ateb|lenwi|llenwi|ddweud|dweud)"
GIVEN = rf"\b(?:{INFO}|ffurflen|cwestiynau|cwestiwn|hon|crefydd|oedran|enw)\b"
LACKING = r"\b(?:os na (?:fyddwch|roddwch|rowch|ddarparwch|chawn|fyddwn yn cael|ddywedwch)|os (?:byddwch yn dewis|dewiswch) (?:peidio|beidio)|heb (?:yr?|eich) (?:g?wybodaeth|manylion|data|enw|cyfeiriad))\b"
"""Consequences of lacking data."""
ADULT = r"(?:oedolyn|rhieni|rhiant|gofalwr|athro|athrawes|mam|nyrs|gweithiwr cymdeithasol|rhywun rydych(?: chi)?(?:'n)? yn ymddiried)"
