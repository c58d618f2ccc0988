"""Signs in English of which data there is, where it comes from and whether it must be given: N07, N14, N15."""

from __future__ import annotations

from generator.rules.prose.english.vocabulary import DATA, GIVEN, GIVING, GIVING_DATA
from generator.rules.prose.signs import Table, kinds, sign

_COLLECTS = (
    r"\b(?:collect|collects|collected|hold|holds|held|record|records|use|uses|using|take|takes|keep|keeps|ask|asked|need|needs|asks"
    r"|require|requires|process|processes|processed|recorded|stored|have|has|like|about|includ\w+|contains?|gather|store|stores|gives?"
    r"|tells?|provide|includes:|note is made|lists?|shows?|logs?|captures?|compris\w+|find|look after|knows?|scanned|kept|is your|are your|a note of|note|see|consists? of|write down)\b"
)
_PLACES = r"(?:parks?|streets?|roads?|(?:bus )?stops?|councillors?|members|officers?|buildings?|places?|schools?|offices?|shops?|libraries)"
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
"""What it means that the data is lacking."""
_MAY_OR_MUST = (
    r"\b(?:must|has to|have to|need(?:s)? to|needn't|need not|need|(?:(?:is|are|be|being)|you're|they're) (?:not )?(?:\w+ )?(?:required|obliged|bound|asked|free|entitled)"
    r"(?: by law| not)? to|under (?:no|an|a|any) (?:\w+ )?(?:obligation|duty) to|(?:can|may|could|free to) (?:always )?(?:refuse|decline|choose|decide|prefer|opt)"
    r"(?: not)? to|(?:would )?(?:rather|prefer) not to|may skip|can skip|(?:legal|statutory|contractual)"
    r"(?: or (?:legal|statutory|contractual))? (?:requirement|obligation|duty|need) (?:to|that you|for you to))\b"
)

