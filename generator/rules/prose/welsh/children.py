"""Signs in Welsh of what a notice for children or in easy read explains: A01 to A04."""

from __future__ import annotations

from generator.rules.prose.signs import Table, sign
from generator.rules.prose.welsh.vocabulary import ADULT

SIGNS: Table = {
    "A01": (
        sign(
            r"\b(?:defnyddio|ddefnyddio|angen|cadw)\b.{0,40}\b(?:eich (?:enw|atebion|llun|stori|manylion|gwybodaeth)|yr hyn (?:rydych|a)|dy enw|g?wybodaeth|ei ddweud)\b.{0,40}\b(?:i|i'ch|er mwyn|fel y|ar gyfer)\b"
        ),
        sign(
            r"\b(?:atebion|manylion|enw|gwybodaeth|stori)\b.{0,20}\byn (?:ein|eich) helpu\b|\b(?:beth sy'n digwydd (?:i|i'r|i'ch|gyda)|beth sy'n digwydd|sut (?:rydym|rydyn ni)|pam (?:rydym|rydyn ni))\b.{0,40}\b(?:wybodaeth|gwybodaeth|enw|atebion|yr hyn|i'r hyn|ei ddweud)\b"
        ),
    ),
    "A02": (
        sign(
            r"\b(?:gall\w*|helpu|am help|angen help)\b.{0,40}\b(?:chi|ni|helpu|ffoniwch|siarad)\b",
            unless=r"\byn (?:ein|eu) helpu\b|\brhaid\b",
        ),
        sign(
            r"\b(?:siaradwch â|gofynnwch|ffoniwch|ebostiwch|anfonwch neges|cysylltwch â ni|siarad â)\b",
            unless=r"\b(?:rydym|rydyn ni)(?:'n| yn) (?:siarad|gofyn)\b",
        ),
    ),
    "A03": (
        sign(
            r"\b(?:ddweud|dweud) (?:na|nad)\b|\bnewid eich meddwl\b|\bgofyn i ni (?:stopio|beidio|roi'r gorau)\b|\b(?:gwrthod|wrthod)\b"
        ),
        sign(
            r"\b(?:nid oes|does dim) (?:rhaid|angen)(?: i chi)? (?:ddweud|ateb|rhoi|roi|siarad|cymryd rhan|gymryd rhan)\b"
        ),
    ),
    "A04": (
        sign(
            rf"\b(?:g?ofyn\w*|siarad\w*|dweud|dywedwch|dangos\w*|gyda)\b.{{0,60}}\b{ADULT}\b|\b{ADULT}\b.{{0,30}}\b(?:helpu|esbonio|ddarllen|darllen)\b",
            unless=r"\b(?:rydym|rydyn ni|byddwn)(?:'n| yn) (?:siarad|gofyn|dweud|dangos|ei rannu|rhannu)\b|\bpeidiwch\b",
        ),
    ),
}
