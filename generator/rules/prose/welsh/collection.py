"""Signs in Welsh of which data there is, where it comes from and whether it must be given: N07, N14, N15."""

from __future__ import annotations

from generator.rules.prose.signs import Table, kinds, sign
from generator.rules.prose.welsh.bodies import RECIPIENT
from generator.rules.prose.welsh.vocabulary import GIVE, GIVEN, INFO, LACKING

_KINDS = (
    r"\bh?enwau?\b|\bh?enw'?r?\b",
    r"\b(?:ch?|g)yfeiriad(?:au)?\b(?! (?:e-bost|ip))",
    r"\brh?if(?:au)? (?:ff?ôn|cyswllt|symudol)\b",
    r"\be-?bost\b",
    r"\bdd?yddiad(?:au)? geni\b|\bh?oedran\b|\boed\b",
    r"\b[mf]anylion (?:cyswllt|personol|cysylltu)\b",
    r"\b[mf]anylion (?:banc|ariannol)\b|\bh?incwm\b|\b(?:ch?|g)ynilion\b|\brh?ent\b|\bdd?yled\w*|\b[td]h?aliadau\b|\b(?:ch?|g)yflog(?:au)?\b",
    r"\biechyd\b|\banabledd\w*|\b[mf]eddyg(?:inia\w+|ol)\b|\b[mf]eddyg teulu\b|\bdd?iagnosis\b|\balerg\w+|\b(?:ch?|g)anlyniadau (?:profion|prawf|sganiau)\b|\bapwyntiad\w*",
    r"\b(?:ch?|g)refydd\b|\bethnig\w*|\brh?ywedd\b|\b(?:ch?|g)enedligrwydd\b|\brhywiol\b|\bhil\b|\bundeb llafur\b|\bgwleidyddol\b",
    r"\biaith gyntaf\b|\bgwlad geni\b|\biaith\b",
    r"\b[pb]h?resenoldeb\b|\b(?:ch?|g)yrhaeddiad\b|\babsenoldeb\w*|\bsalwch\b|\bymddygiad\b|\bprydau ysgol\b",
    r"\bffoto\w*|\bll?uniau\b|\bdd?elweddau\b|\bll?ais\b|\bsain\b|\bfideo\w*|\brecordiad\w*",
    r"\byswiriant gwladol\b|\brh?if(?:au)? (?:gig|cofrestru|y gyflogres|cyfeirnod|disgybl|cerbyd)\b|\b(?:ch?|g)ofrestru cerbyd\w*|\b(?:ch?|g)erbyd\w*",
    r"\b[td]h?eulu\b|\bperthynas agosaf\b|\bberthynas agosaf\b|\bdibynyddion\b|\bbyw gyda\b|\bh?aelwyd\b|\b[pb]artner\b",
    r"\b(?:ch?|g)yflogaeth\b|\bswydd\b|\bcymwysterau\b|\baddysg\b|\bhyfforddiant\b",
    r"\b(?:ch?|g)yfeiriad ip\b|\bporwr\b|\bdyfais\b|\btudalennau\b",
    r"\b(?:ch?|g)od post\b|\bpasbort\b|\bphasbort\b|\btrwydded yrru\b|\bprawf o\b",
    r"\beuogfarn\w*|\b[td]h?rosedd\w*|\bhonia\w+",
    r"\b(?:ch?|g)ohebiaeth\b|\bll?ythyrau\b|\bnodiadau\b|\badroddiadau\b|\bhanes\b|\bhatebion\b|\batebion\b",
    r"\banghenion\b|\bcymorth (?:sydd|rydych)\b|\bsefyllfa (?:dai|byw|deuluol)\b|\btenantiaeth\b",
    r"\b[mf]anylion yswiriant\b|\btystion\b|\banafiadau\b",
)
_NOT_COLLECTED = (
    r"^(?:peidiwch|rhowch|ysgrifennwch|dewch|anfonwch|ystyr|dangoswch|llenwch)\b|\b(?:nid ydym|ni fyddwn|nid oes angen|nid ydyn ni|does dim angen|dim ond)\b|\brhowch wybod\b|\bcysylltwch\b|\bhawl\b|\b(?:rh?annu|rhennir|dd?atgelu|dd?atgelir|h?anfonir|trosglwyddir)\b.{0,60}(?:\bâ\b|\bi'r\b|\bâ'r\b|\bi\b)"
    r"|\bgyfeiriadur\b|\bcyfeiriadur\b|\belusennau\b|\bparciau\b|\bstrydoedd\b|\bei newid\b|\bddiogel\b|\bam \d+ |\bgan (?:eich|y|yr)\b|\ber mwyn\b"
)
_GOT = r"\b(?:daw|dod|ddaw|daeth|gh?[ea]el|cael|cawn|gawn|ceir|cafwyd|cawsom|dd?erbyn(?:nir|iwn|ir|iwyd)?|(?:ch?|g)as[gl]\w+|(?:ch?|g)esglir|dd?arperir|dd?arparwyd|dd?arparu|rh?oddir|rh?oddwyd|rh?oi|h?anfon(?:ir|wyd)?|[cg]h?lyw(?:ed|wn|ir)|tynnir|echdynnir|[cg]h?asglwyd|gwirio|hysbysir)\b"
_FROM = r"(?:\b(?:gan|gennych|oddi wrth|oddi wrthych|o|o'r|o'ch|o dan|drwy|trwy|gyda)\b)"
_TOPIC = rf"\b(?:{INFO}|amdanoch|atgyfeiria\w*|dd?elweddau|tystiolaeth|dystiolaeth|honiadau|cwynion|gwynion|canlyniadau|adroddiadau|hadroddiadau|ohoni|hon|hyn)\b"
_NOT_A_SOURCE = (
    r"\b(?:gallwch|cewch|byddwch yn cael|dylech|rhaid i chi|hawl|cyllid o|ein cyllid|ariannu|grant\w*|gwastraff|dŵr|llyfrgell|gymorth|ffurflen hon|llythyr)\b|\b\d[\d,.]* o (?:geisiadau|gwynion|alwadau)\b|\bgan gynnwys\b|\b(?:ni fyddwn|nid ydym)\b(?!.*\b(?:gennych|oddi wrthych)\b)|\bos (?:na|cawn|byddwn)\b|\bceisiadau bob\b|\bpwerau\b"
    r"|\b(?:anfonwn|rhannwn|datgelwn)\b"
)
_GIVING = r"\b(?:rh?oi|rh?oddi|dd?arparu|h?ateb|ll?enwi|dd?weud|sôn|rh?annu|dd?atgelu|(?:ch?|g)yflwyno|h?anfon|dd?ychwelyd|(?:ch?|g)wblhau|rh?oddwch|rh?owch|dd?arparwch|dd?ywedwch|h?atebwch|h?anfonwch|dd?arperir|nodi)\b"
_ITEM = rf"\b(?:{INFO}|ff?urflen|[cg]h?westiyn?au|[cg]h?westiwn|hon|hyn|rh?if|h?enw|h?ethnigrwydd|h?iechyd|(?:ch?|g)refydd|[td]h?ystiolaeth|dd?ogfennau|h?oedran|h?incwm|rh?ywedd|holiadur|arolwg|prawf|[mf]anylion)\b"
_WITHOUT = rf"(?:\bos na\w*\b.{{0,40}}?(?:{_GIVING}|\b(?:chawn|fyddwn yn cael|dderbyniwn|fydd gennym)\b)|\b(?:heb|hebddyn|hebddo|hebddi|hebddynt)\b|\b(?:methu|methiant|fethu|peidio|beidio|gwrthod|wrthod|dewis peidio)\b(?: â| ag| i)? (?:â |ag )?{_GIVING}|\boni (?:roddwch|ddarparwch|fyddwch|chawn)\b)"
_FAILS = r"\b(?:ni|na|nad|nid) (?:allwn|fydd\w*|ellir|fyddem|allem|fyddai|chaiff|chewch)\b|\b(?:methu|gwrthod|wrthod|h?oedi|gohirio|ohirio|dd?irwy|[td]rosedd|drosedd|golygu|olygu|effeithio|gallai|gall hyn|gallai hyn|amhosibl|colli|cymryd mwy o amser|dychwelyd|ddychwelyd)\b"
_FREE_OR_BOUND = r"\b(?:g?wirfoddol|gorfodol|orfodol|dd?ewisol|ofynnol|gofynnol|g?ofyniad (?:statudol|cyfreithiol)|rheidrwydd|rwymedigaeth|rhwymedigaeth|(?:nid oes|does dim|nid yw'n|nid oes unrhyw) (?:rhaid|angen|rheidrwydd|raid|orfodaeth|ofynnol)|rhaid i chi|rhaid ichi|chi sydd i|eich dewis|i fyny i chi|yn ôl y gyfraith|o dan y gyfraith|yn drosedd|cewch ddewis|gallwch ddewis|well gennych beidio)\b"
_NOT_GIVING = r"\b(?:rhaid i ni|rhaid inni|rhaid i'r cyngor|talu|dalu|thalwch|bin|biniau|caniatâd|cydsyniad|apelio|ein bod yn|cyhoeddi|gwersi|cyfarfod|aelodaeth|ddewch|dibynnu|cytunwch|chytunwch|cŵn|hebrwng|heb eich caniatâd|heb ofyn|derbynneb)\b"