SIGNS: Table = {
    "N07": (
        kinds(
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
            says=rf"{_COLLECTS}|\b(?:information|data|details) \(?(?:such as|for example)\b",
            under=r"\b(?:what|which|types?|kinds?|sorts?|categor\w+)\b.{0,30}\b(?:information|data|details|hold|collect|use|have|ask)\b"
            r"|^(?:personal )?(?:information|data|details)\b|\bwe (?:may |will |also )?(?:collect|hold|use|record|process|need|know|write down|ask|store|keep)\b"
            r"|\b(?:collect|process|hold|record|store|keep|gather)\w*\b.{0,40}\b(?:information|data|details)\b(?!.*\bto\W*$)|\b(?:personal )?(?:data|information)\b.{0,30}\b(?:includes?|such as)\b|\bdo we know\b|\bthis includes\b|\binformation (?:we|that we|about you|collected|held)\b|^(?:data|types?) (?:categories|held|collected)\b|\bdata (?:being|that is|that are) (?:processed|held|collected)\b|\bstore about you\b|^(?:examples?|data items?)$",
            unless=r"\b(?:not|never|n't) (?:collect|hold|record|need|use|have|keep|share|pass|ask)\b|\b(?:contact|email|e-mail|write to|ring"
            r"|call|phone|telephone)\b.{0,20}(?:us|the clerk|our)\b|\bwrite to\b|\bput both names\b|\bgiving (?:us )?your\b|\byou may\b|\boptional\b"
            r"|\bshare your\b|\b(?:your )?(?:privacy )?rights? (?:include|to)\b|\bsharing?\b.{0,20}\bwith\b|\bprint\w* (?:with|your)\b|\bpublished\b|\bcopy of\b|\brange of\b|\bproducts\b|\b(?:news|newsletters?|leaflets?|magazines?|exhibitions?|talks?) (?:has|have|is|are|about|on)\b"
            rf"|\b(?:names?|address(?:es)?)\b.{{0,20}}\bof (?:the |each |every |all |our )?{_PLACES}\b|^(?:please )?(?:put|quote|give|write|state|send|bring|have)\b",
        ),
        sign(
            r"(?:^|\b(?:your|the|'s) )(?:full )?(?:names?|address|age)(?:,| and) (?:\w+ ){0,2}(?:address(?:es)?|number|age|date of birth|e-mail|email)\b",
            unless=r"\b(?:not|never|n't|may|can|please|must)\b|\bpublished\b|\bcopy of\b|^(?:please )?(?:put|quote|give|write|state|send|bring)\b"
            rf"|\bof (?:the |each |every |all |our )?{_PLACES}\b",
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
    ),
    "N14": (
        sign(
            rf"{DATA}.{{0,60}}?\b(?:come|comes|came|obtained|received|collected|gathered|supplied|provided|taken|originates?|reach(?:es|ed)? us|bought|drawn)\b"
            r".{0,40}?\b(?:from|by|through|via|over the phone|at the counter)\b (?!april|may|reception)\w+",
            unless=r"\b(?:garden|waste|bins?|rubbish|river|meters|leaflets?|parcels?|weather)\b|\bif you (?:do not|don't)|\bif (?:you|we)\b.{0,20}\b(?:ask|want)"
            r"|\b(?:can|could|may|might|must|should|to) be (?:obtained|collected|taken)\b|\b(?:copies|copy|more) (?:of|information|details)\b"
            r"|\b(?:you|residents|parents|children|applicants|anyone|people|members|customers|visitors)\b (?:\w+ ){0,2}(?:get|obtain|receive|collect|find)\b|\bright\b|\b(?:provided|sent|supplied|given) to (?:you|the government)\b",
        ),
        sign(
            r"\b(?:we|us|council|team|service|department|scheme|school)\b.{0,40}?\b(?:get|gets|got|receives?|received|obtain(?:ed|s)?|collect(?:ed|s)?|gathers?|gathered|takes?|find)\b.{0,80}?\b(?:from|in|over|at)\b"
            r" (?:you|your|the|other|others|our|an?|landlords?|schools?|applicants?|members|most|hospitals?|police|public|third|partners?|hm|neighbours?)\b",
            about=rf"{DATA}|\bthis\b|\b(?:some|most|part) of it\b|\bit (?:directly |straight )?from\b",
            unless=r"\b(?:garden|waste|bins?|rubbish|river|meters|food|electricity|money)\b|\bif you (?:do not|don't)|\b(?:can|may|will|to) (?:get|obtain|receive) (?:\w+ ){0,3}from us\b"
            r"|\bget\w* (?:\w+ ){0,3}from us\b|\bon our website\b|\b(?:you|residents|parents|children|applicants|anyone|people|customers|visitors)\b (?:\w+ ){0,2}(?:get|obtain|receive|collect|find)\b",
        ),
        sign(
            r"\b(?:it|this|some of (?:it|this|what we know|the)|most of (?:it|this|what we know|the)|what we know|they)\b.{0,40}\b(?:comes?|came|obtained|supplied|provided)\b.{0,20}\b(?:from|by) (?:you|your|the|others?|an?|our|hospitals?|schools?|doctors?)\b",
            near=rf"{DATA}|\bwhat we know\b",
            unless=r"\bfood\b",
        ),
        sign(
            r"\b(?:you|parents?|applicants?|your (?:gp|doctor|school|employer)|[a-z]+ service)\b[^.]{0,30}?"
            r"\b(?:give|gives|gave|tell|tells|told|send|sends|fill(?:ed)? in|pass(?:es)? on|provide|enter|supply)\b (?:us\b|the form|the application|in the form"
            r"|your|the (?:information|details|data)\b.{0,20}\b(?:on|in|when|through|by))",
            unless=r"\bif you (?:do not|don't|fail|didn't|give|tell)|\bunless you\b|\b(?:must|need to|have to|required to|should|can|may|please|whether you)\b"
            r"|\b(?:notice|path|consent)\b|\btell us the (?:nearest|time)|\b(?:not|never|n't) (?:give|tell|send|provide)",
        ),
        sign(
            r"\b(?:gives?|gave|given|sends?|provides?|supply|supplies|tells?|reports?|confirms?|hand) us (?:with )?(?:\w+ )?(?:your |the )?(?:information|details|data|references|names|about you)\b|\b(?:gives|gave|sends|sent) us (?:the |your |their )?(?:full )?(?:names?|address\w*|number|age)\b|\btold about you by\b|\bpass(?:es)? (?:on )?(?:concerns|information|details|names|referrals|data) (?:on )?to us\b"
            r"|\b(?:doctor|gp|school|employer|hospital|landlord|registrar|court|council)s? (?:also |then )?(?:sends?|gives?|tells?|passes) us\b"
            r"|\b(?:passed|supplied|provided|sent|notified|told|given) (?:on )?(?:to us |to the council )?by (?:the|your|other|a|local|schools|partner)\b"
            r"|\b(?:we|us)\b.{0,20}\b(?:are|were|get|been|be) (?:sent|given|told|notified of|informed of|passed)\b.{0,50}\bby\b"
            r"|\b(?:collect|collected|get|receive|gather|gathered|take)\b.{0,60}\bwhen you (?:apply|fill|complete|contact|register|ring|phone|call|write|visit|use|join)"
            r"|\breferrals?\b.{0,40}\bfrom\b|\b(?:others?|people|someone|neighbours?|relatives?|they|members of the public)\b.{0,20}\b(?:may|might|can|will|could|sometimes)\b.{0,10}\b(?:tell us|report)\b.{0,60}\byou\b"
            r"|\breport (?:\w+ )?to us\b.{0,40}\b(?:name|about) you\b"
            r"|\bwe (?:may |also |will )?(?:check|verify|compare) .{0,40}\b(?:with|against) (?:other|your)\b|\bchecked against\b|\bcheck(?:ing)?\b.{0,20}\bagainst\b.{0,30}\b(?:records|registers?|databases?|sources)\b|\b(?:data|information|details)\b.{0,20}\bcomes? to us\b|\bwe are (?:\w+ )?given (?:information|data|details) about\b|\bwe (?:may |also |will )?(?:ask|check with|contact|consult|look at|look you up|look up)\b.{0,40}\b(?:your (?:employer|gp|doctor|landlord|school|bank)|register|agency|roll)\b.{0,60}\b(?:confirm|tells|gives|about you|earnings|details)\b|\blook up\b.{0,60}\b(?:registry|register|companies house)\b"
            r"|\bwe (?:may |also |will |sometimes ){0,2}(?:consult|search|check|use|look (?:at|up|in))\b.{0,20}\b(?:public(?:ly available)?|open|official|social media|credit reference) (?:registers?|records|sources?|agenc(?:y|ies)|profiles?|accounts?)\b"
            r"|\bcameras?\b.{0,30}\brecords? (?:it|you|this)\b"
            r"|\b(?:landlord|employer|school|gp|doctor|referee)s? (?:may|will|might|can) (?:supply|send|give|provide)\b.{0,20}\b(?:references?|details|information|data|report)\b"
            r"|\bform (?:that )?you fill(?:ed)? in\b.{0,20}\bcomes from\b|\b(?:what|information|data|details) (?:that )?(?:you|people|others|they) (?:give|provide|tell|send|supply|told|gave)\b"
            r"|\b(?:application|form) (?:form )?(?:that (?:was|you) )?(?:completed|filled in) by you\b",
            unless=r"\bask (?:the|another)\b|\bif (?:you (?:do|don|fail|give|tell|want)|the|your)\b|\byou (?:must|need|have to|can|may|should|with)\b|\bgive you\b|\bsend you\b",
        ),
        sign(
            r"\w+",
            under=r"\bwhere\b.{0,30}\b(?:from|get|got|comes?)\b|^(?:data |information )?sources?\b|\bsources\W*$|\bsource of\b|\b(?:information|data|details)\b.{0,60}\b(?:come|comes|collected|obtained|provided|received|supplied)\b.{0,30}\b(?:from|by|through|via)\b(?:.{0,60}[:?])?\W*$|\b(?:collect|get|receive|obtain|take)\b.{0,60}\bfrom\b.{0,40}[:?]$|\bhow (?:is|are) .{0,30}\b(?:information|data|details)\b.{0,20}\b(?:obtained|collected|gathered)\b|\bwho provide[sd]?\b|\bwho (?:tells|told|gives|gave) us\b|\bwhere from\b"
            r"|\bhow (?:do |will |may )?we (?:may |will )?(?:get|obtain|collect|receive)\b|\bhow (?:your |the )?(?:information|data) is (?:collected|obtained)\b",
            unless=r"^(?:(?:data |information )?sources?|where from)\W*$|^where (?:do|does|did) ",
        ),
    ),
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
            r"\btak(?:e|ing) part\b.{0,30}\b(?:voluntary|optional|up to you|your choice)\b|\b(?:do not|don't) have to take part\b|\b(?:your (?:own )?(?:choice|decision)|up to you)\b.{0,40}\b(?:information|data|details|say|answers?)\b",
            unsure=True,
        ),
    ),
}
