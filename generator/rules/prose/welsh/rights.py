"""Signs in Welsh of what people may ask for and take back: N11, N12."""

from __future__ import annotations

from generator.rules.prose.common import ADDRESS
from generator.rules.prose.signs import Table, kinds, sign

_RIGHTS = (
    r"\b(?:g?weld|gh?opi|[cg]opïau|mynediad|[cg]yrchu|[cg]ael at|gh?ael gwybod)\b|\bcopi\b|\bchopi\b|\bcais am (?:eich|ei|y) (?:data|ddata|wybodaeth)\b",
    r"\b(?:ch?|g)ywir\w*|\bh?unioni\b|\bdd?iweddaru\b|\bei newid\b|\beu newid\b|\b[cg]amgymeriad\w*|\banghywir\b|\bh?addasu\b",
    r"\bdd?il[eë]\w*|\bdd?inistrio\b|\banghofio\b|\b[td]h?ynnu (?:ei|eich|y)\b|\bgwaredu\b",
    r"\b(?:ch?|g)yfyng\w*",
    r"\bg?wrthwyneb\w*|\bherio\b|\bstopio\b|\batal\b|\broi'r gorau\b",
    r"\b(?:ch?|g)ludadw\w+|\b(?:t|d|th)rosglwyddo (?:eich|y|ei)\b",
)
_OTHER_RIGHTS = r"\b(?:pwyllgor|cynllunio|chynllunio|apelio|apêl|apel|ffurflen hon|trwydded\w*|pleidleisio|fenthyg|cadi|bin|erbyn \d+|hysbysiad hwn|taflen|cyfrifon|ffordd)\b"
_CONSENT = r"\b(?:cydsyni\w*|gydsyni\w*|chydsyni\w*|caniatâd|ganiatâd|chaniatâd|cytun\w+|gytun\w+|chytun\w+)\b"
_TAKEN_BACK = (
    r"(?:\b[td]h?ynnu\b.{0,50}(?:\by|')n ?ôl\b|\b[td]h?ynnwch\b.{0,50}(?:\by|')n ?ôl\b|\b(?:dd?irym\w*|[cg]h?anslo\w*|dd?iddym\w*|newid\w* (?:\w+ ){0,2}(?:meddwl|feddwl|penderfyniad|benderfyniad|dewis|ddewis)|optio allan|optiwch allan|dd?ad-?danysgrif\w*|rh?oi'r gorau|stopio"
    r"|newid|(?:nad|nid) \w+ (?:bellach|mwyach)|ddim (?:bellach|mwyach)|mwyach)\b)"
)
_TO_WHOM = rf"(?:\b(?:drwy|trwy|[cg]h?ysyllt\w*|ff?oni\w*|ff?oniwch|h?e-?bost\w*|h?ysgrifen\w*|h?ysgrifennwch|rhoi gwybod|rhowch wybod|dd?weud|dywedwch|siarad\w*|unrhyw (?:adeg|bryd|amser)|llenw\w+|cliciwch|defnyddiwch|mewngofnod\w*|ewch i|gofyn\w*|anfon\w*|ateb)\b|{ADDRESS})"
_NOT_CONSENT = r"\b(?:cynllunio|adeilad rhestredig|cynnig|gwastraff|pensiwn|trwydded\w*|tanysgrifiad gwastraff)\b|\bni (?:allwch|ellir)\b|\bnid (?:ydym|ydyn ni) yn (?:dibynnu|gofyn)\b|\bgall y cyngor\b|\bcais cynllunio\b|\b[td]h?ynnu (?:eich |y )?cais\b"

SIGNS: Table = {
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
        kinds(
            *_RIGHTS,
            says=r"\b(?:hawl|hawliau|gallwch|cewch|gellir|gall|gallant|caiff|cânt|ar gais|gofyn|ofyn|gofynnwch|wneud cais|gwneud cais|modd|os gofynnwch)\b",
            unless=_OTHER_RIGHTS,
            together=True,
        ),
        kinds(
            *_RIGHTS,
            under=r"^(?:eich |y |pa )?hawl(?:iau)?\b|\bhawliau\b|\bgofyn i ni\b|\bgallwch\b",
            unless=rf"{_OTHER_RIGHTS}|^hawl$",
            together=True,
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
        sign(
            rf"{_CONSENT}.{{0,120}}?{_TAKEN_BACK}|{_TAKEN_BACK}.{{0,100}}?{_CONSENT}",
            about=_TO_WHOM,
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\b(?:optio allan|dad-?danysgrifio|stopio|rhoi'r gorau i|atal)\b.{0,30}\b(?:neges\w*|e-?byst|testun\w*|farchnata|marchnata|cylchlythyr\w*|gylchlythyr\w*|galwadau|llythyrau|dderbyn|derbyn)\b|\bateb (?:gyda )?[\"']?stop\b|\bunsubscribe\b",
            unless=_NOT_CONSENT,
        ),
        sign(
            r"\b(?:bellach|mwyach|ddim am|ddim eisiau|well gennych)\b.{0,60}\b(?:llun\w*|ffoto\w*|lluniau|luniau|enw|manylion|wybodaeth|data|ddata|stori|cysylltu|clywed)\b",
            about=r"\b(?:ysgrifen\w+|rhoi gwybod|rhowch wybod|roi gwybod|cysyllt\w+|gysyllt\w+|dweud|ddweud|ffoni\w*|e-?bost\w*)\b",
            unless=_NOT_CONSENT + r"|\bbyw\b",
        ),
        sign(
            r"\w+",
            under=rf"{_TAKEN_BACK}(?!.*\b(?:cais|cynllunio|pensiwn)\b)",
            about=_TO_WHOM,
            unless=r"\?\W*$|^(?:[td]h?ynnu)\b[^.]{0,30}$|\b(?:cais|cynllunio)\b",
        ),
    ),
}
