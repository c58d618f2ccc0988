"""The signs of N01 to N16 in Welsh, with the mutations that the words take. docs/prose.md has their precision and recall."""

from __future__ import annotations

from collections.abc import Mapping

from generator.rules.prose.common import ADDRESS, PERIOD_CY, REACHED
from generator.rules.prose.signs import Kinds, Sign, kinds, sign
from generator.rules.prose.statements import WEB

_INFO = (
    r"(?:g?wybodaeth|ngwybodaeth|data|ddata|manylion|fanylion|cofnod\w*|gofnod\w*|enwau?|cyfeiriad|gyfeiriad|ceisiadau|ffurflenni?|ei|eu|caiff"
    r"|cânt|rhain|hi\b)"
)
_BODY = r"\b(?:g|ng)?nghyngor\b|\b[cg]yngor (?:(?:sir|tref|bwrdeistref|dinas|cymuned|dosbarth) )?(?!tref\b|sir\b|y\b|yn\b|hwn\b|ar\b)[a-z]{3,}"
_DPO = r"\bswyddog(?:ion)? diogelu data\b"
_ICO = r"\b(?:g|ch)?[cg]?omisiynydd gwybodaeth\b|\bcomisiwn gwybodaeth\b"

WELSH: Mapping[str, tuple[Sign | Kinds, ...]] = {
    "N01": (
        sign(r"\brheolydd(?:ion)? data\b", anywhere=REACHED, unless=r"\bnid\b.{0,20}\brheolydd"),
        sign(rf"(?<!gyda )(?<!â ){_BODY}", anywhere=REACHED),
        sign(r"\bgyfrifol am\b", about=_INFO, anywhere=REACHED),
        sign(_BODY, unsure=True),
    ),
    "N03": (
        sign(
            _DPO,
            near=rf"{ADDRESS}|{WEB}|\bcyfeiriad\b|\bysgrifenn",
            before=0,
            after=2,
            unless=r"\b(?:nid oes|heb)\b.{0,20}swyddog diogelu",
        ),
        sign(_DPO, unsure=True, unless=r"\b(?:nid oes|heb)\b.{0,20}swyddog diogelu"),
    ),
    "N04": (
        sign(
            rf"\b(?:defnydd\w*|ddefnydd\w*|prosesu|brosesu|angen|hangen|casglu|gasglu|cadw|gadw|dal)\b.{{0,40}}\b{_INFO}\b.{{0,80}}?"
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
    "N07": (
        kinds(
            r"\b(?:henw|enw|enwau|henwau|enw'r)\b",
            r"\b(?:cyfeiriad|gyfeiriad|chyfeiriad|cyfeiriadau|chyfeiriadau)\b(?! e-bost)",
            r"\b(?:rhif|rhifau) (?:ffôn|cyswllt)\b",
            r"\b(?:cyfeiriad|gyfeiriad|chyfeiriad) e-bost\b",
            r"\bdyddiad(?:au)? geni\b|\bddyddiad geni\b|\boedran\b",
            r"\bmanylion cyswllt\b",
            r"\bmanylion banc\b|\bincwm\b",
            r"\biechyd\b|\banabledd\b|\bcrefydd\b|\bethnig\w*",
            r"\bffoto\w*|\blluniau\b|\brhif yswiriant gwladol\b",
            says=r"\b(?:casglu|gasglu|cadw|gadw|dal|defnyddio|ddefnyddio|prosesu|rhoi|gofyn am|angen|cynnwys|daw)\b",
            under=r"\b(?:pa (?:wybodaeth|ddata)|beth|gwybodaeth|manylion|data)\b",
            unless=r"\b(?:nid ydym|ni fyddwn|cysylltwch|peidiwch|rhowch|ysgrifennu)\b|\bcaniatâd, a gallwch\b",
        ),
    ),
    "N08": (
        sign(
            rf"\b(?:rhannu|rannu|rhennir|datgelu|ddatgelu|trosglwyddo|pasio|rhoi)\b.{{0,30}}\b{_INFO}\b.{{0,40}}(?:\b(?:â|ag|gyda|gydag|i)\b|â'r|i'r) ?\w+",
            unless=r"\boni bai\b|\bheb (?:eich|ofyn)\b|\bmarchnata\b|\brhannu bin\b|\bfwrdd\b|\bbyddwch yn rhoi\b|\brhaid i chi\b|\bos na\b"
            r"|\b(?:rhoi trwydded|i ni|atoch|angen i chi)\b",
        ),
        sign(
            r"\b(?:nid ydym|ni fyddwn|nid ydyn ni)\b.{0,20}\b(?:rhannu|rhoi|datgelu|eu rhoi)\b.{0,30}\b(?:neb|unrhyw un)\b"
        ),
        sign(
            r"\w+",
            under=r"\bgyda phwy\b|\bpwy (?:sy'n|fydd yn) (?:cael|gweld)\b|\bderbynwyr\b|\brhannu (?:eich|gwybodaeth|â)\b",
            unless=r"^gyda phwy",
        ),
        sign(r"\brhannu\b.{0,20}\b(?:g?wybodaeth|data)\b", unsure=True),
    ),
    "N09": (
        sign(r"\by tu allan i'?r (?:du|deyrnas|ue|undeb|aee)\b|\b(?:gadael|adael) y deyrnas\b|\bgadael y du\b"),
        sign(r"\b(?:storio|cadw|gadw|aros|prosesu)\b.{0,30}\byn (?:y|yr) (?:du|deyrnas|aee|ue)\b|\byn y du a'r aee\b"),
        sign(
            r"\b(?:anfon|drosglwyddo|trosglwyddo|storio)\b.{0,40}\b(?:dramor|gwledydd eraill|gwlad arall)\b",
            about=_INFO,
        ),
    ),
    "N10": (
        sign(
            r"\b(?:cadw|gadw|cedwir|cadwn|dileu|ddileu|dinistrio|dinistrir|ddinistrio|storio|dal|dilëir|gwaredu)\b",
            about=PERIOD_CY,
            near=rf"\b{_INFO}\b",
            unless=r"\b(?:bin|strydoedd|cŵn|llyfrau'n|eiddo)\b",
        ),
        sign(r"\bamserlen (?:gadw|cadw)\b|\bpolisi cadw\b"),
        sign(PERIOD_CY, under=r"\bam ba hyd\b|\bcadw\b|\bcyfnod\b|\bpa mor hir\b"),
        sign(r"\b(?:cyhyd|hyd) (?:ag|â|y) .{0,20}\b(?:angen|angenrheidiol)\b|\bcyhyd ag y bo angen", unsure=True),
    ),
    "N11": (
        kinds(
            r"\b(?:gweld|weld|gael copi|copi o|mynediad|gyrchu|cyrchu)\b",
            r"\b(?:cywiro|gywiro|chywiro)\b",
            r"\b(?:dileu|ddileu|anghofio)\b",
            r"\b(?:cyfyngu|gyfyngu)\b",
            r"\b(?:gwrthwynebu|wrthwynebu)\b",
            r"\b(?:cludadwyedd|gludadwyedd|trosglwyddo eich)\b",
            says=r"\b(?:hawl|hawliau)\b|\bgallwch (?:ofyn|weld|wrthwynebu)\b",
            under=r"\b(?:eich )?hawliau\b|\bgallwch:$",
            unless=r"\bhawl i (?:fenthyg|gael (?:cadi|bin))\b",
        ),
        sign(r"\beich hawliau\b", unsure=True),
    ),
    "N12": (
        sign(
            r"\b(?:tynnu|dynnu|thynnu)\b.{0,40}\b(?:yn|'n) ?[ôo]l\b|\bdynnu'n ôl\b",
            about=r"\b(?:g?ch?ydsyniad|ch?aniatâd|cydsyniad|caniatâd|ei)\b",
        ),
        sign(r"\bdad-?danysgrifio\b"),
    ),
    "N13": (
        sign(
            _ICO,
            near=r"\b(?:cwyn\w*|gwyn\w*|chwyn\w*|fodlon|pryder\w*)\b|\b0\d{3}",
            unless=r"\bcofrestr\w*|\brhif cofrestru",
        ),
        sign(_ICO, unsure=True, unless=r"\bcofrestr\w*"),
    ),
    "N13b": (
        sign(
            r"\b(?:cwyno|gwyno|cwyn|gwyn|chwyn|gwneud cwyn)\b",
            about=r"\b(?:g?wybodaeth|data|preifatrwydd|swyddog diogelu)\b",
            unless=rf"{_ICO}|\bymchwilio\b",
        ),
        sign(
            r"\b(?:cysylltwch|ysgrifennwch|ffoniwch|defnyddiwch|dywedwch|llenwch)\b",
            under=r"\bcwyn|\bddim yn fodlon\b",
            unless=rf"{_ICO}|\bbin\b",
        ),
    ),
    "N14": (
        sign(
            r"\b(?:gennych(?: chi)?|oddi wrthych(?: chi)?|gan eich)\b",
            about=r"\b(?:casglu|gasglu|daw|derbyn|cael)\b",
            unless=r"\bgwastraff\b",
        ),
        sign(r"\bbyddwch yn (?:rhoi|dweud)\b.{0,80}\b(?:i ni|wrthym)\b", unless=r"\bos na\b|\brhaid\b"),
        sign(r"\w+", under=r"\bgan bwy\b|\bo ble\b|\bffynonellau?\b", unless=r"^(?:gan bwy|o ble)"),
    ),
    "N15": (
        sign(r"\bos na (?:fyddwch|roddwch|ddarparwch)\b.{0,80}\b(?:ni allwn|ni fyddwn|methu)\b"),
        sign(
            r"\b(?:rhaid|mae'n rhaid|mae angen|nid oes rhaid|does dim rhaid) i chi (?:roi|ddarparu|ateb|lenwi)\b",
            about=r"\b(?:g?wybodaeth|manylion|ffurflen|cwestiynau|hon)\b",
        ),
        sign(r"\b(?:gwirfoddol|wirfoddol|gorfodol|orfodol)\b", about=_INFO),
    ),
    "N16": (
        sign(
            r"\b(?:b|ph)?enderfyniad\w*\b.{0,60}\b(?:awtomat\w*|cyfrifiadur\w*)|\b(?:awtomat\w*|cyfrifiadur\w*)\b.{0,60}\b[bp]h?enderfyniad\w*|\bproffilio\b"
        ),
        sign(r"\bbenderfyniad\w*.{0,60}awtomat\w*|\bpenderfyniad\w*.{0,60}awtomat\w*"),
    ),
}
"""The signs of each requirement in the order in which they are looked for; `unsure` ones come last."""
