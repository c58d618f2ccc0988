"""Pieces of patterns that the signs of English and Welsh share: ways to reach somebody, numbers and periods."""

from __future__ import annotations

from generator.rules.prose.statements import MAIL, OFFICER_MAIL, WEB

PHONE = r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{2,4}"
POSTCODE = r"\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b"
ADDRESS = rf"{MAIL}|{OFFICER_MAIL}|{PHONE}|{POSTCODE}"
REACHED = rf"{ADDRESS}|{WEB}|(?:street|road|square|house|hall|lane|avenue|green|heol|stryd|room \d+)\b"
"""A way to reach somebody."""
NUMBER_EN = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty(?:[ -]five)?|thirty|fifty"
    r"|a hundred)"
)
PERIOD_EN = (
    rf"(?:\b{NUMBER_EN}(?: to \d+|-\d+)? (?:calendar |working |full |financial |further )?(?:hour|day|week|month|year)s?\b"
    r"|\b(?:for ever|forever|permanent(?:ly)?|indefinitely|overnight)\b|\bend of (?:the|each|every) "
    r"|\bfor good\b|\bin perpetuity\b|\bat once\b|(?<!since the )(?<!under the )(?<!over the )(?<!from the )\b(?:age of|reach(?:es)?|turns?|is|are|aged?) (?:\d+|[a-z]+teen|twenty[a-z-]*)\b(?! (?:is|was|days?|weeks?|months?|people|pounds))"
    r"|\b(?:when|once|after|until) (?:you|your|the|we|it|they)\b.{0,40}\b(?:close[sd]?|leaves?|left|ends?|ended|asks?|over|finish\w*|stop(?:ped)?|resolved|settled|completed?|concluded|decided)\b"
    r"|\bfor the (?:life|lifetime|duration|length|term) of\b"
    r"|\b(?:as|so) long as (?:you|your|they|it|the [a-z]+) (?:have|has|are|is|remains?|lasts?|holds?|stays?|use|keep)\b(?! (?:needed|necessary|required))"
    r"|\bbirthday\b|\buntil (?!(?:\w+ ){1,3}(?:is|are) no longer (?:needed|necessary|required))(?:you|the|we|your|they|he|she|it|\d)|\btill (?:you|the|we|your)|\b\w+ ends?\b.{0,3}$"
    r"|\b(?:closure|closed|end of \w+) ?\+ ?\d)"
)
PERIOD_CY = (
    r"(?:\b(?:\d+|un|dau|dwy|ddau|ddwy|tri|tair|dri|dair|pedwar|pedair|pum|pump|bum|chwe|chwech|saith|wyth|naw|deg|deng|ugain|hanner can)"
    r"(?: o)? (?:diwrnod|dydd|ddiwrnod|niwrnod|wythnos\w*|mis|fis|misoedd|blynedd|flynedd|mlynedd|blwyddyn|flwyddyn|oed)\b|\b(?:ar ôl|am) (?:mis|blwyddyn|wythnos|flwyddyn|fis)\b"
    r"|\bam byth\b|\bbarhaol\b|\bd?diwedd (?:y|yr) |\bddiwedd (?:y|yr) |\bnes (?:i|y|bydd)|\bhyd nes|\btan )"
)
