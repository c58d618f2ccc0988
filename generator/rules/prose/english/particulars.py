"""Signs in English of which data there is about somebody: N07."""

from __future__ import annotations

from generator.rules.prose.signs import Table, kinds, sign

_COLLECTS = (
    r"\b(?:collect|collects|collected|hold|holds|held|record|records|use|uses|using|take|takes|keep|keeps|ask|asked|need|needs|asks"
    r"|require|requires|process|processes|processed|recorded|stored|have|has|like|about|includ\w+|contains?|gather|store|stores|gives?"
    r"|tells?|provide|includes:|note is made|lists?|shows?|logs?|captures?|compris\w+|find|look after|knows?|scanned|kept|is your|are your|a note of|note|see|consists? of|write down)\b"
)
_PLACES = r"(?:parks?|streets?|roads?|(?:bus )?stops?|councillors?|members|officers?|buildings?|places?|schools?|offices?|shops?|libraries)"
_KINDS = (
    r"\b(?:fore|sur|user ?)?names?\b(?! (?:of|on) the)|\bwho you are\b|\bwhat you are called\b",
    r"(?<!mail )(?<!ip )\baddress(?:es)?\b(?! above)|\bwhere you live\b",
    r"\b(?:tele)?phone\b(?! (?:us|the|our|call))|\b(?:mobile|emergency|contact) numbers?\b|\bnumber (?:to ring|that you ring from)\b|\byour (?:phone )?number\b",
    r"\be-?mail(?: address(?:es)?)?\b(?! us)",
    r"\bdates? of birth\b|\bages?\b(?! group)|\bdates of birth\b|\bhow old\b",
    r"\bcontact (?:details|information|data)\b|\bhow (?:to|we can) (?:reach|contact|get hold of) you\b",
    r"\bbank(?:ing)?(?: account)? (?:details|statements?)|\bincome\b|\bfinancial (?:details|information|data)|\b(?:payment|card) details\b|\bbenefit"
    r"|\bearnings\b|\bpayments\b|\baccount number\b|\butility bill\b",
    r"\bsavings\b|\brent\b|\bdebts?\b",
    r"\bhealth\b(?! (?:visitors?|centres?|services?|boards?|professionals?|staff|and safety))|\bmedical\b|\b(?:test|blood|scan) results\b|\bresults of\b.{0,40}\b(?:tests?|x-rays?|scans?)\b|\bdiagnos[ei]s\b|\bmedication\b|\btreatments?\b|\ballerg\w+|\bdisabilit\w+|\bsensitive facts\b|\bwhat you can and cannot eat|\bwheelchair\b",
    r"\bvideos?\b|\brecordings\b|\bfootage\b|\bfilm\b|\bwhat (?:it|they) (?:sees?|hears?)\b|\bvoices?\b|\bfaces?\b|\bmessages\b|\bchats?\b",
    r"\bbirth(?:places?|days?)\b|\bjobs?\b(?! title)|\boccupations?\b|\bmarital status\b|\bfamily\b|\bsignatures?\b|\bhousehold\b|\bwho you live with\b"
    r"|\blifestyle\b",
    r"\bnext of kin\b|\bemergency contact|\bdetails of (?:your|their) (?:carers?|relatives?|doctor|gp|employer)\b",
    r"\battendance\b",
    r"\bspecial educational needs\b|\bexclusions\b|\bassessment results\b",
    r"\bjob title\b|\bip address|\bdevice\b|\blocation\b|\blog-?in\b|\bcookies set\b",
    r"\bwhere you work\b",
    r"\bwhen you were born\b",
    r"\bphotos?\b|\bphotographs?\b|\b(?:visual )?images\b|\bpersonal appearance\b",
    r"\bnational insurance\b|\bni number\b|\bnumber plates?\b|\bregistration numbers?\b|\b(?:nhs|patient|(?:unique )?pupil|student|payroll) numbers?\b|\b(?:car|vehicle) (?:registration|details|type)\b|\b(?:reference|permit|card|membership) number",
    r"\bethnic\w*\b|\breligio\w+\b|\bfaith\b|\bsex\b|\bgender\b|\bnationality\b|\bimmigration status\b|\bsexual orientation|\bracial\b|\btrade union\b",
    r"\bsex life\b|\bbiometric\b|\bgenetic\b|\bpolitical\b",
    r"\bqualifications\b|\b(?:employment|tenancy|work) (?:history|needs)\b|\beducation\b|\bcriminal (?:records?|convictions?|allegations?)",
    r"\bpostcode\b|\byour views\b|\bpassports?\b|\bdriving licence\b|\b(?:proof|evidence) of (?:identity|address|who you are|your \w+)|\bdietary|\bidentity (?:documents?|data)\b",
    r"\bcorrespondence\b|\bassessments\b|\b(?:medical )?reports\b|\bnotes of\b|\bletters\b|\bhousing needs\b|\bpersonal details\b",
    r"\b(?:dates?|times?) (?:at which|when|of (?:your|each|the|every) (?:visit|call|entry|arrival|appointment|purchase|booking))\b",
    r"\b(?:two|your|job|character|employment) references\b|\breferees?\b",
    r"\bdbs\b|\bapplication forms?\b",
    r"\bschool\b|\bwho borrowed\b|\bpages (?:that )?you (?:open|visit|look)|\bbasic details\b",
)
_FURTHER_KINDS = (
    r"\b(?:sickness|absences?|annual leave|appraisals?|performance|disciplinary|payroll|salary|pension|payslips?)\b",
    r"\b(?:injur(?:y|ies)|witness\w*|insurance details|accidents?|incidents?)\b",
    r"\b(?:vehicles?|cars?) (?:registration|make|model|details|type|keeper)\b|\bnumber plates?\b|\bpermit number\b",
    r"\b(?:employment|employer|work) (?:status|details|history|situation|records?)?\b|\bemployment\b",
    r"\b(?:housing|living|family|home) (?:situation|arrangements|circumstances|conditions|details|tenure)\b|\btenanc(?:y|ies)\b|\baccommodation\b",
    r"\b(?:any )?support (?:you|they|needs|that)\b|\bcare (?:needs|plans?|records?)\b|\b(?:access|additional|support|communication|dietary|learning) (?:needs|requirements)\b",
    r"\bsocial circumstances\b|\bbehaviou?r\b|\bsafeguarding (?:concerns|information|records)\b",
    r"\b(?:offences?|convictions?|cautions?|allegations?)\b",
    r"\b(?:appointments?|prescriptions?|vaccinations?|immunisations?|referrals?|gp practice|medical history|test results|scans?)\b",
    r"\b(?:attainment|year group|exam results|progress|class|reading level|marks|grades|free school meals)\b",
    r"\b(?:browser|operating system|pages? (?:you )?visit\w*|web pages|log files|device type|screen size)\b",
    r"\b(?:purchases?|transactions?|orders?|payment (?:records|history)|direct debit|arrears|account balance|meter readings?)\b",
    r"\b(?:preferences|interests|topics|hobbies|newsletters? (?:you|that))\b",
    r"\b(?:opinions?|comments|feedback|answers|responses)\b",
    r"\b(?:your )?title\b|\bsignatures?\b|\bmaiden name\b|\bqualifying address\b",
    r"\b(?:business interests|terms? of office|memberships?|qualifications?|training|skills|licen[cs]es? held)\b",
    r"\b(?:relationships?|dependants|dependents|children|partner|spouse|carers?|household members)\b|\bpeople who live with\b",
    r"\b(?:nationality|citizenship|visa|first language|country of birth|place of birth|immigration)\b",
    r"\bdate and time\b|\b(?:dates?|times?) (?:and|of)\b|\btimes and dates\b|\bsound\b|\baudio\b",
    r"\bage (?:band|range|group)\b|\bpronouns?\b|\bmarital\b|\bcivil partnership\b",
    r"\bproperty\b|\bcouncil tax (?:band|number|account)\b|\bbenefits\b|\bentitlements?\b",
    r"\bproof of\b|\bpayslips\b|\bcertificates?\b|\bidentification\b|\bpassport\b",
)
"""Kinds that only count beside others in the same statement."""
_LISTED = (*_KINDS[:-1], *_FURTHER_KINDS)
_NOTED = (
    r"\b(?:collect\w*|h[eo]ld\w*|record\w*|not(?:e|es|ed)\b|ask(?:s|ed)? (?:you )?(?:for|about)|need(?:s|ed)?|requir\w+|process\w*|stor\w+|keep|kept|gather\w*|contain\w*|includ\w+|compris\w+"
    r"|consist\w*|captur\w+|log(?:s|ged)?|list(?:s|ed)?|show(?:s|n)?|enter(?:s|ed)?|taken? (?:down)?|receiv\w+|obtain\w*|provid\w+|cover(?:s|ed)?|such as|for (?:example|instance)|made up of"
    r"|relat(?:es?|ing) to|regarding|concerning|know|see|seen|store|visible|appears?|use|used|look(?:s|ed)? at|write down|written down|scan(?:ned|s)?|film(?:s|ed)?|measur\w+|tell us|give us)\b"
)
_NOT_SOMEBODYS = r"^(?:please |do not |don't |never )|\bdirector(?:y|ies)\b|\bof (?:the |local |all |our |every |each |many )*(?:charit\w+|clubs?|businesses|groups|organisations|suppliers|shops|providers|buildings?)\b"
"""A request to the reader, or data about bodies."""
_NOT_COLLECTED = (
    rf"{_NOT_SOMEBODYS}|\b(?:names?|address(?:es)?)\b.{{0,20}}\bof (?:the |each |every |all |our )?{_PLACES}\b"
    r"|^(?:if|quote|bring|put|give|write|state|send|enter|fill|show|check|tell|visit|have|use|see|read) |\b(?:please|let us know|tell us) (?:if|when|as soon)\b|\b(?:not|never|n't|no longer) (?:\w+ )?(?:need|ask|require|want|hold|collect|record|keep|store|use|take|have|share|see|process)\w*\b"
    r"|\banonym\w+\b|\bstatistic\w*\b|\brights?\b|\bentitled\b|\b(?:shared?|pass(?:ed)?|disclosed?|sent|given|available|forwarded|transferred) (?:\w+ )?(?:to|with)\b|\bask us to\b"
    r"|\bto (?:provide|calculate|assess|deliver|plan|support|help|manage|decide|improve|protect|administer|pay|make|work out|offer|run|arrange|promote|monitor|carry|deal|meet|enable|ensure|collect|prevent|give|tell|answer|process)\b.{0,60}\b(?:and|or)\b"
    r"|\bin order to\b|\bfor the purposes? of\b|\bdelet\w+|\b(?:for|after|until) (?:\w+ ){0,2}(?:days|weeks|months|years)\b|\b(?:website|web page|websites|director(?:y|ies)|leaflets?|courses?|grants?|events?|advice)\b|\bwrite to\b|\bcontact us\b|\bcharit\w+\b"
    r"|\bpersonal (?:data|information) (?:is|means|are|refers to) (?:any|all|information|data)\b[^;]*$|\bsecure\w*\b|\bencrypt\w*\b|\b(?:from|by) (?:you|your (?:\w+ )?(?:gp|school|employer|landlord))\b.{0,10}$"
)
"""Other statements that hold lists of such words: requests, negations, purposes, rights, recipients, periods,
services."""

