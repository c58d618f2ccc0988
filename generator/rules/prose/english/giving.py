"""Signs in English of whether somebody must give the data, and of what follows if not: N15."""

from __future__ import annotations

from generator.rules.prose.english.vocabulary import DATA, GIVEN, GIVING, GIVING_DATA
from generator.rules.prose.signs import Table, sign

_CANNOT = r"\b(?:cannot|can't|not be able|unable|may not|might not|won't|will not|not able|could not|couldn't|refus\w+|reject\w*|turned down|wrong or late|late or wrong|fined?|penalty|offence|delay\w*|prosecut\w+|(?:may|might|could|can|will|would) (?:affect|limit|prevent|restrict|impact))\b"
_LACKING = (
    rf"(?:\bif (?:you|a person|applicants?|they|someone) (?:do not|don't|does not|fails? to|chooses? not to|decides? not to|refuses?(?: to)?"
    rf"|would rather not|prefers? not to|would prefer not to) (?:want to |wish to )?{GIVING_DATA}"
    rf"|\b(?:unless you|should you (?:choose|decide|prefer) (?:not )?to|if you) (?:refuse to |withhold |decline to )?{GIVING_DATA}"
    rf"|{DATA}.{{0,40}}\b(?:is|are|was|were) (?:not (?:provided|given|supplied|complete|correct|there)|withheld|missing|incomplete)\b|\b(?:evidence|documents?|proof)\b.{{0,20}}\b(?:is|are) (?:not (?:provided|given|supplied|sent)|missing)\b"
    rf"|\b(?:if|when|where|should) (?:we|the council) (?:do not|don't|are not|not) (?:have|given|hold|receive|get|know|told|sent)\b.{{0,30}}(?:{DATA}|\bfacts\b).{{0,60}}"
    rf"|\bwithout (?:proof of |evidence of )?(?:it|this|these|them|that|a completed|your|the|such|all)\b(?: \w+){{0,3}}?"
    rf"|\b(?:failure|failing|refusal|refusing|neglecting) to {GIVING_DATA}|\bnot {GIVING_DATA})"
)
"""Consequences of lacking data."""
_MAY_OR_MUST = (
    r"\b(?:must|has to|have to|need(?:s)? to|needn't|need not|need|(?:(?:is|are|be|being)|you're|they're) (?:not )?(?:\w+ )?(?:required|obliged|bound|asked|free|entitled)"
    r"(?: by law| not)? to|under (?:no|an|a|any) (?:\w+ )?(?:obligation|duty) to|(?:can|may|could|free to) (?:always )?(?:refuse|decline|choose|decide|prefer|opt)"
    r"(?: not)? to|(?:would )?(?:rather|prefer) not to|may skip|can skip|(?:legal|statutory|contractual)"
    r"(?: or (?:legal|statutory|contractual))? (?:requirement|obligation|duty|need) (?:to|that you|for you to))\b"
)

