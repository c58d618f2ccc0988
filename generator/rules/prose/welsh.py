"""The signs of N01 to N16 and A01 to A04 in Welsh, with the mutations that the words take. docs/prose.md has their precision and recall."""

from __future__ import annotations

from generator.rules.prose.common import ADDRESS, PERIOD_CY, REACHED
from generator.rules.prose.signs import Table, kinds, sign
from generator.rules.prose.statements import WEB

_INFO = (
    r"(?:g?wybodaeth|ngwybodaeth|data|ddata|manylion|fanylion|cofnod\w*|gofnod\w*|enwau?|cyfeiriad|gyfeiriad|ceisiadau|ffurflenni?|ei|eu|caiff"
    r"|cânt|rhain|hi\b)"
)
_BODY = r"\b(?:g|ng)?nghyngor\b|\b[cg]yngor (?:(?:sir|tref|bwrdeistref|dinas|cymuned|dosbarth) )?(?!tref\b|sir\b|y\b|yn\b|hwn\b|ar\b)[a-z]{3,}"
_DPO = r"\bswyddog(?:ion)? diogelu data\b"
_ICO = r"\b(?:g|ch)?[cg]?omisiynydd gwybodaeth\b|\bcomisiwn gwybodaeth\b"

_COUNTRY = r"iwerddon|unol daleithiau|yr almaen|ffrainc|iseldiroedd|india|canada|awstralia|undeb ewropeaidd"
_GIVE = r"(?:roi|rhoi|ddarparu|darparu|ateb|lenwi|llenwi|ddweud|dweud)"
_GIVEN = rf"\b(?:{_INFO}|ffurflen|cwestiynau|cwestiwn|hon|crefydd|oedran|enw)\b"
_LACKING = r"\b(?:os na (?:fyddwch|roddwch|rowch|ddarparwch|chawn|fyddwn yn cael|ddywedwch)|os (?:byddwch yn dewis|dewiswch) (?:peidio|beidio)|heb (?:yr?|eich) (?:g?wybodaeth|manylion|data|enw|cyfeiriad))\b"
"""What it means that the data is lacking."""
_ADULT = r"(?:oedolyn|rhieni|rhiant|gofalwr|athro|athrawes|mam|nyrs|gweithiwr cymdeithasol|rhywun rydych(?: chi)?(?:'n)? yn ymddiried)"

