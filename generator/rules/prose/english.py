"""The signs of N01 to N16 in English. docs/prose.md has their precision and recall.

Each table row is read as "a notice says it where a statement ...". The `unless` of a sign has what only looks like it.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.rules.prose.common import ADDRESS, PERIOD_EN, PHONE, POSTCODE, REACHED
from generator.rules.prose.signs import Kinds, Sign, kinds, sign
from generator.rules.prose.statements import MAIL, OFFICER_MAIL, WEB

_WHOSE = r"(?:(?:your|the|this|that|these|those|their|his|her|its|any|all|some|such|our|personal|relevant|other|more|only|about you|what) )*"
_THING = (
    r"(?:information|data|details|particulars|records?|names?|addresses|address|footage|images?|photos?|photographs?|pictures"
    r"|recordings?|applications?|applicants?|answers|reports?|files?|forms?|register|entries|claims?|number|postcode)"
)
INFO = rf"\b(?:{_THING}|it|them|they|this|these|that|everything|nothing|what you (?:tell|give|send)(?: us)?)\b"
DATA = rf"\b{_WHOSE}{_THING}\b"
_NAMED_BODY = (
    r"\b(?!(?:the|our|your|an?|any|each|other|every|local|this|that|parish|district|county|town|city|borough|new|of|and|for|by"
    r"|with|to|from|is|are|in|on|at|neighbouring|relevant)\b)[a-z'-]+ (?:(?:and [a-z'-]+|county|city|borough|district|town|parish"
    r"|metropolitan|community|unitary) )*council\b(?! tax| house| home| of europe)"
)
_OTHERS = r"(?:shared?|sharing|pass(?:ed)?|given?|disclosed?|sent|supplied) (?:\w+ ){0,4}(?:with|to) "
_CONTROLLER = r"\bcontrollers?\b"
_COLLECTS = (
    r"\b(?:collect|collects|collected|hold|holds|held|record|records|use|uses|using|take|takes|keep|keeps|ask|need|needs"
    r"|require|requires|process|processes|processed|recorded|stored|have|like|about|includ\w+|contains?|gather|store|stores|gives?|tells?"
    r"|provide|includes:|asks|note is made)\b"
)

ENGLISH: Mapping[str, tuple[Sign | Kinds, ...]] = {
    "N01": (
        sign(
            rf"{_CONTROLLER}(?:\W|$)",
            about=rf"{_NAMED_BODY}|\b(?:officer|school|trust|ltd|limited|partnership|authority|board|association)\b",
            anywhere=REACHED,
            unless=r"not (?:the|a) (?:data )?controller|controller(?:'s)? (?:may|must|to)\b",
        ),
        sign(
            rf"(?<!with )(?<!to )(?<!from ){_NAMED_BODY}",
            anywhere=REACHED,
            unless=rf"{_OTHERS}|(?:complain|write|apply|move|travel)\w* to \w+ council|libraries|lending is shared",
        ),
        sign(
            r"\b(?:is|are|am) (?:legally )?responsible for (?:the|your|this|all|any|personal|looking after|how)\b",
            about=r"\b(?:information|data|register|records?|privacy)\b",
            anywhere=REACHED,
        ),
        sign(_NAMED_BODY, unsure=True),
        sign(rf"{_CONTROLLER} (?:is|are)\b|\bresponsible for your (?:information|data)", unsure=True),
    ),
    "N03": (
        sign(
            r"\bdata protection (?:officer|lead)(?:'s|s)?\b|\bdpo\b",
            near=rf"{ADDRESS}|{WEB}|\baddress\b|\b(?:room|floor) \d+|\b(?:write|writing) to\b|(?:street|road|square|house|hall|centre)\b",
            unless=r"\b(?:no|not have an?|without an?|don't have an?|not have to have an?|not need an?) (?:data protection officer|dpo)\b",
            before=0,
            after=2,
        ),
        sign(
            r"\bdata protection officer\b|\bdpo\b",
            unless=r"\b(?:no|not have an?|without an?|don't have an?|not have to have an?|not need an?) (?:data protection officer|dpo)\b",
            unsure=True,
        ),
        sign(
            rf"{ADDRESS}|{WEB}|\b(?:room|floor) \d+|\b(?:street|road|square|house|hall|centre)\b",
            under=r"\bdata protection officer\b|\bdpo\b",
        ),
        sign(OFFICER_MAIL, unsure=True),
    ),
    "N04": (
        sign(
            rf"\b(?:use|uses|need|needs|process|processes|hold|holds|collect|collects|ask for|require|want|like)\b.{{0,40}}{INFO}"
            r".{0,120}?\b(?:to|so|so that|for|in order to|when|because|and let us|help) \w+",
            about=r"\b(?:we|we'd|we'll|us|council|authority|team|service|department|officers?|kitchen|scheme|club|museum|library)\b",
            unless=r"\b(?:not|never|n't|only|we) (?:use|process|collect|hold|need)s? .{0,30}(?:where the law|for marketing)"
            r"|\bwe (?:do not|don't|will not|won't|never) (?:use|process|collect|hold|need|keep)|\buse this page|cookies"
            r"|(?:to use|use of) your rights",
        ),
        sign(
            rf"{INFO}.{{0,40}}?\b(?:is|are|will be|being|may be|was|were|been) (?:being |only |then )?(?:used|processed|collected|needed"
            r"|held|recorded|required|undertaken)\b.{0,40}?\b(?:to|for|so that|so|in order to|when|because) \w+",
            unless=r"\b(?:not|never) (?:be )?(?:used|processed|collected|needed|held)|required to (?:keep|by)|held for (?:\d|as long)"
            r"|collected (?:from|for) (?:recycling|your)",
            about=r"\b(?:information|data|details|particulars|footage|images|recording\w*|it|they|answers|address|name)\b",
        ),
        sign(
            r"\b(?:for|with) the (?:following )?purposes? of\b|\bin connection with (?:the|your|our)\b|\bfor (?:[a-z]+ (?:and )?){1,3}purposes\b|\bneeded for the\b|\bpurposes? (?:of (?:the |our )?(?:processing|collecting|this)|for which"
            r" .{0,60}) ?(?:is|are|:)",
            about=r"\b(?:information|data|details|process|processed|processing|images|recorded|collect\w*)\b",
        ),
        sign(
            r"\w+ \w+",
            under=r"^(?:\d+[.)]? )?why\b(?!.*\?.*park)|\bpurposes?\b|^(?:how|why|what) (?:do )?we .{0,25}\buse\b"
            r"|^what (?:do|does|will) (?:you|we) (?:do|use)\b|^how we (?:use|will use)|^use of your",
            unless=r"^(?:purposes?|why):?$",
        ),
        sign(
            r"\b(?:we use|we'll use|(?:it|they|these|this|details|information|data|facts|income) (?:helps?|lets?|allows?|enables?) us|that way we"
            r"|(?:officers|staff|we) (?:look at|check|compare)|with (?:it|them|that|this|your)(?: information| data| details)? we)\b"
            r".{0,60}?\w+",
            about=rf"{INFO}|that|income",
            unless=r"cookies|plain english|to keep you logged|lets us know",
        ),
        sign(
            r"\b(?:you|name|email|number|details?|information)\b.{0,60}\bso that we can\b|\bso we can (?:get in touch|contact|reply)",
            about=r"\b(?:name|address|email|number|details?|information)\b",
        ),
    ),
    "N05": (
        sign(
            r"\b(?:lawful|legal|statutory) (?:basis|bases|grounds?|reasons?)\b.{0,100}\b(?:consent|permission|agree\w*|contract"
            r"|obligation|statut\w+|dut(?:y|ies)|task|public interest|vital interests|legitimate interests?|authority|act \d{4}"
            r"|article 6|6 ?\(1\)|law)\b",
            unless=r"\bno (?:lawful|legal) basis|must have a (?:lawful|legal) basis",
        ),
        sign(
            r"\b(?:consent|permission|agreement|contract|obligation|task|interests?)\b.{0,60}\b(?:is|are) (?:the |our |what )?"
            r"(?:lawful|legal|allows|lets|ground|basis)",
        ),
        sign(
            r"\barticle 6 ?\(?1\)? ?\(?(?:[a-f]|ea)\)|\b6 ?\(1\) ?\((?:[a-f]|ea)\)|\barticle 6\b.{0,20}\b(?:uk )?gdpr",
            unless=r"human rights|convention|constitution",
        ),
        sign(
            r"\bpublic task\b|\btask (?:carried out )?in the public interest\b|\bexercise of (?:the )?(?:council's )?official authority\b"
            r"|\b(?:comply|compliance|complying) with (?:a|our|the|its) (?:legal|statutory) (?:obligation|dut)"
            r"|\b(?:our|a|its|council's) (?:legal|statutory) (?:obligations?|dut(?:y|ies)|functions?|powers?)\b|\bvital interests\b"
            r"|\bplaces? a (?:legal|statutory) (?:obligation|duty)",
            unless=r"\bshar(?:e|ed|ing)\b.{0,80}(?:where|when|if) |object to",
        ),
        sign(
            r"\b(?:rely|relies|relying|based|depends?|rests?) (?:up)?on (?:[a-z]+'s? |your |their |the |explicit )*"
            r"(?:consent|permission|agreement)\b|\bbecause you(?: have|'ve)? (?:agreed|consented)\b|\ball with your (?:consent|permission)\b"
            r"|\bwith your (?:consent|permission)\b|\b(?:consent|agreement|permission) (?:is what )?(?:allows|lets) us",
            unless=r"\bshar(?:e|ed|ing)\b|\bnot (?:rely|depend|based)",
        ),
        sign(
            r"\b(?:have|has|had|required|obliged|need) (?:to do (?:this|it|so|that) )?by law\b|\bthe law (?:lets|has|makes|allows|requires|asks|obliges"
            r"|tells|says) (?:us|that we|the council|we)\b"
            r"|\blaw (?:obliges|requires|allows|lets) (?:us|the)\b|\b(?:that )?the law requires\b",
            unless=r"\bshar(?:e|ed|ing)\b|\bpass(?:ed)?\b|\bdisclos\w*|\byou (?:must|have to)|where the law (?:allows|requires)|unless|if the law",
        ),
        sign(
            r"\bunder (?:the|our|section|part)\b.{0,120}\b(?:act|regulations|order) \d{4}\b",
            about=r"\b(?:we|our|us|council|power|dut\w+|functions?|task|oblig\w+|process\w*|use|used|necessary)\b",
            unless=r"data protection act|freedom of information act",
        ),
        sign(
            r"\bact \d{4}\b.{0,60}\b(?:gives|requires|allows|obliges|places|says|lets|makes)\b"
            r"|\bgives (?:us|the council) the (?:power|duty)\b",
            unless=r"\bshar(?:e|ed|ing)\b|data protection act|freedom of information act|human rights act|equality act",
        ),
        sign(
            r"\b(?:steps towards|perform(?:ance of)?|enter(?:ing)? into|necessary for|needed for|part of|under) (?:a|the|your|our) contract\b"
        ),
        sign(
            r"\b(?:act|regulations?|order|law|article|consent|contract|task|duty|obligation|interests?)\b",
            under=r"\b(?:lawful|legal) (?:basis|bases|ground|reason)|^(?:the |what )?laws?$|\bthe law\b|what (?:law )?allows|\bbasis\b",
            unless=r"^(?:lawful|legal) (?:basis|bases)(?: for processing)?:?$|explained in|see our",
        ),
        sign(
            r"\b(?:lawful|legal) (?:basis|bases|grounds?)\b|where the law allows|\bas the law allows|\bdata protection act 2018\b",
            unsure=True,
            unless=r"\bno (?:lawful|legal) basis",
        ),
    ),
    "N07": (
        kinds(
            r"\bnames?\b(?! (?:of|on) the)",
            r"(?<!mail )\baddress(?:es)?\b(?! above)",
            r"\b(?:phone|telephone|mobile|emergency|contact) numbers?\b|\bnumber to ring\b",
            r"\be-?mail address(?:es)?\b",
            r"\bdates? of birth\b|\bages?\b(?! group)|\bdates of birth\b",
            r"\bcontact details\b|\bhow to (?:reach|contact) you\b",
            r"\bbank(?:ing)? details|\bincome\b|\bfinancial (?:details|information)|\b(?:payment|card) details\b",
            r"\bhealth\b|\bmedical\b|\ballerg\w+|\bdisabilit\w+|\bwhat you can and cannot eat",
            r"\bvideos?\b|\brecordings\b|\bfootage\b",
            r"\bbirth(?:places?|days?)\b|\bjobs?\b(?! title)|\boccupations?\b|\bmarital status\b|\bfamily\b|\bsignature\b",
            r"\bnext of kin\b|\bemergency contact",
            r"\bjob title\b|\bip address",
            r"\bwhere you (?:live|work)\b",
            r"\bwhen you were born\b",
            r"\bphotos?\b|\bphotographs?\b|\bimages\b",
            r"\bnational insurance\b|\bnumber plates?\b|\b(?:car|vehicle) registration\b|\breference number",
            r"\bethnicity\b|\breligion\b|\bgender\b|\bnationality\b|\bimmigration status\b|\bsexual orientation",
            r"\bqualifications\b|\bemployment history\b|\bcriminal (?:records?|convictions?|allegations?)",
            r"\bpostcode\b|\byour views\b|\bproof of (?:identity|address)|\bdietary",
            says=_COLLECTS,
            under=r"\b(?:what|which|type|kind|categor\w+)\b.{0,30}\b(?:information|data|details|hold|collect|use|have)\b"
            r"|^(?:personal )?(?:information|data|details)\b|\bwe (?:may |will |also )?(?:collect|hold|use|record|process|need|know|write down|ask)\b|\bdo we know\b"
            r"|\bthis includes\b|\binformation (?:we|that we|about you)\b",
            unless=r"\b(?:not|never|n't) (?:collect|hold|record|need|use|have|keep|share|pass)\b|\b(?:contact|email|e-mail|write to|ring"
            r"|call|phone|telephone)\b.{0,20}(?:us|the clerk|our)\b|\bwrite to\b|\bput both names\b|\bgiving (?:us )?your\b|\byou may\b|\boptional\b"
            r"|\bshare your\b|\bsharing?\b.{0,20}\bwith\b|\bprint\w* (?:with|your)\b|\bpublished\b|\bcopy of\b",
        ),
        sign(
            r"(?:^|\b(?:your|the) )(?:full )?(?:names?|address|age)(?:,| and) (?:\w+ ){0,2}(?:address(?:es)?|number|age|date of birth|e-mail|email)\b",
            unless=r"\b(?:not|never|n't|may|can|please|must)\b|\bpublished\b|\bcopy of\b",
        ),
        sign(
            r"\b(?:includ\w+|such as|collect|hold|need|have|is)\b.{0,40}\bcontact details\b",
            unless=r"\b(?:not|never|n't) |share|officer",
        ),
    ),
    "N08": (
        sign(
            rf"\bshar(?:e|es|ed|ing) {_WHOSE}(?:{_THING}|it|them|this|these|that)\b.{{0,60}}\b(?:with|to)\b \w+",
            unless=r"\bthird part(?:y|ies) for marketing|\bwithout (?:your )?(?:consent|permission|asking|agreement)|\bunless\b"
            r"|\bwhere (?:we are |the law |it is )?(?:required|requires|legally)|\bwith (?:your )?neighbour|\bfamily and friends online",
        ),
        sign(
            rf"{INFO}.{{0,50}}\b(?:shared|disclosed|released|supplied|passed|given|sent|made available|provided) (?:on )?(?:only )?"
            r"(?:to|with)\b (?!you\b|us\b|another provider)\w+",
            unless=r"\bthird part(?:y|ies) for marketing|\bwithout (?:your )?(?:consent|permission|asking|agreement)|\bunless\b|\bif you\b"
            r"|\btransferred to you|\bwhere (?:we are )?required",
        ),
        sign(
            rf"\b(?:not|never|n't|nor) (?:share|pass|give|disclose|sell|show|release|tell)(?: on)? {_WHOSE}(?:{_THING}|it|them|this)\b"
            r".{0,30}\b(?:to|with) (?:anyone|anybody|any other|others|any|no one)|\b(?:shared?|passed|given|shown) (?:it |on )?(?:with|to)"
            r" (?:nobody|no one|none)\b",
            unless=r"\bfor marketing|\bwithout\b|\bunless\b|\bexcept\b",
        ),
        sign(
            rf"\b(?:we|council|authority|team|will|may|also|can|must|to)\b.{{0,30}}\b(?:disclose|pass|send|give|supply|provide|forward|release)\b"
            rf"(?: on)? {_WHOSE}(?:{_THING}|it|them|this)\b.{{0,60}}\bto (?!you\b|us\b|them\b)\w+",
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
            r"|\bgo(?:es)? to (?:the|our)\b|\bmade available to\b",
            about=r"\b(?:cop(?:y|ies)|names?|address|number|information|data|details|register|comments|applications|footage|it|entries)\b",
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
            r"\bshar(?:e|ed|ing)\b.{0,60}\b(?:information|data|details|it|them)\b|\b(?:information|data|details|it|them)\b.{0,40}\bshared\b"
            r"|\bnot (?:passed|shared|given) (?:on|to)\b|\bpass(?:ed)? on unless\b|\bdisclose\b",
            unsure=True,
            unless=r"\bshare (?:a|the|your views|this page)\b",
        ),
    ),
    "N09": (
        sign(
            r"\b(?:outside (?:of )?|leav\w+ |out of )the (?:uk|united kingdom|eu|eea|european)\b|\bthird countr(?:y|ies)\b"
            r"|\binternational organisation\b",
            about=rf"{INFO}|\b(?:transfers?|transferred|sent|stored?|processed?|held|leaves?|supplier)\b",
            unless=r"\btourists?\b|\bvisit\w* from\b|\btravel",
        ),
        sign(
            r"\b(?:stored?|storing|held|holds?|kept|stays?|servers?|hosted|processed|remains?|located|keep)\b.{0,40}\b(?:in|within|inside) (?:the )?"
            r"(?:uk|united kingdom|eea|eu|european (?:union|economic area)|ireland|britain|great britain|england|wales|scotland)\b",
            about=r"\b(?:information|data|details|it|they|everything|records?|servers?|footage|recordings|files)\b",
            unless=r"\bevents?\b|\bmeetings?\b",
        ),
        sign(
            r"\b(?:sent|send|transfer\w*|store[ds]?|process\w*|go(?:es)?|moved?|held)\b.{0,50}\b(?:abroad|overseas|another country|other countries"
            r"|outside this country)\b",
            about=rf"{INFO}",
            unless=r"\btourists?\b|\bgoods\b|\bif you (?:move|live|go)",
        ),
        sign(
            r"\btransfers? to (?:the )?(?:india|us|usa|united states|canada|ireland|europe|philippines|other countries)\b"
            r"|\b(?:company|supplier|servers?|provider|data|information)\b.{0,60}\bin (?:the )?(?:united states|usa|us|india|ireland|canada|germany"
            r"|netherlands|france|australia)\b|\bdata ?cent(?:re|er)s?\b.{0,20}\b(?:with)?in\b|\b(?:uk|eu|eea)-based\b|\b(?:information|data|it)\b.{0,30}\bleaves? the country\b|\badequacy (?:decision|regulations?)\b|\binternational data transfer agreement\b",
        ),
        sign(
            r"\b(?:yes|no|none|not|never|only|uk|countries|safeguards?)\b",
            under=r"\b(?:abroad|overseas|outside the (?:uk|united kingdom|eea|eu)|international transfers?|other countries)\b"
            r"|^transfers? (?:of|outside|abroad)",
        ),
    ),
    "N10": (
        sign(
            r"\b(?:keeps?|kept|holds?|held|retain\w*|stores?|stored|delet\w+|destroy\w*|eras\w+|wip\w+|dispos\w+|remov\w+|shred\w*"
            r"|archiv\w+|overwritten|cleared|hold on to|anonymised|taken down|taken off|weeded|purged|thrown away|get rid of|forgets?|last|stays? (?:on|in))\b",
            about=PERIOD_EN,
            near=r"\b(?:information|data|details|particulars|records?|files?|applications?|forms?|footage|images|photos?|pictures|recordings?"
            r"|register|query|case|answers|reports?|notes|entries|claims?|address|name|names|comments|messages|photographs|account|membership|it|they|them)\b",
            unless=r"\b(?:lost property|bins?|streets?|parks?|tickets?|open|dry|pets?|dogs?|diary|gate|permit in|notices? of|allotment)\b"
            r"|\bnot yet decided\b|\bkeep (?:paths|the paths)|\bretained for review by you|\b(?:respond|reply|answer|tell us)\w* within|\bcalled? back",
        ),
        sign(
            r"\b(?:retention|disposal|records) (?:schedule|policy)\b|\bretention periods?\b.{0,30}\b(?:is|are|:)",
            unless=r"\bno retention|^retention periods?:?$",
        ),
        sign(
            PERIOD_EN,
            under=r"\bhow long\b|\bretention\b|\bkept\b|\bkeep(?:ing)?\b|\bheld\b|\bdelete\b|\bstorage period\b|\bdestroy",
            unless=r"\b(?:respond|reply|answer)\w* within|\bdogs?\b|\bbins?\b",
        ),
        sign(r"\d|\bclosure\b", under=r"\bretention\b|\bhow long\b", about=r"\b(?:year|month|week|day)s?\b|\+"),
        sign(
            r"\b(?:as|so|no|any) long(?:er)? (?:as|than)\b.{0,30}\b(?:necessary|needed|required|need|require)\b|\b(?:kept|held|retained|retain|keep)"
            r" in (?:accordance|line) with\b",
            unsure=True,
        ),
    ),
    "N11": (
        kinds(
            r"\baccess\b|\bcop(?:y|ies) of\b|\b(?:see|view) (?:your|the|their|what)\b|\bask (?:for|to see)\b|\brequest .{0,20}(?:data|information|copy)"
            r"|\b(?:ask|request) to see\b|^see\b",
            r"\bcorrect\w*\b|\brectif\w+|\b(?:put|putting|have|get) (?:\w+ ){0,3}(?:right|corrected|fixed)\b|\bamend\b|\binaccura\w+|\bmistakes?\b",
            r"\beras(?:e|ed|ure|ing)\b|\bdelet(?:e|ed|ion)\b|\bforgotten\b",
            r"\brestrict\w*\b|\blimit (?:how|our|the|what)\b",
            r"\bobject\b|\bobjection\b|\b(?:ask|tell) us to stop\b|\bstop (?:us )?using\b",
            r"\bportab\w+|\btransferred to you\b|\btake (?:it|your data|them) away\b|\btake away your\b|\bmove your (?:data|information)\b",
            says=r"\brights? (?:to|of)\b|\bentitled to\b|\byou (?:can|may|could)\b(?: also)?(?::| (?:ask|tell us to|request|object|access|correct|see|have|erase|delete))"
            r"|\brights? (?:include|are)\b|\bexercise\b.{0,20}\brights?\b|\bask us to (?:correct|delete|erase|stop|restrict)",
            under=r"\b(?:your|their|people's|data subject|information) rights\b|^rights$|\byou (?:can|may)(?: also)?:$|\brights? (?:to|include|are)\b"
            r"|\bwhat you can (?:do|ask)\b",
            unless=r"\bright to (?:buy|work|roam|refuse)\b|\bcommissioner\b.{0,30}\bcan\b|\bcookies\b|\bdo not have (?:the |a )?rights?\b",
        ),
        sign(
            r"\byour (?:data protection |information |privacy )?rights\b|\brights over your\b|\bdata protection rights\b",
            unsure=True,
        ),
    ),
    "N12": (
        sign(
            r"\bwithdraw\w*\b.{0,40}\b(?:consent|permission|agreement|it)\b|\b(?:consent|permission)\b.{0,80}\bwithdr[ae]w\w*"
            r"|\btake back (?:that|your|this) (?:permission|consent)"
            r"|\b(?:cancel|revoke)\b.{0,20}\b(?:consent|permission)\b|\bstop (?:the|these|our) (?:e-?mails|messages|texts|letters)\b"
            r"|\bto stop (?:receiving|getting)\b|\bremoved? (?:you |your (?:name|details) )?from (?:the|our|this) (?:mailing )?list\b"
            r"|\bsay no at any time\b|\bno longer (?:agree|consent)\b|\bchanged? your mind\b|\b(?:can|may|to) unsubscribe\b|\bunsubscribe link\b|\bopt(?:ing)? out\b",
            unless=r"\b(?:not|never|cannot|can't) (?:be )?withdr|\bwithdraw (?:an|your|the) (?:application|offer|claim)",
        ),
    ),
    "N13": (
        sign(
            r"\binformation commission(?:er)?\b|\bico\b|\bthe commissioner\b|ico\.org",
            near=r"\b(?:complain\w*|concerns?|unhappy|not happy|not satisf\w+|dissatisf\w+|aggrieved|lodge|raise|appeal"
            rf"|regulator|supervisory|helpline|take (?:it|this|your complaint) (?:up|further|to)|look at it|look into|got it wrong|wycliffe)\b|{PHONE}|{POSTCODE}",
            unless=r"\bregist(?:ration|ered|er)\b|\bnotification number\b|\bno need to\b",
        ),
        sign(
            r"\binformation commission(?:er)?\b|\bico\b|\bico's\b", unsure=True, unless=r"\bregist(?:ration|ered|er)\b"
        ),
    ),
    "N13b": (
        sign(
            r"\bcomplain\w*\b|\bgrievance\b|\bunhappy\b|\bnot (?:happy|satisfied)\b|\bdissatisfied\b|\bsomething(?: is)? wrong\b"
            r"|\bconcerns? about\b|\bworr(?:y|ied)\b|\b(?:think|believe|feel) (?:that )?we have (?:not|misused|broken)\b|\bproblem with how\b",
            about=r"\b(?:information|data|privacy|this notice|about this|personal)\b",
            near=rf"\b(?:tell|contact|speak|write|e-?mail|call|ring|use|fill|addressed|let us know|get in touch|raise|online)\b|\bcomplaints? (?:procedure|form"
            rf"|team|manager|officer)|\bto (?:us|the clerk|the council)\b|{MAIL}|{OFFICER_MAIL}",
            unless=r"\b(?:ico|information commission\w*|the commissioner)\b|\binvestigate\b|\bwhen you complain\b",
        ),
        sign(
            r"\b(?:tell|contact|speak to|write to|e-?mail|use|fill in|call|ring|talk to)\b",
            under=r"\bcomplain|\bnot happy\b|\bunhappy\b|\bconcerns\b",
            unless=r"^(?:you can also )?(?:complain|write|contact|go).{0,20}\b(?:ico|information commission\w*)\b|\b(?:bins?|noise)\b",
        ),
        sign(r"\bcomplaints? (?:are|procedure|policy)\b", unsure=True),
    ),
    "N14": (
        sign(
            r"\b(?:get|gets|got|receives?|received|obtain(?:ed|s)?|collect(?:ed|s)?|gather(?:ed)?|comes?|came|supplied|taken)\b.{0,80}?\bfrom\b"
            r" (?:you|your|the|other|others|our|a|an|landlords?|schools?|food|applicants?|council|members|most|hospitals?|police)\b",
            about=r"\b(?:information|data|details|particulars|it|some of it|most of it|names?|records)\b",
            unless=r"\b(?:garden|waste|bins?|rubbish|river|meters)\b|\bif you (?:do not|don't)",
        ),
        sign(
            r"\b(?:you|parents?|applicants?|your (?:gp|doctor|school|employer)|[a-z]+ service)\b[^.]{0,30}?"
            r"\b(?:give|gives|gave|tell|tells|told|send|sends|fill(?:ed)? in|pass(?:es)? on)\b (?:us\b|the form|the application|in the form"
            r"|your|the)",
            unless=r"\bif you (?:do not|don't|fail|didn't)|\bunless you\b|\b(?:must|need to|have to|required to|should|can|may|please|whether you)\b"
            r"|\b(?:notice|path|consent)\b|\btell us the (?:nearest|time)",
        ),
        sign(
            r"\b(?:gives?|sends?|provides?|supply|supplies|tells?) us (?:with )?(?:\w+ )?(?:information|details|data|references|names|about you)\b|\btold about you by\b"
            r"|\b(?:doctor|gp|school|employer|hospital|landlord|registrar|court|council)s? (?:also |then )?(?:sends?|gives?|tells?|passes) us\b"
            r"|\b(?:passed|supplied|provided|sent|notified|told) (?:to us |to the council )?by (?:the|your|other|a|local)\b"
            r"|\b(?:collect|get|receive|gather)\b.{0,60}\bwhen you (?:apply|fill|complete|contact|register|ring|use|join)"
            r"|\breferrals?\b.{0,40}\bfrom\b"
            r"|\bform (?:that )?you fill(?:ed)? in\b.{0,20}\bcomes from\b|\b(?:what|information|data|details) (?:that )?(?:you|people|others|they) (?:give|provide|tell|send|supply|told|gave)\b"
            r"|\b(?:application|form) (?:form )?(?:that (?:was|you) )?(?:completed|filled in) by you\b",
            unless=r"\bif (?:you|the|your)\b|\byou (?:must|need|have to|can|may|should)\b",
        ),
        sign(
            r"\w+",
            under=r"\bwhere\b.{0,30}\b(?:from|get|got|comes?)\b|^sources?\b|\bwho tells us\b|\bwhere from\b|\bhow (?:do )?we (?:get|obtain)\b",
            unless=r"^(?:sources?|where from)\W*$|^where (?:do|does|did) ",
        ),
    ),
    "N15": (
        sign(
            r"\bif you (?:do not|don't|fail to|choose not to|decide not to|refuse)\b.{0,80}\b(?:cannot|can't|not be able|unable|may not|won't"
            r"|will not|refus\w+|fined?|penalty|offence|delay\w*)\b",
            about=r"\b(?:give|provide|tell|supply|answer|fill|complete|share|leave|do not|don't|details|information)\b",
            unless=r"\b(?:do not|don't|fail to) (?:pay|bring|attend|keep|clear)\b|\bpath\b|\bconsent\b",
        ),
        sign(
            r"\b(?:giving|providing|answering|supplying|provision|it's|it is|this is|this information|your name|they are)\b.{0,80}\b(?:voluntary|optional"
            r"|up to you|your choice|mandatory|compulsory|required by law|a statutory (?:requirement|obligation)|a contractual requirement"
            r"|statutory requirement)\b",
        ),
        sign(
            r"\b(?:you|applicants|claimants|parents|they)\b (?:must|have to|need to|are (?:legally )?(?:required|obliged) to|do not have to|don't have to"
            r"|do not need to|don't need to|need not) (?:give|provide|tell|supply|answer|complete|fill)\b(?: us| in)?"
            r"(?:.{0,40}\b(?:information|details|data|questions?|name|particulars|form)\b|:| us\b|$)",
            unless=r"\b(?:consent|path|gloves|notice|access to the|proof of (?:who|identity)|evidence of (?:who|identity)|request)\b"
            r"|\b(?:if|when|whenever) (?:your|any|the|anything|something)\b.{0,40}\bchang",
        ),
        sign(
            r"\bwithout (?:it|this|these|them|that|a completed|your|the)\b.{0,80}\b(?:cannot|can't|not be able|unable|may not|won't)\b"
            r"|\b(?:cannot|can't) .{0,60}\bwithout (?:it|this|these|them|that|a completed|your (?:details|information|name)|the (?:facts|information|details|data|answers))\b",
            about=r"\b(?:we|us)\b",
            unless=r"\bwithout (?:your )?(?:consent|asking|a ticket)|\bshare\b",
        ),
        sign(
            r"\bleave (?:this|it|any|a)\b.{0,20}\bblank\b|\bno need to (?:tell|give|answer|provide)\b|\boffence (?:not )?to\b|\bno obligation to (?:give|provide|tell|answer)\b|\bmandatory (?:fields?|questions?|information)\b"
            r"|\binformation is not (?:provided|given|supplied)\b|\b(?:delayed|refused|rejected) (?:if you (?:do not|don't)|without)\b|\blegal requirement (?:to|that you)\b"
            r"|\bnot (?:giving|providing) (?:us )?.{0,40}\b(?:means?|may|could)\b|\bcan only\b.{0,30}\bif you (?:give|tell|provide)\b"
            r"|\bfailure to (?:provide|supply|give|do so|answer)\b|\bup to you whether you (?:tell|give)\b"
        ),
        sign(
            r"^(?:yes|no)\b|\bcannot\b|\bmust\b",
            under=r"\bdo (?:i|you) have to\b|\bmust (?:i|you) (?:give|provide|answer)\b|\bif you do not (?:give|provide)",
        ),
    ),
    "N16": (
        sign(
            r"\bautomat(?:ed|ic|ically)\b.{0,20}\b(?:decisions?|decision-making|processing|means|scor\w+|profil\w+)\b|\bprofiling\b|\bsolely automated\b"
            r"|\bhuman intervention\b|\bby automated means\b",
            unless=r"\bautomated (?:e-?mail|text|message|renewal|reminder|system|payment)",
        ),
        sign(
            r"\bdeci(?:de[sd]?|sions?)\b.{0,80}\b(?:automat\w+|by (?:an? )?(?:computer|machine|software|algorithm)|without (?:any )?(?:human|a person|people))"
            r"|\b(?:computers?|machines?|software|algorithms?)\b.{0,60}\bdeci(?:des?|sions?)\b"
            r"|\b(?:a person|a human|an officer|staff|people|humans?|officers)\b.{0,20}\b(?:makes?|takes?|decides?)\b.{0,30}\b(?:decisions?|every|all|cases?)\b"
            r"|\bdecisions?\b.{0,20}\b(?:made|taken|reached) by (?:a person|people|our staff|staff|an officer|officers|humans?)\b",
        ),
        sign(
            r"\w+",
            under=r"\bautomated\b.{0,20}\bdecision|\bcomputers?\b.{0,20}\bdecide|\bprofiling\b",
            unless=r"^automated",
        ),
    ),
}
"""The signs of each requirement in the order in which they are looked for; `unsure` ones come last."""
