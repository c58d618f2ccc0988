"""Signs in English of how long the data is kept: N10."""

from __future__ import annotations

from generator.rules.prose.common import NUMBER_EN, PERIOD_EN
from generator.rules.prose.english.vocabulary import DATA
from generator.rules.prose.signs import Table, sign

_KEPT = (
    r"(?:keeps?|keeping|kept|holds?|held|retain\w*|stores?|stored|delet\w+|destroy\w*|eras\w+|wip\w+|dispos\w+|remov\w+|shred\w*"
    r"|archiv\w+|overwritten|recorded over|cleared|hold on to|(?:made )?anonym\w+|taken down|taken off|weeded|purged|thrown away|get rid of|forgets?|stays? (?:on|in|with)"
    r"|go(?:es)? to the shredder|comes? off|lasts?)"
)
_THINGS_KEPT = (
    r"(?:submissions|objections|evidence|proof|copies|documents|papers|query|case|register|account|membership"
    r"|declarations?|referrals?|assessments?|transcripts?)"
)
_NOT_DATA = (
    r"\b(?:lost property|bins?|streets?|parks?|tickets?|open|dry|pets?|dogs?|diary|gate|permit in|notices? of|allotment|receipts?|seats?|books?|prices?|roads?"
    r"|driver|windscreen|trolley|course|licence lasts)\b|\bnot yet decided\b|\bkeep (?:paths|the paths)|\bretained for review by you"
    r"|\b(?:respond|reply|answer|tell us|reach us)\w* within|\bcalled? back|\bheld the post\b|^(?:please )?keep\b|\b(?:reply|respond) to\b.{0,40}\bwithin\b|^if you (?:lose|lost)\b"
)
_AFTER_AN_EVENT = r"\b(?:as soon as|once|when|after|until) (?:\w+ ){1,6}(?:is|are|has|have|was|were) (?:over|finished|closed|ended|gone|gone by|passed|complete[d]?|done)\b|\b(?:once|after|when|until) (?:we|it|they|you) (?:has|have|had) (?:been )?\w+ed\b"
_ONE_PERIOD = rf"(?:{PERIOD_EN}|{_AFTER_AN_EVENT})"

SIGNS: Table = {
    "N10": (
        sign(
            rf"\b{_KEPT}\b",
            about=_ONE_PERIOD,
            near=rf"{DATA}|\b{_THINGS_KEPT}\b",
            unless=_NOT_DATA,
            before=3,
        ),
        sign(
            rf"\b(?:nothing|everything|no (?:data|information|recordings?)) (?:is|are|will be) (?:ever )?{_KEPT}\b",
            about=_ONE_PERIOD,
            unless=_NOT_DATA,
        ),
        sign(
            r"\b(?:data|information|details|address|name|number)\b.{0,30}\b(?:removed|deleted|erased)\b.{0,20}\b(?:when|once|if|as soon as) you (?:unsubscribe|leave|close|move|ask|stop)\b",
            unless=_NOT_DATA,
        ),
        sign(rf"\bthe period is {NUMBER_EN} (?:year|month|week|day)s?\b", near=rf"{DATA}|\bcases?\b"),
        sign(r"\bforgets? (?:what|which|who|you|your|all about)\b", about=_ONE_PERIOD),
        sign(
            r"\b(?:retention|disposal|records) (?:schedules?|polic(?:y|ies))\b|\bretention periods?\b.{0,30}\b(?:is|are|:)|\bretention (?:guidelines?|rules|table)\b"
            r"|\brecords management (?:code|schedule|polic(?:y|ies)|guidance)\b|\b(?:code of practice|toolkit|guidelines?|guidance|schedule|policy)\b.{0,40}\bhow long\b.{0,40}\b(?:records?|information|data|files?|details)\b",
            unless=r"\bno retention|^retention periods?:?$",
        ),
        sign(
            _ONE_PERIOD,
            under=r"\bhow long\b|\bretention\b|\bkept\b|\bkeep(?:ing)?\b|\bheld\b|\bdelete\b|\bstorage period\b|\bdestroy",
            unless=r"\b(?:respond|reply|answer)\w* within|\bdogs?\b|\bbins?\b",
        ),
        sign(
            rf"^[^:]{{3,80}}: {NUMBER_EN} (?:year|month|week|day)s?\W*$",
            under=r"\b(?:records?|forms?|files?|applications?|footage|recordings?|data|information)\b",
            unless=r"\b(?:reply|replies|answer|appeal|return|deadline|within)\b",
        ),
        sign(
            r"\d|\bclosure\b|\b(?:year|financial year|duration|length) plus\b|\bpermanent",
            under=r"\bretention\b|\bhow long\b",
            about=r"\b(?:year|month|week|day)s?\b|\+|\bpermanent",
        ),
        sign(
            r"\b(?:as|so|no|any) long(?:er)? (?:as|than)\b.{0,30}\b(?:necessary|needed|required|need|require)\b|\b(?:kept|held|retained|retain|keep)"
            r" in (?:accordance|line) with\b",
            unsure=True,
        ),
        sign(rf"\b(?:it|they|these) (?:is|are|will be) {_KEPT}\b", about=_ONE_PERIOD, unless=_NOT_DATA, unsure=True),
    ),
}
