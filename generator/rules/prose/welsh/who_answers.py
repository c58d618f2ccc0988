"""Signs in Welsh of who is responsible and whom to turn to: N01, N03, N13, N13b."""

from __future__ import annotations

from generator.rules.prose.common import ADDRESS, REACHED
from generator.rules.prose.signs import Table, sign
from generator.rules.prose.statements import WEB
from generator.rules.prose.welsh.vocabulary import BODY, DPO, ICO, INFO

SIGNS: Table = {
    "N01": (
        sign(r"\brheol(?:ydd|yddion|wr|wyr) data\b", anywhere=REACHED, unless=r"\bnid\b.{0,20}\brheol(?:ydd|wr)"),
        sign(rf"(?<!gyda )(?<!â ){BODY}", anywhere=REACHED),
        sign(r"\bgyfrifol am\b", about=INFO, anywhere=REACHED),
        sign(BODY, unsure=True),
    ),
    "N03": (
        sign(
            DPO,
            near=rf"{ADDRESS}|{WEB}|\bcyfeiriad\b|\bysgrifenn",
            before=0,
            after=2,
            unless=r"\b(?:nid oes|heb)\b.{0,20}swyddog diogelu",
        ),
        sign(DPO, unsure=True, unless=r"\b(?:nid oes|heb)\b.{0,20}swyddog diogelu"),
    ),
    "N13": (
        sign(
            ICO,
            near=r"\b(?:cwyn\w*|gwyn\w*|chwyn\w*|fodlon|pryder\w*)\b|\b0\d{3}",
            unless=r"\bcofrestr\w*|\brhif cofrestru",
        ),
        sign(ICO, unsure=True, unless=r"\bcofrestr\w*"),
    ),
    "N13b": (
        sign(
            r"\b(?:cwyno|gwyno|cwyn|gwyn|gŵyn|chwyn|gwneud cwyn|anhapus|bryder|pryder|bryderon|pryderon|pryderu|poeni|camddefnyddio|gamddefnyddio|camdrin)\b|\b(?:nad|nid) (?:ydych|ydw) (?:yn hapus|yn fodlon)\b",
            about=r"\b(?:g?wybodaeth|data|preifatrwydd|[mf]anylion|diogelu data|swyddog diogelu)\b",
            near=rf"\b(?:cysylltwch|ysgrifennwch|ffoniwch|defnyddiwch|dywedwch|llenwch|anfonwch|rhowch wybod|gallwch|gwneud cwyn|drwy|ffurflen|gyda ni|[cg]wyno i ni|hawl i gwyno)\b|{ADDRESS}",
            unless=rf"{ICO}|\bymchwilio\b|\bplentyn\b|\bni fyddwn yn\b",
        ),
        sign(
            r"\b(?:cysylltwch|ysgrifennwch|ffoniwch|defnyddiwch|dywedwch|llenwch)\b",
            under=r"\bcwyn|\bddim yn fodlon\b",
            unless=rf"{ICO}|\bbin\b",
        ),
    ),
}
