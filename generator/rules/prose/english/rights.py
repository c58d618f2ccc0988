"""Signs in English of what people may ask for and take back: N11, N12."""

from __future__ import annotations

from generator.rules.prose.signs import Table, kinds, sign

_NOT_WITHDRAWN = (
    r"\b(?:not|never|cannot|can't|unable to) (?:be )?(?:withdr|revok|take|tak|cancel|change)|\bwithdraw (?:an|your|the) (?:application|offer|claim)|(?<!his or )\b(?:his|her|its) (?:consent|permission|agreement)\b"
    r"|\b(?:council|landlord|inspector|owner|committee|he|she|we) (?:can|may|will|could) (?:withdraw|cancel|revoke)\b|\bplanning\b|\bworks\b|\b(?:rules|conditions) are broken\b|\bstreets?\b|\btrees?\b|\blicen[cs]es?\b|\blabour\b|\bbuilding works\b|\blease\b|\bmarriage\b|\bby the inspector\b"
    r"|\b(?:bookings?|order|ticket|appointment|offer|extension)\b|\b(?:withdrawn|revoked|cancelled) by (?:the|an?|our) (?:council|landlord|inspector|committee|owner|authority)\b"
)
"""Consents of another kind, and those who take them back who are not the person."""

SIGNS: Table = {
    "N11": (
        kinds(
            r"\baccess\b|\bcop(?:y|ies) of\b|\b(?:get|have|receive|obtain|request|given) (?:a |your )?cop(?:y|ies)\b|\b(?:see|view) (?:your|the|their|what)\b|\bask (?:for|to see)\b|\brequest .{0,40}(?:data|information|copy)"
            r"|\b(?:ask|request) to see\b|^see\b",
            r"\bcorrect\w*\b|\brectif\w+|\b(?:put|putting|have|get) (?:\w+ ){0,3}(?:right|corrected|fixed)\b|\bamend(?:ed|ing)?\b|\bincorrect\b|\berrors?\b|\binaccura\w+|\bmistakes?\b",
            r"\beras(?:e|ed|ure|ing)\b|\bdelet(?:e|ed|ion)\b|\bforgotten\b",
            r"\brestrict\w*\b|\blimit (?:how|our|the|what)\b",
            r"\bobject\b|\bobjection\b|\b(?:ask|tell) us to stop\b|\bstop (?:us )?using\b",
            r"\bportab\w+|\btransferred to you\b|\btake (?:it|your data|them) away\b|\btake away your\b|\bmove your (?:data|information)\b",
            r"\b(?:be|being|to be) (?:told|informed)\b",
            says=r"\brights? (?:to|of)\b|\bentitled to\b|\b(?:you|data subjects?|individuals?|people|patients?|parents?|pupils?|anyone|everyone|everybody) (?:can|may|could)\b(?: also)?(?::| (?:ask|tell us to|request|object|access|correct|see|have|erase|delete))"
            r"|\brights? (?:include|are)\b|\bexercise\b.{0,20}\brights?\b|\bask us to (?:correct|delete|erase|stop|restrict)",
            under=r"\b(?:your|their|people's|data subject|information) rights\b|\brights:?$|\byou (?:can|may)(?: also)?:$|\brights? (?:to|include|are)\b"
            r"|\bwhat you can (?:do|ask)\b",
            unless=r"\bright to (?:buy|work|roam|refuse)\b|\brights? of (?:way|appeal|entry|reply)\b|\b(?:minutes|agenda|plans?|planning|proposals?)\b|\bcommissioner\b.{0,30}\bcan\b|\bcookies\b|\bdo not have (?:the |a )?rights?\b",
        ),
        sign(
            r"\byour (?:data protection |information |privacy )?rights\b|\brights over your\b|\bdata protection rights\b",
            unsure=True,
        ),
    ),
    "N12": (
        sign(
            r"\b(?:withdr[ae]w\w*|cancel\w*|remove|revok\w+|take(?:n|s)? (?:it |that |this )?(?:back|away)|taking (?:it )?back|end|undo)\b.{0,60}\b(?:consents?|permission|agreement|agreed|it|this)\b"
            r"|\b(?:consents?|permission|agreement|agreed|said yes)\b.{0,90}\b(?:remove it|tell us to stop|ask us to stop|withdr[ae]w\w*|revok\w+|taken? (?:it |that |this )?(?:back|away)|cancel\w*|cancelled)\b",
            about=r"\b(?:consents?|permission|agreement|agreed|said yes)\b",
            unless=_NOT_WITHDRAWN,
        ),
        sign(
            r"\b(?:stop|stops) (?:the|these|our|getting|receiving) ?(?:e-?mails|messages|texts|letters|newsletters?)\b|\bto stop (?:receiving|getting)\b"
            r"|\b(?:removed?|taken?|take your (?:name|details)) (?:you |your (?:name|details) )?(?:from|off) (?:the|our|this|any) (?:\w+ )?list\b"
            r"|\bsay (?:no|stop) at any time\b|\bno longer (?:agree|consent|happy (?:with|for)|wish us to (?:use|keep|contact)|want us to (?:use|keep|contact)|wish to (?:receive|hear|get)|want to (?:receive|hear|get))\b"
            r"|\bno longer (?:require|want|need)\b.{0,20}\b(?:marketing|messages?|e-?mails?|texts?|newsletters?|communications?|mailings?)\b"
            r"|\b(?:link|button|option|way)\b.{0,20}\bunsubscrib\w+|\b(?:can|may|to|could) unsubscribe\b|\bunsubscribe (?:link|button|at any)\b|\b(?:click|press|choose|use|select) (?:on )?[\"']?unsubscribe\b|\b(?:every|each|any)\b.{0,40}\bunsubscribe\b"
            r"|\b(?:can|may|to|could|wish to|want to|by) opt(?:ing)? out\b|\brather not hear\b|\bprefer not to hear\b|\bwant (?:your|the) (?:details|name|story|photo\w*|picture|data) (?:taken|removed|deleted)\b|\bask us\b.{0,30}\bto stop (?:using|sending|sharing)\b"
            r"|\bsay stop\b|\btake (?:your|the) (?:story|photo\w*|picture|name)\b.{0,10}\bdown\b",
            unless=rf"{_NOT_WITHDRAWN}|\b(?:bus|train|strangers)\b|\bobject\b|\buntil you unsubscribe\b",
        ),
        sign(
            r"\bwithdraw from the (?:\w+ )?(?:study|research|survey|trial|project|programme|scheme)\b",
            about=r"\b(?:consents?|information|data|details|answers)\b",
            unless=_NOT_WITHDRAWN,
        ),
        sign(
            r"\bchang(?:e|ed|ing) (?:your|their) minds?\b",
            about=r"\b(?:consents?|permission|agreed|said yes|information|details|photo\w*|data)\b|\?.{0,3}$|\b(?:tell us|let us know|stop|remove)\b|\bat any time\b",
            unless=r"\b(?:book|appointment|booking|order|course|seat)s?\b",
        ),
        sign(
            r"\bchang(?:e|ed|ing) (?:your|their) (?:decision|choice|preferences?)\b",
            near=r"\b(?:consents?|permission|shar\w+|information|data|records?|messages|contact(?:ed)?)\b",
            unless=_NOT_WITHDRAWN,
        ),
        sign(
            r"\b(?:let us know|tell us|contact us)\b.{0,40}\b(?:will|we'll|can) (?:stop|remove|delete|take)\b",
            near=r"\b(?:consents?|permission|agreed|saying yes|said yes)\b",
        ),
        sign(
            r"\w+",
            under=r"\bhow (?:do|can) (?:i|you) (?:withdraw|take back|cancel|change)\b.{0,30}\b(?:consent|permission|mind)\b|^(?:withdrawing|taking back) (?:your )?(?:consent|permission)",
            unless=r"^how .*\?$",
        ),
        sign(
            r"\bstop us (?:\w+ )?(?:using|sharing)\b.{0,80}\b(?:agreed|said that we could|consent|permission)\b|\btake (?:your|the|that) (?:consent|permission|agreement) (?:back|away)\b",
            unless=_NOT_WITHDRAWN,
        ),
        sign(r"\bchange your mind\b|\bwithdraw at any time\b", unsure=True, unless=r"\b(?:book|booking|order)s?\b"),
    ),
}
