"""Signs in Welsh of who gets the data, and where: N08, N09."""

from __future__ import annotations

from generator.rules.prose.signs import Table, sign
from generator.rules.prose.welsh.bodies import RECIPIENT
from generator.rules.prose.welsh.vocabulary import COUNTRY, INFO

_SHARES = (
    r"\b(?:rh?annu|rh?ennir|rh?annwn|rh?annwyd|dd?atgelu|dd?atgelir|dd?atgelwn|(?:t|d|th)rosglwyddo|(?:t|d|th)rosglwyddir|(?:t|d|th)rosglwyddwn|h?anfon(?:ir|wn)?|rh?oi|rh?oddir|rhown|rown|(?:p|b|ph)asio|(?:p|b|ph)esir|dd?arparu|dd?arperir"
    r"|(?:c|g|ch)yflwyn(?:o|ir)|h?adrodd(?:ir)?|(?:c|g|ch)yfnewid|g?werth(?:u|ir)|dd?angos|h?ysbys(?:u|ir)|mynd|fynd|rh?yddhau|rh?yddheir)\b"
)
_NOT_SHARED = (
    r"\boni bai\b|\bheb (?:eich|ofyn)\b|\bmarchnata\b|\bos na\b|\b(?:i ni|inni|atom|wrthym|gennym|â ni)\b|\b(?:gallwch|cewch|gallech|rhaid i chi|byddwch|dylech|gofyn i ni|ofyn i ni|hawl|pryderu|anhapus)\b"
    r"|^(?:rhannwch|rhowch|anfonwch|peidiwch|dywedwch)\b|\barferion da\b|\bgyda phwy\b|\bcaniatâd\b|\byn ddiogel\b"
)