SIGNS: Table = {
    "N07": (
        kinds(
            r"\b(?:h?enw|enwau|henwau|enw'r)\b",
            r"\b(?:cyfeiriad|gyfeiriad|chyfeiriad|cyfeiriadau|chyfeiriadau)\b(?! e-bost)",
            r"\b(?:rhif|rhifau) (?:ffôn|cyswllt)\b",
            r"\b(?:cyfeiriad|gyfeiriad|chyfeiriad) e-bost\b",
            r"\bdyddiad(?:au)? geni\b|\bddyddiad geni\b|\b(?:h?oedran|oed)\b",
            r"\b[mf]anylion (?:cyswllt|personol)\b",
            r"\b[mf]anylion (?:banc|ariannol)\b|\bincwm\b",
            r"\biechyd\b|\banabledd\b|\bcrefydd\b|\bethnig\w*",
            r"\biaith gyntaf\b|\bgwlad geni\b|\b[cgh]{1,2}enedligrwydd\b|\bpresenoldeb\b",
            r"\bffoto\w*|\b(?:lluniau|luniau)\b|\bllais\b|\brhif yswiriant gwladol\b",
            r"\b[cg]h?erbyd\b|\b(?:hanes|h?ysgol|dosbarth|teulu|deulu|cartref|swydd|addysg|recordiad\w*)\b",
            says=r"\b(?:casglu|gasglu|cadw|gadw|cedwir|gedwir|dal|defnyddio|ddefnyddio|prosesu|brosesu|rhoi|gofyn am|gofyn (?:ichi|i chi) am|ofynnwn am|angen|cynnwys|daw|dangos|cofnodi|gofnodi|cofnodir"
            r"|data canlynol|recordio)\b",
            under=r"\b(?:pa (?:wybodaeth|ddata)|beth|gwybodaeth|wybodaeth|manylion|data)\b",
            unless=r"\b(?:nid ydym|ni fyddwn|cysylltwch|peidiwch|rhowch|ysgrifennu|ysgrifennwch)\b|\bcaniatâd, a gallwch\b|\benwau'r (?:strydoedd|parciau)\b",
        ),
        sign(
            r"\b[cg]h?ategor\w+ arbennig\b.{0,40}\b(?:megis|fel|er enghraifft|tarddiad|iechyd|gan gynnwys|yn cynnwys)\b",
            unless=r"\b(?:nid ydym|ni fyddwn)\b",
        ),
        kinds(
            *_KINDS,
            says=r"\b(?:[cg]h?asglu|[cg]h?asglwn|[cg]esglir|[cg]h?adw|[cg]edwir|dal|ddal|gynnal|dd?efnyddi\w*|[pb]h?rosesu|[pb]rosesir|gofyn\w*|ofyn\w*|angen|hangen|gh?ynnwys|cynnwys|chynnwys|[cg]h?ofnod\w*|megis|er enghraifft|fel|ceir|nodi|nodir|dangos|recordio|recordir|storio|gweld|rhoi|cymryd|yw|canlynol)\b|:",
            unless=_NOT_COLLECTED,
            together=True,
        ),
        kinds(*_KINDS, says=r"[,;/|:]|\ba[c']?\b", unless=_NOT_COLLECTED, enough=3, together=True),
        kinds(
            *_KINDS,
            under=r"\b(?:math|mathau|categor\w+|enghr\w+|gwybodaeth|wybodaeth|data|manylion)\b",
            unless=_NOT_COLLECTED,
            together=True,
        ),
        sign(
            r"\b(?:dd?elweddau|ll?uniau|recordiadau|fideo\w*|ffilm) o (?:bobl|gerbydau|ymwelwyr|unigolion|wynebau)\b|\bcategor\w+ arbennig\b.{0,60}\b(?:megis|fel|er enghraifft|gan gynnwys|sef|yn cynnwys)\b",
            unless=_NOT_COLLECTED,
        ),
    ),
    "N14": (
        sign(
            r"\b(?:gennych(?: chi)?|oddi wrthych(?: chi)?|gan eich|oddi wrth (?:eich|y|yr)|gan (?:y|yr|eraill|ysgolion|asiantaethau)|gan [a-zâêîôûŵŷ]+)\b",
            about=rf"\b(?:casglu|gasglu|daw|derbyn|cael|cawn|ceir|rhoddwyd|rhoddir|darperir)\b.{{0,60}}\b{INFO}\b|\b{INFO}\b.{{0,60}}\b(?:casglu|gasglu|daw|derbyn|cael|cawn|ceir|rhoddwyd|rhoddir|darperir)\b",
            unless=r"\bgwastraff\b|\b(?:cewch|gallwch|byddwch yn cael|llyfrgell|gymorth)\b|\bgan gynnwys\b",
        ),
        sign(
            r"\bf?fynhonnell\b.{0,30}\byw\b|\b(?:daw|ceir|cafwyd|cawn|derbyn|dderbyn)\b.{0,20}\b(?:g?wybodaeth|data|manylion)\b.{0,20}\b(?:o|o'r|o'ch|oddi|gan)\b"
        ),
        sign(r"\ba ro(?:ddwch|wch) (?:chi )?i ni\b"),
        sign(
            r"\b(?:anfon|rhoi|dweud)\b.{0,60}\b(?:atom|i ni|wrthym)\b",
            about=r"\b(?:dvla|adran|asiantaeth|ysgolion|ysgol|meddyg|landlord|cyflogwr|gyflogwr|heddlu|cynghorau|bwrdd iechyd)\b",
        ),
        sign(r"\bbyddwch yn (?:rhoi|dweud)\b.{0,80}\b(?:i ni|wrthym|ffurflen)\b", unless=r"\bos na\b|\brhaid\b"),
        sign(r"\w+", under=r"\bgan bwy\b|\bo ble\b|\bf?fynhonnell\b|\bffynonellau?\b", unless=r"^(?:gan bwy|o ble)"),
        sign(
            rf"{_GOT}.{{0,90}}?{_FROM}.{{0,50}}?(?:{RECIPIENT}|\b(?:chi|gofrestr|ffynonellau|camerâu|cofrestr)\b)|{_GOT}.{{0,60}}?\b(?:gennych|oddi wrthych|uniongyrchol)\b",
            about=_TOPIC,
            unless=_NOT_A_SOURCE,
        ),
        sign(
            rf"{RECIPIENT}.{{0,50}}?\b(?:rhoi|rhoddi|anfon|darparu|rhannu|dweud|hysbysu|cyflenwi|trosglwyddo|cyflwyno|pasio)\b.{{0,60}}?\b(?:i ni|inni|atom|wrthym|gyda ni|â ni|i'r cyngor|i'r ysgol)\b",
            about=rf"{_TOPIC}|\beich\b",
            unless=_NOT_A_SOURCE,
        ),
        sign(
            r"\w+",
            under=r"\bo ble (?:y |mae |rydym |cawsom |caiff |daw )|\bsut (?:y |cawsoch|cawsom|cafodd|rydym yn cael|rydym yn casglu|mae'r cyngor yn cael)",
            unless=r"\?\W*$",
        ),
    ),
    "N15": (
        sign(
            rf"{LACKING}.{{0,80}}\b(?:gall hyn|gallai hyn|na allwn|methiant|ohirio|ni allwn|allwn ni ddim|ni fyddwn|na fyddwn|ni fydd|methu|oedi|dirwy|gwrthod)\b",
            unless=r"\bos na (?:thalwch|ddewch)\b",
        ),
        sign(
            rf"\b(?:rhaid|mae'n rhaid|mae angen|nid oes rhaid|does dim rhaid|nid oes angen|does dim angen|ofynnol|ofynnol yn ôl y gyfraith)(?: yn ôl y gyfraith)?(?: i chi| ichi| i neb)?(?: yn ôl y gyfraith)?(?: i chi| ichi)? {GIVE}\b",
            about=GIVEN,
            unless=r"\brhaid i ni\b|\bmae'n rhaid inni\b",
        ),
        sign(
            r"\w+",
            under=r"\bbeth os na\b.{0,30}\b(?:darparu|rhoi)\b|\boes rhaid (?:i chi|ichi|i mi|imi)\b.{0,20}\b(?:darparu|ddarparu|rhoi|roi|ateb)\b",
            unless=r"\?$",
        ),
        sign(r"\bgadewch (?:y blwch|hwn|ef) yn wag\b|\bgadael (?:y blwch|hwn) yn wag\b"),
        sign(r"\b(?:gallwch|gallwch chi|cewch) (?:wrthod|ddewis peidio â) (?:rhoi|ateb|dweud)\b"),
        sign(
            r"\b(?:gwirfoddol|wirfoddol|gorfodol|orfodol|dewisol|ddewisol)\b",
            about=rf"{GIVEN}",
            unless=r"\bgwersi\b|\baelodaeth\b",
        ),
        sign(r"\b(?:eich dewis chi|chi sydd i benderfynu|i fyny i chi)\b.{0,60}\b(?:dweud|rhoi|ateb|roi|ddweud)\b"),
        sign(rf"{_WITHOUT}.{{0,100}}?{_FAILS}|{_FAILS}.{{0,80}}?{_WITHOUT}", about=_ITEM, unless=_NOT_GIVING),
        sign(
            rf"{_FREE_OR_BOUND}.{{0,80}}?{_GIVING}.{{0,60}}?{_ITEM}|{_GIVING}.{{0,60}}?{_ITEM}.{{0,60}}?{_FREE_OR_BOUND}|{_FREE_OR_BOUND}.{{0,60}}?{_GIVING}|{_ITEM}.{{0,30}}?\b(?:yn|'n) (?:dd?ewisol|g?orfodol|wirfoddol|ofynnol)\b",
            about=_ITEM,
            unless=_NOT_GIVING,
        ),
        sign(
            r"\b(?:hepgor|adael|gadael|neidio)\b.{0,30}\b(?:cwestiwn|gwestiwn|cwestiynau|gwestiynau|blwch|gwag|wag)\b|\b(?:[cg]ymryd rhan|ateb|cwblhau|llenwi)\b.{0,40}\b(?:wirfoddol|gwirfoddol|ddewisol|dewisol)\b.{0,60}\b(?:cwestiwn|gwestiwn|cwestiynau|ateb|gwybodaeth|arolwg)\b"
            r"|\b(?:aros|bod|roi gwybod|ymateb|ateb) yn dd?ienw\b|\bheb (?:roi|ddweud|rhoi) (?:eich|eu) (?:enw|henw|manylion)\b",
        ),
        sign(
            r"^(?:gofynnol|dewisol|gorfodol|gwirfoddol|angenrheidiol|nid oes angen)\W*$",
            under=r"\b(?:angen|gofynnol|ofynnol|rhaid|gorfodol|orfodol|dewisol)\b",
        ),
        sign(
            r"\w+",
            under=r"\b(?:oes rhaid|a oes angen|oes angen|rhaid) (?:i mi|imi|i chi|ichi|i fi)\b.{0,40}\?\W*$|\bos na\w*\b.{0,30}\b(?:roddaf|rhoddaf|ddywedaf|roddwch|rhoddwch|ddywedwch|ddarparwch)\b",
            unless=r"\?\W*$|" + _NOT_GIVING,
        ),
    ),
}
