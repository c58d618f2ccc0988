"""Signs in English of who gets the data, and where: N08, N09."""

from __future__ import annotations

from generator.rules.prose.english.bodies import BODY
from generator.rules.prose.english.vocabulary import DATA, INFO, SOMEBODYS, THING, WHOSE
from generator.rules.prose.signs import Table, sign

_HERE = r"(?:uk|united kingdom|eea|eu|european (?:union|economic area)|britain|great britain|england|wales|scotland|northern ireland|this (?:country|county)|the count(?:y|ry))"
_COUNTRY = (
    r"(?:united states|usa|us|america|india|ireland|canada|germany|netherlands|france|australia|spain|sweden|denmark|norway|finland|belgium|switzerland"
    r"|japan|singapore|israel|new zealand|philippines|south africa|poland|europe)"
)
_ABROAD = r"(?:abroad|overseas|another country|(?:any )?other countr(?:y|ies)|(?:a )?foreign countr(?:y|ies)|outside this country|out of (?:the|this) country)"
_SHARES = (
    r"\b(?:shar(?:e[sd]?|ing)|pass(?:e[sd]|ing)?|disclos(?:e[sd]?|ing)|sen[dt]s?|sending|suppl(?:y|ies|ied|ying)|giv(?:e[ns]?|ing)|releas(?:e[sd]?|ing)|report(?:s|ed|ing)?"
    r"|hand(?:s|ed|ing)?(?: over)?|forward(?:s|ed|ing)?|transfer(?:s|red|ring)?|transmit(?:s|ted)?|exchang(?:e[sd]?|ing)|notif(?:y|ied|ies)|refer(?:s|red)?|provid(?:e[sd]?|ing)"
    r"|submit(?:s|ted)?|ma[dk]e available|go(?:es)?|upload(?:ed)?|cop(?:y|ied)|shown?|reveal(?:ed)?|return(?:s|ed)?|swap(?:ped)?|tell|told)\b"
)
_NOT_SHARED = (
    r"\bunless\b|\bwithout (?:your )?(?:consent|permission|asking|agreement)|\bthird part(?:y|ies) for marketing|\b(?:you|parents|applicants|residents) (?:can|may|should|must|could|will need to|need to|have to|wish)\b"
    r"|\bif (?:you|your child) (?!ask|do not ask)|\bplease\b|\b(?:right|encrypted|securely?|complain\w*|unhappy)\b|\b(?:to|with) (?:us|the council|our)\b.{0,20}$|^(?:share|send|give|pass|report|return|tell|provide)\b"
    r"|\b(?:how|whether|when|with whom|who) we share\b|\bask(?:ing)? us to\b|\bgood practice\b|\btransferred to (?:you|another)\b|\bwhere (?:we are |the law |it is )?(?:required|requires|legally)\b"
)
"""Other statements that hold the words of sharing: a condition, a request to the reader, a right, a source."""
_ONLY_HERE = (
    r"\b(?:nobody|no one|no-one|none|neither|no (?:other|third|outside|external) \w+)\b.{0,40}\b(?:sees?|seen|gets?|receives?|access|told|shared?|given|passed|reads?|views?|looks?)\b"
    r"|\b(?:never|not|n't|nor)\b.{0,15}\b(?:sold|passed on|handed on|shared?|disclosed?|given out|given away|sell|pass on|leave[s]?|released?|made available)\b.{0,40}(?:\bor\b|\bto any|\bwith any|\boutside\b|\bbeyond\b|\bto others?\b|\bwith others?\b|\belsewhere\b|\bthird part|\bother (?:organi|bod|part)|\b(?:by|to) anyone)"
    r"|\b(?:stays?|remains?|kept|keep|used) (?:\w+ ){0,2}(?:within|inside|only by|solely by|between you and)\b (?:the|our|this|us)\b"
    r"|\bno (?:personal )?(?:data|information|details)\b.{0,20}\b(?:shared|disclosed|passed|leaves?)\b|\bno recipients\b|\bdo(?:es)? not (?:routinely )?share\b.{0,40}\b(?:outside|beyond|third part|other organi|externally|anyone)"
)
"""That nobody gets it."""
_ON_OUR_BEHALF = r"\b(?:on|under|following) (?:our|the council's|the school's|the trust's) (?:behalf|instructions?|orders)\b|\bon behalf of (?:the|our|us)\b|\b(?:for|behalf of) us\b"
_OTHERS_WORK = r"\b(?:process(?:es|ed|ing)?|stor(?:e[sd]?|ing)|host(?:s|ed|ing)?|h[eo]lds?|handl(?:e[sd]?|ing)|collect(?:s|ed)?|runs?|carr(?:y|ies) out|provid(?:e[sd]?|ing)|deliver(?:s|ed|ing)?|manag(?:e[sd]?|ing)|print(?:s|ed|ing)?|deal[s]? with|work|act)\b"