_GIVE = (
    r"\b(?:giv(?:e|es|en|ing)|provid(?:e|es|ed|ing)|provision|suppl(?:y|ies|ied|ying)|tell(?:s|ing)?|answer(?:s|ed|ing)?|shar(?:e|ed|ing)|disclos(?:e|ed|ing)|hand(?:ing)?(?: over)?|submit(?:ted|ting)?|furnish(?:ing)?|complet(?:e|ed|ing)"
    r"|fill(?:ed|ing)?(?: in| out)?|declar(?:e|ing)|stat(?:e|ing)|return(?:ed|ing)?|send(?:ing)?|produc(?:e|ing)|enter(?:ing)?|includ(?:e|ing)|leav(?:e|ing)|reveal(?:ing)?|withhold(?:ing)?|withheld|respond(?:ing)?|let(?:ting)? us have|we (?:\w+ )?(?:have|hold|receive|get))\b"
)
_ITEM = (
    r"\b(?:information|data|details|particulars|numbers?|names?|address(?:es)?|e-?mail|phone|telephone|dates? of birth|evidence|documents?|proof|payslips?|answers?|questions?|forms?|fields?|boxes|bank|ethnic\w*|religio\w*|health|income|identity|photo\w*|postcode"
    r"|age|gender|facts|everything|it|them|this|these|who you are|survey|questionnaire|census|return|references?|records?|histor(?:y|ies)|requested|what we ask for|nationality|sexual orientation|disabilit\w+)\b"
)
_SO_IT_FAILS = (
    r"(?:\b(?:cannot|can't|can not|(?:un|not )able|won't|will not|may not|might not|could not|would not|be (?:refused|rejected|delayed|returned|turned down|cancelled|closed|fined|prosecuted|suspended|limited|affected)|refus\w+|reject\w*|delay\w*|los[et]|prosecut\w+|fine[ds]?|penalt\w+|offence|arrest\w*"
    r"|(?:will|may|might|could|can|would|shall|must) (?:\w+ )?(?:return|affect|mean|lead|result|have to|need to|take longer|stop|suffer|fail|be paid|be sent|be harder|limit|prevent|close|lose|end)|otherwise|impossible|only (?:be able to|offer|give)|less (?:able|likely))\b)"
)
_WITHOUT = (
    rf"(?:\bwithout (?:it|this|that|them|these|those|your|the|a|an|any|such|giving|telling|providing|proof|evidence|\w+ (?:information|details))\b|\b(?:unless|until) (?:we (?:have|hold|receive|get)\b|(?:we|you|the|this|all|your|it)\b.{{0,30}}?{_GIVE})"
    rf"|\b(?:if|where|when|should) (?:you|we|they|a \w+|an \w+|the \w+|parents|applicants|someone|anyone|information|data|details|any|this|it|your)\b.{{0,40}}?\b(?:not|n't|fail(?:s|ed)?|refuse[sd]?|decline[sd]?|withh[eo]ld|missing|incomplete|leave|rather not|prefer not)\b"
    rf"|\b(?:fail(?:ure|ing)?|refus(?:al|ing)|declin(?:e|ing)|neglect(?:ing)?|not|omitting|choosing not) (?:to )?{_GIVE})"
)
_FREE_OR_BOUND = (
    r"\b(?:optional|voluntar(?:y|ily)|compulsory|mandatory|obligatory|(?:legally|contractually|statutorily) (?:required|obliged|bound)|(?:required|obliged|obligation|requirement|duty|bound) (?:under|by|in) (?:the )?(?:law|statute|contract|act|section|regulations?)"
    r"|(?:statutory|legal|contractual|lawful) (?:requirement|obligation|duty)|(?:no|any|an|a|under) (?:legal |statutory |contractual )?(?:obligation|duty|requirement|compulsion)|(?:up to|for) you (?:whether|if|to (?:decide|choose))|your (?:own )?(?:choice|decision)|free choice"
    r"|(?:do|does|did) not (?:have|need) to|don't (?:have|need) to|doesn't (?:have|need) to|need not|needn't|not (?:\w+ )?(?:obliged|required|compelled|forced|bound)|no (?:one|body) (?:has|is obliged|is required) to|(?:must|have to|has to|required to|obliged to|duty to) by law|by law,? (?:\w+ )?(?:must|have to|has to)"
    r"|an offence|a criminal offence|can choose (?:not|whether)|may choose (?:not|whether)|prefer not to say|required by law|free to (?:decline|refuse|withhold))\b"
)
_NOT_GIVING = (
    r"\b(?:pay(?:s|ing|ment)?|bring|attend(?:ance|ing)?|wear|display|park(?:ing)?|stop|clear|dogs?|bins?|gloves|appeal|ticket|lessons?|tour|membership|training|consent|permission|without asking|fee|charge|complaints?|request|reply within|receipt|cookies?|meeting|vot(?:e|ing)|booking|travel|volunteer(?:s|ing)?|password|vaccin\w+)\b"
    r"|\b(?:we|the council|the school|the trust|us|officers?|officials|staff|suppliers?|contractors?|processors?|providers?|companies|councillors|they) (?:\w+ )?(?:must|have to|has to|need to|(?:are|is) (?:\w+ )?(?:required|obliged|bound)|(?:have|has) (?:a|the|an) (?:\w+ )?(?:duty|obligation)|may share|do not have to|do not (?:share|pass|disclose|sell|collect|hold))\b|\blaw (?:requires|obliges|allows) us\b|\b(?:comply|compliance) with\b|\b(?:legal|lawful) bas[ei]s\b"
    r"|\b(?:we|us)\b.{0,20}\b(?:keep|delete|publish|share|disclose) (?:it|your|the|this)\b|\b(?:not|never|n't) (?:\w+ )?(?:share|sell|disclose|pass)\b|\bshar\w+\b.{0,30}\bwith (?:other|third|the)\b|\bto (?:use|make) your rights?\b|\bagree with\b|\bnotice\b|\bif (?:your|the|any) .{0,40}\bchang|\blonger (?:live|need|want)\b|\bhear from\b"
)
"""Other duties and freedoms than to give data, and the council's own."""