WELSH: Table = {
    "N01": (
        sign(r"\brheol(?:ydd|yddion|wr|wyr) data\b", anywhere=REACHED, unless=r"\bnid\b.{0,20}\brheol(?:ydd|wr)"),
        sign(rf"(?<!gyda )(?<!â ){_BODY}", anywhere=REACHED),
        sign(r"\bgyfrifol am\b", about=_INFO, anywhere=REACHED),
        sign(_BODY, unsure=True),
    ),
    "N03": (
        sign(
            _DPO,
            near=rf"{ADDRESS}|{WEB}|\bcyfeiriad\b|\bysgrifenn",
            before=0,
            after=2,
            unless=r"\b(?:nid oes|heb)\b.{0,20}swyddog diogelu",
        ),
        sign(_DPO, unsure=True, unless=r"\b(?:nid oes|heb)\b.{0,20}swyddog diogelu"),
    ),
    "N04": (
        sign(
            rf"\b(?:defnydd\w*|ddefnydd\w*|prosesu|brosesu|angen|hangen|casglu|gasglu|cadw|gadw|dal)\b.{{0,40}}\b{_INFO}\b.{{0,80}}?"
            r"\b(?:i|er mwyn|ar gyfer|at ddibenion|fel y)\b \w+",
            unless=r"\b(?:nid ydym|ni fyddwn|peidiwch)\b|\bcadwch\b|\bcwcis\b|\ba'i ddefnydd|\bcyfyngu\b|\bgwyno\b|\bgwneud cwyn\b",
        ),
        sign(r"\bdiben(?:ion)? (?:y |ein |'r )?(?:prosesu|defnydd|casglu|hyn)"),
        sign(
            r"\w+ \w+", under=r"^pam\b|\bdiben(?:ion)?\b|\bsut (?:rydym|yr ydym|byddwn) yn defnyddio", unless=r"^pam:?$"
        ),
    ),
    "N05": (
        sign(
            r"\bs(?:ail|eiliau) (?:gyfreithiol|gyfreithlon)\b.{0,80}\b(?:tasg|dasg|cydsyniad|chydsyniad|caniatâd|chaniatâd|contract|deddf|ddeddf|erthygl"
            r"|rhwymedigaeth|cyfraith|gyfraith|budd)",
        ),
        sign(r"\berthygl 6 ?\(?1?\)? ?\(?[a-f]?\)?|\b6 ?\(1\) ?\([a-f]\)", unless=r"hawliau dynol|cyfansoddiad"),
        sign(
            r"\b(?:tasg|dasg|thasg) gyhoeddus\b|\brhwymedigaeth(?:au)? gyfreithiol\b|\bdyletswydd(?:au)? (?:gyfreithiol|statudol)\b"
        ),
        sign(
            r"\b(?:dibynnu ar|ddibynnu ar|sail yw|ein sail)\b.{0,20}\b(?:g?ch?ydsyniad|ch?aniatâd|cydsyniad|caniatâd|chydsyniad|chaniatâd)\b"
        ),
        sign(r"\bgyda(?:'ch| eich) (?:ch?aniatâd|cydsyniad)|\bgyda'ch (?:caniatâd|cydsyniad)", unless=r"\brhannu\b"),
        sign(
            r"\b(?:yn ôl|gan) y gyfraith\b|\by gyfraith yn (?:gofyn|mynnu|caniatáu)\b", unless=r"\brhannu\b|\boni bai\b"
        ),
        sign(
            r"\b(?:deddf|rheoliadau) .{3,80}\b\d{4}\b",
            about=r"\bgalluog\w*|\bein\b|\bni\b|\bdan\b",
            unless=r"diogelu data",
        ),
        sign(
            r"\w+",
            under=r"\bsail (?:gyfreithiol|gyfreithlon)|\by gyfraith\b",
            about=r"\b(?:deddf|erthygl|tasg|cydsyniad|caniatâd|contract|rhwymedigaeth)",
        ),
        sign(r"\bsail (?:gyfreithiol|gyfreithlon)\b", unsure=True),
    ),
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
    ),
    "N08": (
        sign(
            rf"\b(?:rhannu|rannu|rhennir|datgelu|ddatgelu|trosglwyddo|pasio|rhoi)\b.{{0,30}}\b{_INFO}\b.{{0,40}}(?:\b(?:â|ag|gyda|gydag|i)\b|â'r|i'r) ?\w+",
            unless=r"\boni bai\b|\bheb (?:eich|ofyn)\b|\bmarchnata\b|\brhannu bin\b|\bfwrdd\b|\bbyddwch yn rhoi\b|\brhaid i chi\b|\bos na\b"
            r"|\b(?:rhoi trwydded|i ni|atoch|angen i chi)\b",
        ),
        sign(
            r"\b(?:g?wybodaeth|data|manylion|cofnodion)\b.{0,50}\b(?:rhannu|rannu|datgelu|ddatgelu|trosglwyddo|drosglwyddo|anfon|hanfon)\b ?(?:(?:â|ag|gyda|gydag|i|at)\b|â'r|i'r|at y) ?\w+",
            unless=r"\boni bai\b|\bheb (?:eich|ofyn)\b|\bmarchnata\b|\bos na\b|\b(?:i ni|atom|atoch|i chi|nid ydym|ni fyddwn)\b",
        ),
        sign(
            r"\b(?:nid ydym|ni fyddwn|nid ydyn ni)\b.{0,20}\b(?:rhannu|rhoi|datgelu|eu rhoi)\b.{0,30}\b(?:neb|unrhyw un)\b"
        ),
        sign(
            r"\w+",
            under=r"\bgyda phwy\b|\bpwy (?:sy'n|fydd yn) (?:cael|gweld)\b|\bderbynwyr\b|\brhannu (?:eich|gwybodaeth|â)\b",
            unless=r"^gyda phwy",
        ),
        sign(r"\brhannu\b.{0,20}\b(?:g?wybodaeth|data)\b", unsure=True),
    ),
    "N09": (
        sign(
            r"\by tu allan i'?r (?:du|deyrnas|ue|undeb|aee|ardal economaidd)\b|\b(?:gadael|adael) y deyrnas\b|\bgadael y du\b",
            unless=r"\bteithio\b|\bpasbort\b",
        ),
        sign(r"\b(?:storio|cadw|gadw|cedwir)\b.{0,40}\byng nghymru\b|\bgweinyddion ein hunain\b"),
        sign(
            r"\b(?:storio|cadw|gadw|aros|prosesu|gweinydd\w*|weinydd\w*)\b.{0,40}\byn (?:y|yr) (?:du|deyrnas|aee|ue|undeb)\b|\byn y du a'r aee\b"
        ),
        sign(
            r"\b(?:anfon|hanfon|drosglwyddo|trosglwyddo|throsglwyddo|storio|prosesu|mynd|fynd)\b.{0,40}\b(?:dramor|gwledydd eraill|wledydd eraill|gwlad arall|wlad arall)\b",
            about=rf"\b{_INFO}\b",
            unless=r"\bymwelwyr\b",
        ),
        sign(
            rf"\b(?:cyflenwr|gyflenwr|gweinydd\w*|weinydd\w*|data|g?wybodaeth|cwmni|gwmni)\b.{{0,60}}\b(?:{_COUNTRY})\b",
            unless=r"\bgefeilldref\b|\bymwelwyr\b",
        ),
        sign(
            r"\w+",
            under=r"\b(?:trosglwyddiad\w*|trosglwyddo|drosglwyddo) (?:data )?(?:dramor|rhyngwladol)|\bdramor\b|\bgwledydd eraill\b|\by tu allan i'r (?:du|deyrnas)",
        ),
    ),
    "N10": (
        sign(
            r"\b(?:cadw|gadw|cedwir|gedwir|cadwn|dileu|ddileu|dinistrio|dinistrir|ddinistrio|storio|dal|dilëir|gwaredu)\b",
            about=PERIOD_CY,
            near=rf"\b(?:{_INFO}|luniau|lluniau|ffeil(?:iau)?|recordiad\w*|cais|gais|[uf]eil\w*)\b",
            unless=r"\b(?:bin|strydoedd|cŵn|llyfrau'n|eiddo|derbynneb|dderbynneb|ateb eich|cwrs)\b",
        ),
        sign(r"\b(?:dileu|ddileu)(?:'n| yn) syth\b", near=rf"\b{_INFO}\b"),
        sign(r"\b(?:cadw|gadw)\b.{0,60}\b(?:tra|cyhyd ag y) (?:bod|bydd|bo) (?:gennych|eich)\b"),
        sign(r"\bh?amserlen(?:ni)? (?:gadw|cadw)\b|\bpolisi cadw\b"),
        sign(PERIOD_CY, under=r"\bam (?:ba hyd|faint)\b|\bcadw\b|\bgadw\b|\bcyfnod\b|\b(?:pa|ba) mor hir\b"),
        sign(r"\b(?:cyhyd|hyd) (?:ag|â|y) .{0,20}\b(?:angen|angenrheidiol)\b|\bcyhyd ag y bo angen", unsure=True),
    ),
    "N11": (
        kinds(
            r"\b(?:gweld|weld|gael copi|copi o|mynediad|gyrchu|cyrchu)\b",
            r"\b(?:cywiro|gywiro|chywiro)\b",
            r"\b(?:dileu|ddileu|anghofio)\b",
            r"\b(?:cyfyngu|gyfyngu)\b",
            r"\b(?:gwrthwynebu|wrthwynebu)\b",
            r"\b(?:cludadwyedd|gludadwyedd|trosglwyddo eich)\b",
            says=r"\b(?:hawl|hawliau)\b|\bgallwch (?:ofyn|weld|wrthwynebu)\b",
            under=r"\b(?:eich )?hawliau\b|\bgallwch:$",
            unless=r"\bhawl i (?:fenthyg|gael (?:cadi|bin))\b",
        ),
        sign(r"\beich hawliau\b", unsure=True),
    ),
    "N12": (
        sign(
            r"\b(?:tynnu|dynnu|thynnu|dynnwch|diddymu|ddiddymu|canslo|ganslo)\b.{0,40}\b(?:yn|'n) ?[ôo]l\b|\bdynnu'n ôl\b|\b(?:diddymu|ddiddymu|canslo|ganslo)\b",
            about=r"\b(?:g?ch?ydsyniad|ch?aniatâd|cydsyniad|caniatâd|ei)\b",
            unless=r"\bcynnig\b|\bni (?:allwch|ellir)\b|\bgall y cyngor\b",
        ),
        sign(r"\b(?:d|dd)ad-?danysgrifio\b"),
        sign(
            r"\b(?:tynnu|dynnu) eich enw oddi ar\b|\br?h?oi'r gorau i (?:dderbyn|derbyn|gael)\b|\b(?:nad|nid) ydych (?:am|eisiau) (?:glywed|dderbyn|clywed|derbyn)\b"
        ),
    ),
    "N13": (
        sign(
            _ICO,
            near=r"\b(?:cwyn\w*|gwyn\w*|chwyn\w*|fodlon|pryder\w*)\b|\b0\d{3}",
            unless=r"\bcofrestr\w*|\brhif cofrestru",
        ),
        sign(_ICO, unsure=True, unless=r"\bcofrestr\w*"),
    ),
    "N13b": (
        sign(
            r"\b(?:cwyno|gwyno|cwyn|gwyn|gŵyn|chwyn|gwneud cwyn|anhapus|bryder|pryder|bryderon|pryderon|pryderu|poeni|camddefnyddio|gamddefnyddio|camdrin)\b|\b(?:nad|nid) (?:ydych|ydw) (?:yn hapus|yn fodlon)\b",
            about=r"\b(?:g?wybodaeth|data|preifatrwydd|[mf]anylion|diogelu data|swyddog diogelu)\b",
            near=rf"\b(?:cysylltwch|ysgrifennwch|ffoniwch|defnyddiwch|dywedwch|llenwch|anfonwch|rhowch wybod|gallwch|gwneud cwyn|drwy|ffurflen|gyda ni|[cg]wyno i ni|hawl i gwyno)\b|{ADDRESS}",
            unless=rf"{_ICO}|\bymchwilio\b|\bplentyn\b|\bni fyddwn yn\b",
        ),
        sign(
            r"\b(?:cysylltwch|ysgrifennwch|ffoniwch|defnyddiwch|dywedwch|llenwch)\b",
            under=r"\bcwyn|\bddim yn fodlon\b",
            unless=rf"{_ICO}|\bbin\b",
        ),
    ),
    "N14": (
        sign(
            r"\b(?:gennych(?: chi)?|oddi wrthych(?: chi)?|gan eich|oddi wrth (?:eich|y|yr)|gan (?:y|yr|eraill|ysgolion|asiantaethau)|gan [a-zâêîôûŵŷ]+)\b",
            about=rf"\b(?:casglu|gasglu|daw|derbyn|cael|cawn|ceir|rhoddwyd|rhoddir|darperir)\b.{{0,60}}\b{_INFO}\b|\b{_INFO}\b.{{0,60}}\b(?:casglu|gasglu|daw|derbyn|cael|cawn|ceir|rhoddwyd|rhoddir|darperir)\b",
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
    ),
    "N15": (
        sign(
            rf"{_LACKING}.{{0,80}}\b(?:gall hyn|gallai hyn|na allwn|methiant|ohirio|ni allwn|allwn ni ddim|ni fyddwn|na fyddwn|ni fydd|methu|oedi|dirwy|gwrthod)\b",
            unless=r"\bos na (?:thalwch|ddewch)\b",
        ),
        sign(
            rf"\b(?:rhaid|mae'n rhaid|mae angen|nid oes rhaid|does dim rhaid|nid oes angen|does dim angen|ofynnol|ofynnol yn ôl y gyfraith)(?: yn ôl y gyfraith)?(?: i chi| ichi| i neb)?(?: yn ôl y gyfraith)?(?: i chi| ichi)? {_GIVE}\b",
            about=_GIVEN,
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
            about=rf"{_GIVEN}",
            unless=r"\bgwersi\b|\baelodaeth\b",
        ),
        sign(r"\b(?:eich dewis chi|chi sydd i benderfynu|i fyny i chi)\b.{0,60}\b(?:dweud|rhoi|ateb|roi|ddweud)\b"),
    ),
    "N16": (
        sign(
            r"\b(?:b|ph)?enderfyniad\w*\b.{0,60}\b(?:awtomat\w*|[cg]h?yfrifiadur\w*)|\b(?:awtomat\w*|cyfrifiadur\w*)\b.{0,60}\b[bp]h?enderfyniad\w*|\b(?:p|b)roffilio\b"
        ),
        sign(
            r"\b[bp]h?enderfyniad\w*.{0,40}\bgan (?:berson|bobl|swyddog)\b|\bbenderfyniad\w*.{0,60}awtomat\w*|\bpenderfyniad\w*.{0,60}awtomat\w*"
        ),
    ),
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
            rf"\b(?:g?ofyn\w*|siarad\w*|dweud|dywedwch|dangos\w*|gyda)\b.{{0,60}}\b{_ADULT}\b|\b{_ADULT}\b.{{0,30}}\b(?:helpu|esbonio|ddarllen|darllen)\b",
            unless=r"\b(?:rydym|rydyn ni|byddwn)(?:'n| yn) (?:siarad|gofyn|dweud|dangos|ei rannu|rhannu)\b|\bpeidiwch\b",
        ),
    ),
}
"""The signs of each requirement in the order in which they are looked for; `unsure` ones come last."""