SIGNS: Table = {
    "N07": (
        kinds(
            *_KINDS,
            says=rf"{_COLLECTS}|\b(?:information|data|details) \(?(?:such as|for example)\b",
            under=r"\b(?:what|which|types?|kinds?|sorts?|categor\w+)\b.{0,30}\b(?:information|data|details|hold|collect|use|have|ask)\b"
            r"|^(?:personal )?(?:information|data|details)\b|\bwe (?:may |will |also )?(?:collect|hold|use|record|process|need|know|write down|ask|store|keep)\b"
            r"|\b(?:collect|process|hold|record|store|keep|gather)\w*\b.{0,40}\b(?:information|data|details)\b(?!.*\bto\W*$)|\b(?:personal )?(?:data|information)\b.{0,30}\b(?:includes?|such as)\b|\bdo we know\b|\bthis includes\b|\binformation (?:we|that we|about you|collected|held)\b|^(?:data|types?) (?:categories|held|collected)\b|\bdata (?:being|that is|that are) (?:processed|held|collected)\b|\bstore about you\b|^(?:examples?|data items?)$",
            unless=r"\b(?:not|never|n't) (?:collect|hold|record|need|use|have|keep|share|pass|ask)\b|\b(?:contact|email|e-mail|write to|ring"
            r"|call|phone|telephone)\b.{0,20}(?:us|the clerk|our)\b|\bwrite to\b|\bput both names\b|\bgiving (?:us )?your\b|\byou may\b|\boptional\b"
            r"|\bshare your\b|\b(?:your )?(?:privacy )?rights? (?:include|to)\b|\bsharing?\b.{0,20}\bwith\b|\bprint\w* (?:with|your)\b|\bpublished\b|\bcopy of\b|\brange of\b|\bproducts\b|\b(?:news|newsletters?|leaflets?|magazines?|exhibitions?|talks?) (?:has|have|is|are|about|on)\b"
            rf"|\b(?:names?|address(?:es)?)\b.{{0,20}}\bof (?:the |each |every |all |our )?{_PLACES}\b|^(?:please )?(?:put|quote|give|write|state|send|bring|have)\b"
            rf"|{_NOT_SOMEBODYS}",
        ),
        sign(
            r"(?:^|\b(?:your|the|'s) )(?:full )?(?:names?|address|age)(?:,| and) (?:\w+ ){0,2}(?:address(?:es)?|number|age|date of birth|e-mail|email)\b",
            unless=r"\b(?:not|never|n't|may|can|please|must)\b|\bpublished\b|\bcopy of\b|^(?:please )?(?:put|quote|give|write|state|send|bring)\b"
            rf"|\bof (?:the |each |every |all |our )?{_PLACES}\b|{_NOT_SOMEBODYS}",
        ),
        sign(
            r"\b(?:includ\w+|such as|collect|hold|need|have|is)\b.{0,40}\bcontact details\b",
            unless=r"\b(?:not|never|n't) |share|officer",
        ),
        sign(
            r"\bspecial categor\w+\b.{0,60}\b(?:such as|for (?:instance|example)|includ\w+|like|about|:)",
            unless=r"\b(?:not|never|n't|no) (?:\w+ )?(?:collect|hold|process|special)",
        ),
        sign(
            r"\b(?:cameras?|cctv|drones?|video)\b.{0,60}\b(?:record|film|captur|see|photograph)\w*\b.{0,60}\b(?:people|pedestrians|plates?|faces?|voices?|sees|you|passengers|drivers|visitors)\b"
            r"|\b(?:photographs?|photos?|film|videos?|pictures)\b.{0,20}\bof you\b|\bcalls?\b.{0,40}\b(?:are|is|be) recorded\b"
            r"|\brecording of the call\b|\binformation about your \w+(?:,| and) \w+",
            unless=r"\b(?:not|never|n't|no)\b",
        ),
        kinds(*_LISTED, says=_NOTED, unless=_NOT_COLLECTED, together=True),
        kinds(*_LISTED, says=r"[,;/|:]|\band\b", unless=_NOT_COLLECTED, enough=3, together=True),
        sign(
            r"\b(?:hold|record|collect|need|ask (?:you )?for|keep|store|process|includes?|note|receive|have|request|require)\b.{0,30}?\b(?:information|details|data|records?|notes)\b (?:about|on|of|regarding|concerning|relating to) "
            r"(?:your|their|his|her|the child's|any|family|each \w+'s)\b (?!application to\b).{3,60}?(?:,| and | or )",
            unless=_NOT_COLLECTED,
        ),
        sign(
            r"\b(?:special categor\w+|sensitive) (?:personal )?(?:data|information)\b.{0,60}(?::|\bsuch as\b|\bincluding\b|\bnamely\b|\be\.g\b|\(|\bfor example\b|\blike\b|\babout\b)|\b(?:images?|footage|film|pictures|photographs?|video|recordings?) of (?:people|you|visitors|passengers|drivers|vehicles|individuals|members of the public|anyone|persons|residents|pupils|your (?:face|car|vehicle))\b",
            unless=_NOT_COLLECTED + r"|\b(?:more|extra|additional|special|greater) protection\b",
        ),
    ),
}