SIGNS: Table = {
    "N15": (
        sign(
            rf"\bif (?:you|they|applicants?) (?:do not|don't|fail to|choose not to|decide not to|refuse to) (?:want to |wish to )?{GIVING_DATA}.{{0,80}}\b(?:may|might|could|will|would|can|shall)\b|\b(?:give|provide|supply|tell)\b.{{0,80}}\bif (?:you|they) (?:do not|don't)(?: do (?:so|this|that))?\b.{{0,60}}?(?:{_CANNOT}|$)|{_LACKING}.{{0,100}}?{_CANNOT}|{_CANNOT}.{{0,60}}?{_LACKING}",
            about=rf"\b(?:{GIVING}|{GIVEN}|information|details|data|facts|without (?:it|this|these|that))\b",
            unless=r"\b(?:do not|don't|fail to|failure to) (?:pay|bring|attend|keep|clear|stop)\b|\bpath\b|\bconsent\b|\bwithout (?:your )?(?:consent|asking|a ticket|permission)"
            r"|\bwithout\b.{0,60}\b(?:you|they) (?:cannot|can't|may not|will not)\b|\bshare\b.{0,40}\bwithout\b|\bcannot (?:be )?shared?\b|\bif you give\b",
        ),
        sign(
            rf"\bif you (?:do not|don't|cannot|can't|choose not to|prefer not to)(?: do (?:so|this|that))?,.{{0,60}}{_CANNOT}",
            near=rf"{GIVING_DATA}|\bask (?:you )?for\b.{{0,60}}{DATA}|\bask (?:you )?for your\b",
        ),
        sign(
            r"\b(?:this|it|answering)(?:'s| is) (?:entirely |completely )?(?:voluntary|optional|compulsory|mandatory|up to you|your (?:own )?choice)\W*$",
            near=rf"{GIVING_DATA}|\bquestions? (?:about|on)\b",
        ),
        sign(
            rf"{_MAY_OR_MUST}(?:,? by law,?)?(?: not)?(?: \w+)? {GIVING_DATA}|\bmust by law {GIVING_DATA}"
            rf"|\b(?:can|may|could) (?:refuse|decline) to {GIVING_DATA}|\b(?:can|may|could) skip\b.{{0,20}}\bquestions?\b",
            unless=r"\b(?:path|gloves|access to the|proof of (?:who|identity)|evidence of (?:who|identity)|request|receipt|blood test)\b"
            r"|\b(?:we|the council|us|suppliers?|contractors?|staff|officers?|officials|providers?|companies|companies that we use)\b (?:\w+ )?(?:must|have to|has to|need to|need|are|is|may|can)\b|\bconsent\b|\bnotice\b"
            r"|\b(?:if|when|whenever) (?:your|any|the|anything|something)\b.{0,40}\bchang|\bshar\w+ (?:it|your|this|the)\b.{0,40}\bwith\b",
        ),
        sign(
            rf"(?:{GIVING_DATA}|\b(?:answering|replying|(?:giving|providing) (?:it|this))\b).{{0,60}}\b(?:voluntary|optional|up to you|your (?:own )?(?:choice|decision)|mandatory|compulsory|obligatory|required by law|a (?:statutory|legal|contractual)"
            r" (?:requirement|obligation)|statutory requirement|a condition of)\b"
            rf"|\b(?:up to you|your (?:own )?(?:choice|decision)|voluntary|optional|mandatory|compulsory|obligatory|for you to (?:decide|choose))\b.{{0,30}}?{GIVING_DATA}",
            unless=r"\bwe (?:must|have to|need to)\b|\bconsent\b",
        ),
        sign(
            rf"{DATA}.{{0,40}}\b(?:is|are) (?:entirely |completely |purely |strictly |not )?(?:voluntary|optional|mandatory|compulsory|obligatory|(?:needed|required) by law"
            r"|a (?:statutory|legal|contractual) requirement|up to you)\b|\b(?:voluntary|optional|mandatory|compulsory|obligatory|required)(?: fields?| questions?| information)?:? .{0,40}\b(?:name|phone|address|e-?mail|date of birth)\b",
            unless=r"\blessons?\b|\bmembership\b|\btour\b",
        ),
        sign(
            r"\b(?:boxes|fields?|questions?|sections|parts|entries|answers)\b.{0,50}\b(?:asterisks?|stars?|starred|marked|compulsory|mandatory|obligatory|must be (?:filled|completed|answered)|have to be (?:filled|completed|answered))\b"
            r"|\bmandatory (?:fields?|questions?|information)\b",
        ),
        sign(
            r"\bleave (?:this|it|any|a)\b.{0,20}\bblank\b|\bleave (?:it|them|that|this|any of it) out\b|\bleave out (?:any\w*|what|a question|questions)\b|\binsist on (?:is )?(?:your|the)\b|\b(?:duty|obligation|requirement) (?:on|for) (?:\w+ ){1,4}to (?:give|provide|supply|tell|return|complete)\b.{0,40}\b(?:information|data|details|form|us)\b|\bwhether (?:or not )?you (?:answer|tell us|reply|give)\b.{0,40}\b(?:decide|choice|up to you|choose)\b|\b(?:nobody|no one|no-one) (?:has|needs) to (?:tell|give|answer)\b|\b(?:data|fields?|questions?|boxes|information) marked\b.{0,80}\b(?:needed|required|optional)\b|\bno need to (?:tell|give|answer|provide)\b|\boffence (?:not )?to\b|\bno obligation to (?:give|provide|tell|answer)\b"
            r"|\binformation is not (?:provided|given|supplied)\b|\blegal requirement (?:to|that you)\b|\bfailure to (?:provide|supply|give|do so|answer)\b|\b(?:delayed|refused|rejected) (?:if you (?:do not|don't)|without)\b"
            r"|\bnot (?:giving|providing|supplying|answering)\b.{0,40}\b(?:means?|may|could|can|is that)\b|\bcan only\b.{0,60}\bif you (?:give|tell|provide|supply)\b"
            r"|\b(?:required|obliged) by law to (?:return|complete|fill in|answer|register)\b|\bnot to answer\b",
            about=rf"{DATA}|\b(?:questions?|answer|want to say|reply|return|blank|tell|give|provid\w+|supply\w*|register|us|do so|delayed)\b",
            unless=r"\bblood\b|\bbuy\b|\b(?:pay|stop|attend|wear)\b",
        ),
        sign(
            r"\w+",
            under=r"\bdo (?:i|you) (?:really )?(?:have|need) to (?:give|provide|answer|tell|share)\b|\bmust (?:i|you) (?:give|provide|answer)\b"
            r"|\bconsequences?\b.{0,40}\b(?:collect|provid\w+|data|information|giv\w+|answer\w*)\b|\bis (?:the|this|my|your) (?:information|data) (?:required|compulsory|mandatory|optional|needed)\b|\b(?:what (?:happens )?)?if (?:you|i) (?:do not|don't|cannot|can't) (?:want to |wish to )?(?:give|provide|share|tell|supply)\b",
            unless=r"^(?:what|do|must|is) .*\?$",
        ),
        sign(
            rf"{_WITHOUT}.{{0,120}}?{_SO_IT_FAILS}|{_SO_IT_FAILS}.{{0,80}}?{_WITHOUT}",
            about=rf"{_GIVE}.{{0,60}}?{_ITEM}|{_ITEM}.{{0,60}}?{_GIVE}|\bneed(?:ed|s)?\b.{{0,60}}?{_ITEM}|\bwithout (?:your|the|a|an|proof|evidence|it|this|them|these)\b.{{0,30}}?{_ITEM}",
            unless=_NOT_GIVING,
        ),
        sign(
            rf"{_FREE_OR_BOUND}.{{0,80}}?{_GIVE}.{{0,60}}?{_ITEM}|{_GIVE}.{{0,80}}?{_ITEM}.{{0,60}}?{_FREE_OR_BOUND}|{_GIVE}.{{0,40}}?{_FREE_OR_BOUND}.{{0,40}}?{_ITEM}",
            unless=_NOT_GIVING,
        ),
        sign(
            r"\b(?:parents|you|applicants|employees|tenants|landlords|customers|members|candidates)\b.{0,20}\b(?:supply|provide|give|tell us|submit|send)\b.{0,40}\b(?:mandatory|required|compulsory|optional|voluntary|by law)\b",
            unless=_NOT_GIVING,
        ),
        sign(
            r"^(?:(?:yes|no)[,:;] )?(?:required|optional|mandatory|compulsory|voluntary|not required|must be given|needed|not needed|your choice|statutory)\W*$",
            under=r"\b(?:need(?:ed)?|requir\w+|mandatory|must|compuls\w+|optional|voluntary|oblig\w+|have to)\b",
        ),
        sign(
            r"\b(?:remain|stay|be|report(?:ed)?|write|respond|answer|reply|choose to be|comment|do (?:so|this|it)) anonymous(?:ly)?\b|\banonymous(?:ly)?\b.{0,30}\bif you (?:prefer|wish|want|like)\b"
            r"|\b(?:can|may|could) (?:\w+ )?(?:use|visit|read|browse|apply|report|take part|ask|contact us|get|borrow|enter|complete|join)\b.{0,60}\bwithout (?:giving|telling|leaving|providing|having to|saying|registering|signing in|identifying)\b",
            unless=r"\bstatistic\w*|\bwe\b.{0,20}\banonym|\b(?:made|becomes?|rendered|data is|kept) anonymous\b",
        ),
        sign(
            r"\bskip\b.{0,20}\b(?:any|a|the|this|these|some|questions?)\b|\b(?:left|leave|leaving) (?:\w+ ){0,3}blank\b|\bprefer not to say\b|\bmarked (?:with |as |by )?(?:an? )?(?:asterisk|star|\*|required|mandatory|optional)\b|\b(?:only|just) (?:as much|answer|the (?:fields|questions|boxes))\b.{0,30}\b(?:want|wish|like|marked|starred)\b"
            r"|\b(?:participation|taking part|answering|completing|filling)\b.{0,60}\b(?:voluntary|optional|up to you|your choice)\b.{0,60}\b(?:questions?|answers?|information|details|survey|form|skip)\b",
            unless=r"\bpage (?:is )?left blank\b",
        ),
        sign(
            r"\w+",
            under=r"\b(?:must|should|do|does|need|have|has|am|are|is) (?:i|you|it|this|people|parents|applicants)\b.{0,30}\b(?:give|provide|supply|answer|tell|share|disclose|hand|submit|compulsory|mandatory|optional|voluntary|obliged|required)\b.{0,50}\?\W*$|\b(?:if|when) (?:you|i|they|people|information|data)\b.{0,20}\b(?:not|n't|refuse|fail|cannot)\b.{0,30}\b(?:tell|give[n]?|provide[d]?|supply|supplied|share|answer|have it|get it|want to)\b",
            unless=r"\?\W*$|" + _NOT_GIVING,
        ),
        sign(
            r"\btak(?:e|ing) part\b.{0,30}\b(?:voluntary|optional|up to you|your choice)\b|\b(?:do not|don't) have to take part\b|\b(?:your (?:own )?(?:choice|decision)|up to you)\b.{0,40}\b(?:information|data|details|say|answers?)\b",
            unsure=True,
        ),
    ),
}
