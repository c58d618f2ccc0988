"""Signs in English of what people may ask for and take back: N11, N12."""

from __future__ import annotations

from generator.rules.prose.common import ADDRESS
from generator.rules.prose.signs import Table, kinds, sign
from generator.rules.prose.statements import WEB

_NOT_WITHDRAWN = (
    r"\b(?:not|never|cannot|can't|unable to) (?:be )?(?:withdr|revok|take|tak|cancel|change)|\bwithdraw (?:an|your|the) (?:application|offer|claim)|(?<!his or )\b(?:his|her|its) (?:consent|permission|agreement)\b"
    r"|\b(?:council|landlord|inspector|owner|committee|he|she|we) (?:can|may|will|could) (?:withdraw|cancel|revoke)\b|\bplanning\b|\bworks\b|\b(?:rules|conditions) are broken\b|\bstreets?\b|\btrees?\b|\blicen[cs]es?\b|\blabour\b|\bbuilding works\b|\blease\b|\bmarriage\b|\bby the inspector\b"
    r"|\b(?:bookings?|order|ticket|appointment|offer|extension)\b|\b(?:withdrawn|revoked|cancelled) by (?:the|an?|our) (?:council|landlord|inspector|committee|owner|authority)\b"
)
"""Consents of another kind, and those who take them back who are not the person."""
_RIGHTS = (
    r"\baccess\b|\bcop(?:y|ies) of\b|\b(?:get|have|receive|obtain|request|given) (?:a |your )?cop(?:y|ies)\b|\b(?:see|view) (?:your|the|their|what)\b|\bask (?:for|to see)\b|\brequest .{0,40}(?:data|information|copy)"
    r"|\b(?:ask|request) to see\b|^see\b",
    r"\bcorrect\w*\b|\brectif\w+|\b(?:put|putting|have|get) (?:\w+ ){0,3}(?:right|corrected|fixed)\b|\bamend(?:ed|ing)?\b|\bincorrect\b|\berrors?\b|\binaccura\w+|\bmistakes?\b",
    r"\beras(?:e|ed|ure|ing)\b|\bdelet(?:e|ed|ion)\b|\bforgotten\b",
    r"\brestrict\w*\b|\blimit (?:how|our|the|what)\b",
    r"\bobject\b|\bobjection\b|\b(?:ask|tell) us to stop\b|\bstop (?:us )?using\b",
    r"\bportab\w+|\btransferred to you\b|\btake (?:it|your data|them) away\b|\btake away your\b|\bmove your (?:data|information)\b",
    r"\b(?:be|being|to be) (?:told|informed)\b",
)
_RIGHTS_LOOSELY = (
    r"\baccess\b|\bcop(?:y|ies)\b|\b(?:see|view|inspect|know|find out|told|look at)\b.{0,12}\b(?:your|the|their|what|which|it|information|data|records?|anything)\b|\bshow (?:me|you|it)\b"
    r"|\bask(?:ing)? (?:us )?for (?:it|them|your|the)\b|\bgive me\b|\bdisclosure of\b",
    r"\bcorrect\w*\b|\brectif\w+|\b(?:put|set) (?:\w+ ){0,3}right\b|\bright(?:ed)? what is wrong\b|\bamend\w*\b|\bfix(?:ed|ing)?\b|\bupdat(?:e|ed|ing)\b|\binaccura\w+|\b(?:it|them|this|that|errors?|mistakes?|details|something|anything)\b.{0,12}\b(?:changed|altered)\b"
    r"|\bmistakes?\b|\berrors?\b|\bbring .{0,30}up to date\b|\bmake (?:it|them) accurate\b",
    r"\beras\w+\b|\bdelet\w+\b|\bforgotten\b|\bremov(?:e|ed|al|ing)\b|\bdestroy(?:ed)?\b|\bwiped?\b|\bget rid of\b",
    r"\brestrict\w*\b|\blimit(?:ed|ing|ation)?\b(?! company)|\bpaus(?:e|ed|ing)\b|\bstop us(?:ing)? .{0,20}for a (?:while|time)\b|\bon hold\b|\bfor a while\b",
    r"\bobject(?:s|ed|ing|ions?)?\b|\bstop\b|\bsay (?:no|that you do not want)\b|\boppos\w+\b|\bchallenge\b|\bcontest\b",
    r"\bport(?:s|ed|ing|able|ability)?\b|\btransferred\b|\btransfer\b.{0,30}\b(?:another|someone|elsewhere)\b|\b(?:take|move|moved|pass)\b.{0,30}\b(?:elsewhere|away|to another)\b",
    r"\bbe (?:told|informed)\b|^(?:rights: )?inform(?:ed|ation)?\b",
)
"""The rights in freer words, which count only together."""
_MAY_ASK = r"\b(?:can|may|could|able to|entitled|rights?|requests?|requesting|ask(?:s|ing)?|apply|appl(?:y|ies) for|on request|wish|want|control over|will,? if|at your request|allowed|let you|lets you|free to|make a)\b"
_ONES_OWN_DATA = r"\b(?:data|information|records?|files?|(?:we|is|are) (?:held|hold)|hold (?:about|on) you|about you|(?:subject )?access,|processing|articles? 1\d|gdpr|rectification|erasure|what we (?:hold|have|know|keep)|something we hold|my (?:data|details))\b"
_AGREEMENT = r"\b(?:consent(?:s|ed)?|permission|agreement|agree[ds]?|said yes|opted in|opt-in|signed up|signing up|subscri\w+|authoris\w+|go-ahead|allowed us)\b"
_TAKEN_BACK = (
    r"\b(?:withdr[ae]w\w*|revok\w+|rescind\w*|retract\w*|cancel\w*|revers\w+|undo|end(?:s|ed|ing)?|tak(?:e|en|ing) (?:\w+ ){0,2}(?:back|away)|chang(?:e[sd]?|ing) (?:your|their|my|his|her) (?:mind|decision|choice|preference)s?"
    r"|say no|stop(?:ped)?|opt(?:ing|ed)?[- ]?out|unsubscrib\w+|no longer|remov\w+|switch(?:ed)? (?:it |them )?off|turn(?:ed)? (?:it |them )?off|unti(?:ck|cked)|different)\b"
)
_MESSAGES = r"(?:(?:text|e-?mail|sms|voice|marketing|push|our|the|these|further|any|all|such|future|fundraising|promotional) )*(?:texts?|messages?|e-?mails?|newsletters?|bulletins?|mailings?|updates|alerts|reminders|calls|letters|marketing|communications?|notifications|news|post|surveys)\b"
_TO_WHOM = rf"(?:\b(?:tell(?:ing)?|let(?:ting)?|inform(?:ing)?|notify(?:ing)?|contact(?:ing)?|writ(?:e|ing)|e-?mail(?:ing)?|ring(?:ing)?|phon(?:e|ing)|call(?:ing)?|ask(?:ing)?|speak(?:ing)?|talk(?:ing)?|complet(?:e|ing)|fill(?:ing)?|return(?:ing)?|send(?:ing)?|reply(?:ing)?|text(?:ing)?|click(?:ing)?|follow(?:ing)?|us(?:e|ing)|log(?:ging)? in|visit(?:ing)?|tick(?:ing)?|untick(?:ing)?|press(?:ing)?|go to|chang(?:e|ing) your (?:\w+ )?(?:settings|preferences)|by (?:post|phone|e-?mail|letter|telephone)|in writing|in person|through (?:the|your|our)|online|any(?: |-)?time|any (?:stage|point|moment)|whenever|link|without giving)\b|{ADDRESS}|{WEB})"
"""A way to say so, or that it can be done at any time."""
_NOT_CONSENT = (
    r"\b(?:not|n't|never) (?:rely|relying|need|ask for|require|depend|based|use)\b.{0,20}\b(?:consent|permission|agreement)\b"
    r"|\b(?:withdraw\w*|cancel\w*|end|stop|opt(?:ing)? out|leave)\b.{0,30}\b(?:garden waste|pension|payroll|parking|permit|direct debit|tenanc\w+|insurance|saving\w*|council tax|library (?:card|membership)|season ticket|lesson|class|course|contract|planning|listed building)\b|\b(?:by submitting|by signing|by ticking|by using)\b|\b(?:lessons|pets?|dogs?)\b"
    rf"|{_NOT_WITHDRAWN}"
)
"""Things that are ended too and are no consent, and consent that is only given."""
_OTHER_RIGHTS = (
    r"\b(?:planning|licen[cs]\w+|appeals?|penalty charge|premises|tenan\w+ have|application (?:form|must)|committee|agenda|minutes|this (?:form|notice|leaflet|page|document)|way|cookies?|website|officers? (?:can|may|will)"
    r"|(?:we|council|staff|inspectors?|officers?) (?:have|has) (?:the |a )?(?:right|power)|do not have (?:the |a )?rights?|no rights?|commissioner\b.{0,30}\bcan|passwords?|roles?|publication scheme|freedom of information|environmental information)\b"
)
"""Rights about something else than one's own data, and those of the council."""