SIGNS: Table = {
    "N08": (
        sign(
            rf"\bshar(?:e|es|ed|ing) {WHOSE}(?:{THING}|it|them|this|these|that)\b.{{0,60}}\b(?:with|to)\b \w+",
            unless=r"\bthird part(?:y|ies) for marketing|\bwithout (?:your )?(?:consent|permission|asking|agreement)|\bunless\b"
            r"|\bwhere (?:we are |the law |it is )?(?:required|requires|legally)|\bwith (?:your )?neighbour|\bfamily and friends online|\bshare this (?:page|story|post)\b",
        ),
        sign(
            rf"{INFO}.{{0,50}}\b(?:shared|disclosed|released|supplied|passed|given|sent|made available|provided) (?:on )?(?:only )?"
            r"(?:to|with)\b (?!you\b|us\b|another provider)\w+",
            unless=r"\bthird part(?:y|ies) for marketing|\bwithout (?:your )?(?:consent|permission|asking|agreement)|\bunless\b|\bif you\b"
            r"|\btransferred to you|\bwhere (?:we are )?required",
        ),
        sign(
            rf"\b(?:not|never|n't|nor) (?:share|pass|give|disclose|sell|show|release|tell)(?: on)? {WHOSE}(?:{THING}|it|them|this)\b"
            r".{0,30}\b(?:to|with) (?:anyone|anybody|any other|others|any|no one)|\b(?:shared?|passed|given|shown) (?:it |on )?(?:with|to)"
            r" (?:nobody|no one|none)\b",
            unless=r"\bfor marketing|\bwithout\b|\bunless\b|\bexcept\b",
        ),
        sign(
            rf"\b(?:we|council|authority|team|will|may|also|can|must|to)\b.{{0,30}}\b(?:disclose|pass|send|give|supply|provide|forward|release)\b"
            rf"(?: on)? {WHOSE}(?:{THING}|it|them|this)\b.{{0,60}}\bto (?!you\b|us\b|them\b)\w+",
            unless=r"\b(?:not|never|n't) (?:pass|give|send|disclose|supply)|\bunless\b|\byou (?:must|need|have to|may|can|will|give|provide|do not)\b"
            r"|\bcannot\b|\bright\b",
        ),
        sign(
            r"\b(?:gets?|receives?|have|has|given|sees?|sent) (?:only )?(?:(?:a|your|their) )?(?:cop(?:y|ies)|first name|details)\b"
            r"|\bonly\b.{0,60}\b(?:can|may|will) (?:see|have|get|receive)\b|\b(?:seen|viewed|accessed) (?:only )?by\b"
            r"|\b(?:auditors?|police|bank|contractors?|suppliers?|printers?|compan(?:y|ies)|courts?|insurers?|inspectors?|driver|volunteers)\b.{0,40}"
            r"\b(?:looks? at|sees?|handles?|can ask (?:us )?for|can see)\b"
            r"|\b(?:nobody|no one)\b.{0,40}\b(?:sees?|gets?|receives?|access)\b"
            r"|\b(?:published|available|displayed|appears?)\b.{0,20}\b(?:on (?:our|the) (?:website|internet)|to anyone|to the (?:public|external|auditor))"
            r"|\bgo(?:es)? to (?:the|our)\b|\bmade available to\b|\b(?:is|are|be) (?:also )?(?:visible|accessible|shown|open|available) to\b(?! (?:you|us|all|every\w*|any\w*|residents|members of|visitors|people|the public|download|read|view)\b)"
            r"|\b(?:staff|professionals?|officers|partners|organisations?|agencies|hospitals?|doctors|nurses|providers?)\b.{0,30}\b(?:can|may|will|are able to) (?:only )?(?:see|view|access|look at)\b.{0,10}\b(?:your|their|the|these) (?:\w+ ){0,2}(?:records?|data|information|details|files?)\b"
            r"|\baccess to (?:your|their|personal|the|this|these) (?:\w+ )?(?:data|information|records?|details|files?)\b.{0,20}\b(?:limited|restricted|given|granted|confined) to\b"
            r"|\b(?:names?|data|information|details|records)\b.{0,40}\b(?:is|are|be|being) (?:\w+ )?(?:submitted|forwarded|transmitted|reported|exported) to\b(?! (?:you|us|our|this|the council|the school)\b)",
            about=r"\b(?:cop(?:y|ies)|records?|files?|names?|address|number|information|data|details|register|comments|applications|footage|it|entries)\b",
            unless=r"\bhave a copy of (?:your|the) (?:information|data|file)|\byou (?:can|may|have|will) (?:have|get|see|ask)|\bright\b|request a copy"
            r"|\bautomated|\bbook",
        ),
        sign(
            r"\w+",
            under=r"\bwho\b.{0,25}\b(?:shar\w+|sees?|gets?|receives?|has access|have access|tell|give)\b.{0,30}$|^recipients?\b"
            r"|\bshar(?:e|ing|ed) (?:your |of |with\b|it\b|the |personal )|^sharing$|\bdisclos\w+\b"
            r"|\b(?:give|pass|send) (?:it|them|your information) to anyone\b",
            unless=r"^(?:recipients?|sharing|shared with|who gets it|who we share with|who sees it)\W*$|^we (?:share|lend) a\b",
        ),
        sign(
            rf"{_SHARES}.{{0,80}}?\b(?:to|with|between|by)\b.{{0,60}}?{BODY}",
            about=SOMEBODYS,
            unless=_NOT_SHARED
            + r"|\b(?:gives?|sends?|provides?|suppl(?:y|ies)|passe?s?|tells?|shares?) us\b|\b(?:given|sent|provided|supplied|passed|told|notified|reported|disclosed|shared)(?: to us)? by\b",
        ),
        sign(
            rf"{BODY}.{{0,40}}?\b(?:can|may|will|might|could|must|are|is|also|sometimes)\b.{{0,30}}?\b(?:see|view|access|look at|inspect|be given|be told|be sent|be shown|be informed|be notified|be asked to help|receive|get|ask us for|given access|sent|shown|able to see)\b",
            about=SOMEBODYS,
            unless=_NOT_SHARED + r"|\b(?:see|view) (?:our|the) (?:website|page)|\breceive (?:training|a letter)\b",
        ),
        sign(
            rf"\b(?:suppl\w+|provid\w+|runs?|hosts?|hosted|us(?:e|ed|ing)|employ|work with|appoint|engage|pay)\b.{{0,60}}?{BODY}.{{0,80}}?(?:{_ON_OUR_BEHALF}|\bhosts?\b|\bstores?\b|\bholds? (?:your|the|this|it)\b|\bprocess(?:es)? (?:your|the|this|it)\b)"
            rf"|{BODY}.{{0,40}}?{_OTHERS_WORK}.{{0,60}}?{_ON_OUR_BEHALF}|{_OTHERS_WORK}.{{0,60}}?{_ON_OUR_BEHALF}.{{0,40}}?{BODY}|{BODY}.{{0,80}}?\b(?:only )?(?:on|under|to) our instructions\b",
            about=SOMEBODYS,
            unless=_NOT_SHARED,
        ),
        sign(
            _ONLY_HERE,
            about=rf"{SOMEBODYS}|{DATA}",
            unless=r"\bunless\b|\bexcept\b|\bfor marketing|\bwithout\b|\bpassword\b|\byou (?:should|must)\b|^(?:never|do not|don't)\b",
        ),
        sign(
            rf"\baccess\b.{{0,60}}?\b(?:to|by|for|of|include[sd]?|only)\b.{{0,40}}?(?:{BODY}|\b(?:staff|team|officers?|employees|clinicians) (?:who|caring|treating|that|involved|dealing|working)\b)",
            about=rf"{DATA}|{SOMEBODYS}",
            unless=_NOT_SHARED
            + r"|\baccess to (?:a |the )?(?:"
            + r"doctors?|services?|schools?|gps?|hospitals?)\b|\b(?:you|your) (?:have|get)? ?access\b|\baccess (?:request|our)",
        ),
        sign(
            r"\b(?:recipients?|partners|organisations|bodies|agencies|people|third parties|those) (?:with|to|of|that|who|which|we)\b.{0,30}\b(?:exchange|share|disclose|send|pass|data|information|receive|get|see)\b.{0,40}(?::|\b(?:include|are|is)\b) \w+",
            unless=r"\b(?:see|listed|below|above|explained|set out|in our)\b",
        ),
        sign(
            r"\w+",
            under=r"\bwho (?:else )?(?:can |may |might |could |will |we )?(?:also )?(?:sees?|has|have|gets?|receives?|knows?|uses?|be told|tell)\b.{0,25}$|^(?:data )?(?:shared|disclosed|passed|given|sent|goes) (?:with|to)\b|\bwho (?:your |the |this |it )?.{0,25}(?:shared with|goes to|passed to|given to)\b",
            about=BODY,
            unless=r"\?\W*$|\bright\b",
        ),
        sign(
            r"\bshar(?:e|ed|ing)\b.{0,60}\b(?:information|data|details|it|them)\b|\b(?:information|data|details|it|them)\b.{0,40}\bshared\b"
            r"|\bnot (?:passed|shared|given) (?:on|to)\b|\bpass(?:ed)? on unless\b|\bdisclose\b",
            unsure=True,
            unless=r"\bshare (?:a|the|your views|this page)\b",
        ),
    ),
    "N09": (
        sign(
            r"\b(?:outside (?:of )?|leav\w+ |out of )(?:the (?:uk|united kingdom|eu|eea|european|country)|this country|these shores)\b|\bleaves? the country\b|\bthird countr(?:y|ies)\b"
            r"|\binternational organisation\b",
            about=rf"{INFO}|\b(?:transfers?|transferred|sent|stored?|processed?|held|leaves?|supplier|nothing|tell us)\b",
            unless=r"\btourists?\b|\bvisit\w* from\b|\btravel|\bpassengers?\b|\bpassports?\b|\bstudents?\b|\bif you (?:move|live|go)",
        ),
        sign(
            rf"\b(?:store[ds]?|storing|held|holds?|kept|stays?|servers?|hosted|processed|processing|remains?|located|keep|takes? place)\b.{{0,40}}\b(?:in|within|inside) (?:\w+, )?(?:in )?(?:the )?"
            rf"(?:republic of )?(?:{_HERE}|{_COUNTRY})\b|\bour own (?:computers?|servers?)\b",
            about=r"\b(?:information|data|details|it|they|everything|records?|servers?|footage|recordings|files|systems?|processing|processor|copies)\b",
            unless=r"\bevents?\b|\bmeetings?\b|\bcourses?\b",
        ),
        sign(
            rf"\b(?:sent|send|transfer\w*|store[ds]?|process\w*|go(?:es)?|going|moved?|held|passed?|kept|shared?|viewed|seen|accessed)\b.{{0,70}}\b(?:{_ABROAD})\b",
            about=rf"{INFO}",
            unless=r"\btourists?\b|\bgoods\b|\bif you (?:move|live|go)|\btenancy\b|\bpassengers?\b|\bchildren who\b|\bpeople who\b",
        ),
        sign(
            rf"\b(?:transfer\w*|go|goes|sent|processed|transferred|viewed|accessed|provided|hosted|run)\b.{{0,60}}\b(?:to|in|from) (?:\w+ ){{0,3}}?(?:the )?(?:{_COUNTRY})\b"
            rf"|\b(?:company|supplier|servers?|provider|firm|data|information|system|platform)\b.{{0,60}}\bin (?:\w+, )?(?:in )?(?:the )?(?:republic of )?(?:{_COUNTRY})\b"
            r"|\bdata ?cent(?:re|er)s?\b.{0,20}\b(?:with)?in\b|\b(?:uk|eu|eea)[- ]based\b|\bbased in (?:the )?(?:uk|eu|eea)\b|\b(?:american|us|indian|irish|german|canadian|foreign) (?:firm|company|supplier|provider)\b"
            r"|\badequacy (?:decision|regulations?)\b|\binternational data transfer agreement\b|\bstandard (?:contractual|data protection) clauses\b"
            r"|\buk extension\b|\bdata privacy framework\b",
            about=rf"{INFO}|\b(?:data|systems?|servers?|transfers?)\b",
            unless=r"\btwin\b|\btouris|\btravel\b|\btenancy\b|\bif you (?:move|live|go)|\bbill\b",
        ),
        sign(
            rf"\b(?:we|us|council|school|trust|charity|team)\b.{{0,40}}\b(?:send|transfer|pass|provide|disclose|share)\b.{{0,60}}\b{_ABROAD}\b",
            about=r"\b(?:information|data|details|records?|files?|results)\b",
            unless=r"\b(?:need not|no need to)\b|\btourists?\b|\bgoods\b|\bpassengers?\b",
        ),
        sign(
            r"\b(?:no|any|not make|not carry out|without) (?:\w+ )?(?:overseas|international|foreign|cross-border) transfers?\b|\b(?:overseas|international|foreign) (?:data )?transfers?(?: of (?:personal )?data)? (?:are|is) (?:not|never)\b",
            unless=r"\btickets?\b|\bpayments?\b|\bmoney\b",
        ),
        sign(
            r"\b(?:yes|no|none|not|never|only|uk|countries|safeguards?|applicable|don't)\b",
            under=r"\b(?:leaves?|out of) the (?:uk|united kingdom|country)\b|\b(?:abroad|overseas|outside the (?:uk|united kingdom|eea|eu|european)|international (?:data )?transfers?|(?:other|another) countr(?:y|ies))\b"
            r"|^transfers? (?:of|outside|abroad)|\bwhere (?:is|are|do we) .{0,20}\b(?:data|information|details|records|it)\b.{0,20}\b(?:stored|kept|held|keep|store|hold)\b",
            unless=r"\bdriving licence\b|\bpassport\b|\btell us\b",
        ),
        sign(
            rf"\b(?:in|within) (?:the )?(?:{_HERE}|{_COUNTRY})\b",
            under=r"\bwhere (?:is|are|do we|will)\b.{0,30}\b(?:data|information|details|records|it)\b.{0,20}\b(?:stored|kept|held|keep|store|hold)\b",
        ),
    ),
}
