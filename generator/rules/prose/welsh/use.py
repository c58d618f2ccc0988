"""Signs in Welsh of what the data is used for, what allows it, how long it is kept, and who decides: N04, N05, N10, N16."""

from __future__ import annotations

from generator.rules.prose.common import PERIOD_CY
from generator.rules.prose.signs import Table, sign
from generator.rules.prose.welsh.vocabulary import INFO

SIGNS: Table = {
    "N04": (
        sign(
            rf"\b(?:defnydd\w*|ddefnydd\w*|prosesu|brosesu|angen|hangen|casglu|gasglu|cadw|gadw|dal)\b.{{0,40}}\b{INFO}\b.{{0,80}}?"
            r"\b(?:i|er mwyn|ar gyfer|at ddibenion|fel y)\b \w+",
            unless=r"\b(?:nid ydym|ni fyddwn|peidiwch)\b|\bcadwch\b|\bcwcis\b|\ba'i ddefnydd|\bcyfyngu\b|\bgwyno\b|\bgwneud cwyn\b",
        ),
        sign(r"\bdiben(?:ion)? (?:y |ein |'r )?(?:prosesu|defnydd|casglu|hyn)"),
        sign(
            r"\w+ \w+", under=r"^pam\b|\bdiben(?:ion)?\b|\bsut (?:rydym|yr ydym|byddwn) yn defnyddio", unless=r"^pam:?$"
        ),
    ),
    "N05": (
        sign(
            r"\bs(?:ail|eiliau) (?:gyfreithiol|gyfreithlon)\b.{0,80}\b(?:tasg|dasg|cydsyniad|chydsyniad|caniatâd|chaniatâd|contract|deddf|ddeddf|erthygl"
            r"|rhwymedigaeth|cyfraith|gyfraith|budd)",
        ),
        sign(r"\berthygl 6 ?\(?1?\)? ?\(?[a-f]?\)?|\b6 ?\(1\) ?\([a-f]\)", unless=r"hawliau dynol|cyfansoddiad"),
        sign(
            r"\b(?:tasg|dasg|thasg) gyhoeddus\b|\brhwymedigaeth(?:au)? gyfreithiol\b|\bdyletswydd(?:au)? (?:gyfreithiol|statudol)\b"
        ),
        sign(
            r"\b(?:dibynnu ar|ddibynnu ar|sail yw|ein sail)\b.{0,20}\b(?:g?ch?ydsyniad|ch?aniatâd|cydsyniad|caniatâd|chydsyniad|chaniatâd)\b"
        ),
        sign(r"\bgyda(?:'ch| eich) (?:ch?aniatâd|cydsyniad)|\bgyda'ch (?:caniatâd|cydsyniad)", unless=r"\brhannu\b"),
        sign(
            r"\b(?:yn ôl|gan) y gyfraith\b|\by gyfraith yn (?:gofyn|mynnu|caniatáu)\b", unless=r"\brhannu\b|\boni bai\b"
        ),
        sign(
            r"\b(?:deddf|rheoliadau) .{3,80}\b\d{4}\b",
            about=r"\bgalluog\w*|\bein\b|\bni\b|\bdan\b",
            unless=r"diogelu data",
        ),
        sign(
            r"\w+",
            under=r"\bsail (?:gyfreithiol|gyfreithlon)|\by gyfraith\b",
            about=r"\b(?:deddf|erthygl|tasg|cydsyniad|caniatâd|contract|rhwymedigaeth)",
        ),
        sign(r"\bsail (?:gyfreithiol|gyfreithlon)\b", unsure=True),
    ),
    "N10": (
        sign(
            r"\b(?:cadw|gadw|cedwir|gedwir|cadwn|dileu|ddileu|dinistrio|dinistrir|ddinistrio|storio|dal|dilëir|gwaredu)\b",
            about=PERIOD_CY,
            near=rf"\b(?:{INFO}|luniau|lluniau|ffeil(?:iau)?|recordiad\w*|cais|gais|[uf]eil\w*)\b",
            unless=r"\b(?:bin|strydoedd|cŵn|llyfrau'n|eiddo|derbynneb|dderbynneb|ateb eich|cwrs)\b",
        ),
        sign(r"\b(?:dileu|ddileu)(?:'n| yn) syth\b", near=rf"\b{INFO}\b"),
        sign(r"\b(?:cadw|gadw)\b.{0,60}\b(?:tra|cyhyd ag y) (?:bod|bydd|bo) (?:gennych|eich)\b"),
        sign(r"\bh?amserlen(?:ni)? (?:gadw|cadw)\b|\bpolisi cadw\b"),
        sign(PERIOD_CY, under=r"\bam (?:ba hyd|faint)\b|\bcadw\b|\bgadw\b|\bcyfnod\b|\b(?:pa|ba) mor hir\b"),
        sign(r"\b(?:cyhyd|hyd) (?:ag|â|y) .{0,20}\b(?:angen|angenrheidiol)\b|\bcyhyd ag y bo angen", unsure=True),
    ),
    "N16": (
        sign(
            r"\b(?:b|ph)?enderfyniad\w*\b.{0,60}\b(?:awtomat\w*|[cg]h?yfrifiadur\w*)|\b(?:awtomat\w*|cyfrifiadur\w*)\b.{0,60}\b[bp]h?enderfyniad\w*|\b(?:p|b)roffilio\b"
        ),
        sign(
            r"\b[bp]h?enderfyniad\w*.{0,40}\bgan (?:berson|bobl|swyddog)\b|\bbenderfyniad\w*.{0,60}awtomat\w*|\bpenderfyniad\w*.{0,60}awtomat\w*"
        ),
    ),
}