SIGNS: Table = {
    "N11": (
        kinds(
            *_RIGHTS,
            says=r"\brights? (?:to|of)\b|\bentitled to\b|\b(?:you|data subjects?|individuals?|people|patients?|parents?|pupils?|anyone|everyone|everybody) (?:can|may|could)\b(?: also)?(?::| (?:ask|tell us to|request|object|access|correct|see|have|erase|delete))"
            r"|\brights? (?:include|are)\b|\bexercise\b.{0,20}\brights?\b|\bask us to (?:correct|delete|erase|stop|restrict)",
            under=r"\b(?:your|their|people's|data subject|information) rights\b|\brights:?$|\byou (?:can|may)(?: also)?:$|\brights? (?:to|include|are)\b"
            r"|\bwhat you can (?:do|ask)\b",
            unless=r"\bright to (?:buy|work|roam|refuse)\b|\brights? of (?:way|appeal|entry|reply)\b|\b(?:minutes|agenda|plans?|planning|proposals?)\b|\bcommissioner\b.{0,30}\bcan\b|\bcookies\b|\bdo not have (?:the |a )?rights?\b"
            r"|\b(?:accounts|auditors?|electors?|freedom of information|licen[cs]ing)\b",
        ),
        kinds(
            *_RIGHTS_LOOSELY,
            says=rf"{_MAY_ASK}.{{0,200}}?{_ONES_OWN_DATA}|{_ONES_OWN_DATA}.{{0,200}}?{_MAY_ASK}",
            unless=_OTHER_RIGHTS,
            together=True,
        ),
        kinds(
            *_RIGHTS,
            under=r"^(?:(?:your|individual|data(?: protection| subject)?|information|subject|their|what|the|which) )*rights?\b(?! of way| to buy)|\bask (?:you|us|the \w+) to do\b|\bcontrol over (?:your|my)\b",
            unless=rf"{_OTHER_RIGHTS}|^rights?$",
        ),
        kinds(
            *_RIGHTS_LOOSELY,
            under=r"\bask (?:you|us|the \w+) to do\b|\bcontrol over (?:your|my)\b|\bwhat (?:can|may|could) (?:i|you) (?:do|ask)\b|\b(?:your|my|data) (?:\w+ )?rights\b",
            unless=_OTHER_RIGHTS,
            together=True,
        ),
        kinds(
            r"\baccess\b",
            r"\brectification\b|\bcorrection\b|\brectify\b",
            r"\berasure\b|\bdeletion\b|\berase\b",
            r"\brestriction\b|\brestrict\b",
            r"\bobjection\b|\bobject\b",
            r"\bportability\b",
            says=r"\b(?:rectification|rectify|erasure|restriction|portability)\b",
            unless=_OTHER_RIGHTS,
            enough=3,
            together=True,
        ),
        kinds(
            *_RIGHTS_LOOSELY, says=r"\bask(?:ing)? (?:us )?(?:for|to)\b", unless=_OTHER_RIGHTS, enough=3, together=True
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
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\b(?:stop|stops) (?:the|these|our|getting|receiving) ?(?:e-?mails|messages|texts|letters|newsletters?)\b|\bto stop (?:receiving|getting)\b"
            r"|\b(?:removed?|taken?|take your (?:name|details)) (?:you |your (?:name|details) )?(?:from|off) (?:the|our|this|any) (?:\w+ )?list\b"
            r"|\bsay (?:no|stop) at any time\b|\bno longer (?:agree|consent|happy (?:with|for)|wish us to (?:use|keep|contact)|want us to (?:use|keep|contact)|wish to (?:receive|hear|get)|want to (?:receive|hear|get))\b"
            r"|\bno longer (?:require|want|need)\b.{0,20}\b(?:marketing|messages?|e-?mails?|texts?|newsletters?|communications?|mailings?)\b"
            r"|\b(?:link|button|option|way)\b.{0,20}\bunsubscrib\w+|\b(?:can|may|to|could) unsubscribe\b|\bunsubscribe (?:link|button|at any)\b|\b(?:click|press|choose|use|select) (?:on )?[\"']?unsubscribe\b|\b(?:every|each|any)\b.{0,40}\bunsubscribe\b"
            r"|\b(?:can|may|to|could|wish to|want to|by) opt(?:ing)? out\b|\brather not hear\b|\bprefer not to hear\b|\bwant (?:your|the) (?:details|name|story|photo\w*|picture|data) (?:taken|removed|deleted)\b|\bask us\b.{0,30}\bto stop (?:using|sending|sharing)\b"
            r"|\bsay stop\b|\btake (?:your|the) (?:story|photo\w*|picture|name)\b.{0,10}\bdown\b",
            unless=rf"{_NOT_CONSENT}|\b(?:bus|train|strangers)\b|\bobject\b|\buntil you unsubscribe\b",
        ),
        sign(
            r"\bwithdraw from the (?:\w+ )?(?:study|research|survey|trial|project|programme|scheme)\b",
            about=r"\b(?:consents?|information|data|details|answers)\b",
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\bchang(?:e|ed|ing) (?:your|their) minds?\b",
            about=r"\b(?:consents?|permission|agreed|said yes|information|details|photo\w*|data)\b|\?.{0,3}$|\b(?:tell us|let us know|stop|remove)\b|\bat any time\b",
            unless=r"\b(?:book|appointment|booking|order|course|seat)s?\b",
        ),
        sign(
            r"\bchang(?:e|ed|ing) (?:your|their) (?:decision|choice|preferences?)\b",
            near=r"\b(?:consents?|permission|shar\w+|information|data|records?|messages|contact(?:ed)?)\b",
            unless=_NOT_CONSENT,
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
            unless=_NOT_CONSENT,
        ),
        sign(
            rf"{_AGREEMENT}.{{0,140}}?{_TAKEN_BACK}|{_TAKEN_BACK}.{{0,100}}?{_AGREEMENT}",
            about=_TO_WHOM,
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\b(?:no longer|not|n't|rather (?:we |you )?(?:did not|didn't|not)|any ?more|happy for|cease|stop)\b.{0,60}?\b(?:photo\w*|images?|pictures|videos?|film|contact(?:ed)?|hear|use|using|used|shared?|sharing|details|information|data|name|story|quotes?|recordings?|record)\b",
            about=r"\b(?:let|tell|inform|notify|contact|write|e-?mail|ring|phone|call|speak|ask|advise)\b.{0,40}\b(?:us|office|team|know|school|teacher|officer|clerk|staff|reception|library|nurse|worker|manager|service|department|at|on)\b",
            near=rf"{_AGREEMENT}|\b(?:photo\w*|images?|pictures|videos?|newsletters?|mailing|marketing|publicity|stories|story)\b",
            unless=_NOT_CONSENT + r"|\bobject\b|\b(?:live|liv(?:e|ing)|need the|reply|receive a reply)\b|\bcomplain\w*",
        ),
        sign(
            rf"\b(?:opt(?:ing|ed)?[- ]?out|stop(?:ping)?|unsubscrib\w+|opt you out|turn off|cancel)\b(?: of| from| receiving| getting| us sending| sending you)* {_MESSAGES}"
            r"|\b(?:reply(?:ing)?|text(?:ing)?|respond(?:ing)?)(?: to (?:it|any|the)\w*(?: \w+)?)?(?: with)?(?: the word)? [\"']?(?:stop|unsubscribe|end|no)\b|\bunsubscribe\b.{0,60}\b(?:link|click|button|e-?mail|foot|bottom|footer|reply|time|form)\b|\b(?:click|use|follow|press|select|choose|link|foot|bottom|reply)\w*\b.{0,60}\bunsubscribe\b"
            r"|\b(?:tak(?:e|en|ing)|remov(?:e[ds]?|ing)|delet(?:e[ds]?|ing)|come|get)\b.{0,40}\b(?:off|from)\b.{0,20}\b(?:lists?|database|mailing|contacts)\b",
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\b(?:leave|pull out|drop out|withdraw|stop taking part|stop being part)\b.{0,20}\b(?:study|research|survey|trial|project|programme|scheme|pilot|register|biobank|group|panel)\b",
            about=r"\b(?:consent|information|data|details|answers|samples?|records?|at any (?:time|point|stage)|without giving)\b",
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\w+",
            under=r"\b(?:withdraw(?:ing|al)?|revok(?:e|ing)|cancel(?:ling)?|tak(?:e|ing) back|chang(?:e|ing) (?:your|my) mind|opt(?:ing)?[- ]?out|unsubscrib(?:e|ing))\b(?!.*\b(?:application|pension|waste|booking|permit|offer)\b)|\bconsent\b.{0,30}\bwithdraw",
            about=rf"{_TO_WHOM}",
            unless=r"\?\W*$|^(?:withdraw|cancel|how to)\w*[^.]{0,30}$|\b(?:planning|pension|application|offer)\b",
        ),
        sign(
            r"\b(?:take you off|remove you|stop (?:sending|contacting|using|writing|calling|texting)|delete (?:your|it|them)|no longer (?:send|contact|use))\b",
            under=rf"{_AGREEMENT}",
            about=_TO_WHOM,
            unless=_NOT_CONSENT,
        ),
        sign(r"\bchange your mind\b|\bwithdraw at any time\b", unsure=True, unless=r"\b(?:book|booking|order)s?\b"),
    ),
}