SIGNS: Table = {
    "N08": (
        sign(
            rf"\b(?:rhannu|rannu|rhennir|datgelu|ddatgelu|trosglwyddo|pasio|rhoi)\b.{{0,30}}\b{INFO}\b.{{0,40}}(?:\b(?:â|ag|gyda|gydag|i)\b|â'r|i'r) ?\w+",
            unless=r"\boni bai\b|\bheb (?:eich|ofyn)\b|\bmarchnata\b|\brhannu bin\b|\bfwrdd\b|\bbyddwch yn rhoi\b|\brhaid i chi\b|\bos na\b"
            r"|\b(?:rhoi trwydded|i ni|atoch|angen i chi)\b",
        ),
        sign(
            r"\b(?:g?wybodaeth|data|manylion|cofnodion)\b.{0,50}\b(?:rhannu|rannu|datgelu|ddatgelu|trosglwyddo|drosglwyddo|anfon|hanfon)\b ?(?:(?:â|ag|gyda|gydag|i|at)\b|â'r|i'r|at y) ?\w+",
            unless=r"\boni bai\b|\bheb (?:eich|ofyn)\b|\bmarchnata\b|\bos na\b|\b(?:i ni|atom|atoch|i chi|nid ydym|ni fyddwn)\b",
        ),
        sign(
            r"\b(?:nid ydym|ni fyddwn|nid ydyn ni)\b.{0,20}\b(?:rhannu|rhoi|datgelu|eu rhoi)\b.{0,30}\b(?:neb|unrhyw un)\b"
        ),
        sign(
            r"\w+",
            under=r"\bgyda phwy\b|\bpwy (?:sy'n|fydd yn) (?:cael|gweld)\b|\bderbynwyr\b|\brhannu (?:eich|gwybodaeth|â)\b",
            unless=r"^gyda phwy",
        ),
        sign(
            rf"{_SHARES}.{{0,90}}?(?:\b(?:â|ag|gyda|gydag|i|at|rhwng|ymysg)\b|\b[âi]['r]?[rn]?\b).{{0,60}}?{RECIPIENT}",
            about=r"\b(?:g?wybodaeth|ngwybodaeth|d?data|[mf]anylion|[cg]ofnod\w*|eich|amdanoch|disgyblion|cleifion|canlyniadau|delweddau|atebion|cais|gais|h?enwau?)\b",
            unless=_NOT_SHARED,
        ),
        sign(
            r"\b(?:nid?|na|nac|ddim)\b.{0,60}\b(?:neb|unrhyw un|unrhyw gorff|unrhyw sefydliad|unrhyw (?:d|dd)rydydd|trydydd|drydydd|neb arall|y tu allan)\b",
            about=rf"{_SHARES}|\b(?:g?weld|cael|gael|derbyn|dderbyn|mynediad|darllen|ddarllen|gael gafael)\b",
            unless=r"\boni bai\b|\bmarchnata\b|\bheb\b|^peidiwch\b|\bcyfrinair\b|\btalu\b",
        ),
        sign(
            rf"{RECIPIENT}.{{0,80}}?\b(?:ar (?:ein|eu) rhan|ar ran y|yn unol â'n cyfarwyddiadau|o dan ein cyfarwyddyd)\b|{RECIPIENT}.{{0,40}}?\b(?:yn |sy'n )?(?:storio|cadw|prosesu|lletya|cynnal) (?:eich|y|yr|ein) (?:{INFO})\b"
            rf"|\bar (?:ein|eu) rhan\b.{{0,40}}?{RECIPIENT}",
            about=rf"\b(?:{INFO}|eich)\b",
            unless=_NOT_SHARED,
        ),
        sign(
            rf"{RECIPIENT}.{{0,40}}?\b(?:g?weld|mynediad|[cg]ael|derbyn|dderbyn|edrych)\b|\bmynediad\b.{{0,60}}?{RECIPIENT}",
            about=rf"\b(?:gall|gallai|caiff|bydd|fydd|cânt|gael|yn|sydd)\b.*\b(?:{INFO}|eich)\b|\b(?:{INFO}|eich)\b.*\b(?:gall|gallai|caiff|bydd|cânt|gael|yn|sydd)\b",
            unless=_NOT_SHARED + r"|\bgan\b.{0,30}$",
        ),
        sign(
            r"\bbyth yn (?:cael eu |cael ei )?(?:gwerthu|werthu|rhannu|pasio)\b|\byn aros (?:o fewn|gyda'r) (?:y )?cyngor\b",
            unless=r"\boni bai\b",
        ),
        sign(
            r"\w+",
            under=r"\bpwy (?:arall )?(?:sy|sydd|fydd|gaiff|all|a all|fydd yn|sy'n)\b|\brhennir (?:â|gyda)\b|\b(?:ei|eu|chi) rhannu\b",
            about=RECIPIENT,
            unless=r"\?\W*$",
        ),
        sign(r"\brhannu\b.{0,20}\b(?:g?wybodaeth|data)\b", unsure=True),
    ),
    "N09": (
        sign(
            r"\by tu allan i'?r (?:du|deyrnas|ue|undeb|aee|ardal economaidd)\b|\b(?:gadael|adael) y deyrnas\b|\bgadael y du\b",
            unless=r"\bteithio\b|\bpasbort\b",
        ),
        sign(r"\b(?:storio|cadw|gadw|cedwir)\b.{0,40}\byng nghymru\b|\bgweinyddion ein hunain\b"),
        sign(
            r"\b(?:storio|cadw|gadw|aros|prosesu|gweinydd\w*|weinydd\w*)\b.{0,40}\byn (?:y|yr) (?:du|deyrnas|aee|ue|undeb)\b|\byn y du a'r aee\b"
        ),
        sign(
            r"\b(?:anfon|hanfon|drosglwyddo|trosglwyddo|throsglwyddo|storio|prosesu|mynd|fynd)\b.{0,40}\b(?:dramor|gwledydd eraill|wledydd eraill|gwlad arall|wlad arall)\b",
            about=rf"\b{INFO}\b",
            unless=r"\bymwelwyr\b",
        ),
        sign(
            rf"\b(?:cyflenwr|gyflenwr|gweinydd\w*|weinydd\w*|data|g?wybodaeth|cwmni|gwmni)\b.{{0,60}}\b(?:{COUNTRY})\b",
            unless=r"\bgefeilldref\b|\bymwelwyr\b",
        ),
        sign(
            r"\w+",
            under=r"\b(?:trosglwyddiad\w*|trosglwyddo|drosglwyddo) (?:data )?(?:dramor|rhyngwladol)|\bdramor\b|\bgwledydd eraill\b|\by tu allan i'r (?:du|deyrnas)",
        ),
    ),
}
