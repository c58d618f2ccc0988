"""The Welsh words of retention rules, in each mutation that is after a number or a preposition. Data."""

from __future__ import annotations

from generator.content.periods.rule import Span, Standing, Trigger
from generator.content.periods.vocabulary import Vocabulary, by_word
from widget.record_period import Unit

_NUMBERS = by_word(
    {
        1: "un",
        2: "dau dwy ddau ddwy",
        3: "tri tair dri dair thri thair",
        4: "pedwar pedair bedwar bedair phedwar phedair",
        5: "pump pum bump bum phump phum",
        6: "chwech chwe",
        7: "saith",
        8: "wyth",
        9: "naw",
        10: "deg deng ddeg ddeng",
        12: "deuddeg deuddeng ddeuddeg ddeuddeng",
        15: "pymtheg pymtheng bymtheg bymtheng",
        18: "deunaw ddeunaw",
        20: "ugain",
        25: "pum-ar-hugain",
        30: "tri-deg deg-ar-hugain",
        50: "hanner-cant",
        100: "cant can gant gan",
    }
)


def _number(word: str) -> int | None:
    return _NUMBERS.get(word.replace(" ", "-"))


_DELETED = (
    r"(?:(?:ei|eu|cael ei|cael eu|yn cael ei|yn cael eu|caiff ei|cânt eu|byddwn yn(?: ei| eu)?|rydym yn(?: ei| eu)?|"
    r"bydd yn cael ei|byddant yn cael eu) )?(?:d?dileu|dil[eë]ir|d?dinistrio|dinistrir|g?waredu|rhwygo)"
)
_AFTERLIFE = (
    r"(?:(?:ei|eu|caiff ei|cânt eu|yn cael ei|yn cael eu|bydd yn cael ei) )?(?:h?adolygu|h?archifo|g?wneud yn ddienw|"
    r"h?anfon|d?drosglwyddo|trosglwyddo|symud)"
)
_SUBJECT = r"[^.;:?!]{1,150}?"

WELSH = Vocabulary(
    language="cy",
    number=_number,
    units=by_word(
        {
            Unit.HOUR: "awr oriau",
            Unit.DAY: "diwrnod ddiwrnod niwrnod diwrnodau dydd ddydd diwrnodiau",
            Unit.WEEK: "wythnos wythnosau",
            Unit.MONTH: "mis fis misoedd fisoedd",
            Unit.YEAR: "blynedd flynedd mlynedd blwyddyn flwyddyn blynyddoedd flynyddoedd",
        }
    ),
    frame=r"am|o|y|cyfnod|gyfnod|chyfnod|cyfanswm|tymor|gyfanswm|pellach",
    up_to=r"hyd at|(?:uchafswm|mwyafswm)(?: o)?|dim mwy nag?|dim hwy nag?|dim hirach nag?|ddim mwy nag?|ddim hwy nag?",
    at_least=r"o leiaf|(?:isafswm|lleiafswm)(?: o)?|dim llai nag?",
    ranges="-|–|i|a|ac",
    between=("rhwng|o", "ac?|i|-|–"),
    both="ac?|ond|i",
    current=r"(?:y |[’']r )?(?P<span>tymor|flwyddyn|flwyddyn ariannol|flwyddyn academaidd|flwyddyn ysgol) "
    r"(?:g?c?yfredol|presennol|bresennol|hon|hwn)",
    bare_current="(?!)",
    spans={
        "tymor": Span.TERM,
        "flwyddyn": Span.YEAR,
        "flwyddyn ariannol": Span.FINANCIAL_YEAR,
        "flwyddyn academaidd": Span.ACADEMIC_YEAR,
        "flwyddyn ysgol": Span.ACADEMIC_YEAR,
    },
    plus=r"\+|plws|ac?(?: am)?|ynghyd [âa]g?|yn ogystal [âa]g?",
    standing={
        Standing.PERMANENTLY: "(?:yn )?b?p?arhaol|am byth|am gyfnod amhenodol",
        Standing.PER_SCHEDULE: r"(?:yn unol â|yn ôl|gweler)(?:[’'][rn] | ein | y | )(?:h?amserlen|atodlen)"
        r"(?: g?cadw| gadw)?(?: cofnodion)?(?: y cyngor)?",
        Standing.AS_NEEDED: r"(?:dim ond )?cyhyd (?:ag|â) (?:y )?(?:bydd|bo|mae|sydd|bod)?(?: ei| eu)? ?"
        r"(?:h?angen|angenrheidiol)(?: arnom)?",
        Standing.LEGAL_HOLD: "dan gadw cyfreithiol",
        Standing.RECIPIENT: "yn ôl rheolau(?: cadw)? y derbynnydd",
        Standing.BY_HOLDER: "yn wahanol i[’']r rheolydd a[’']r prosesydd",
    },
    triggers={
        Trigger.FINANCIAL_YEAR: "diwedd flwyddyn ariannol|flwyddyn ariannol",
        Trigger.ACADEMIC_YEAR: "diwedd flwyddyn ysgol|diwedd flwyddyn academaidd|flwyddyn ysgol|flwyddyn academaidd",
        Trigger.CASE_CLOSURE: "cau achos|i'r achos gael ei gau|i'r achos gau|diwedd achos|cau ffeil",
        Trigger.END_OF_CONTRACT: "diwedd contract|i'r contract ddod i ben|diwedd cytundeb",
        Trigger.LAST_CONTACT: "cyswllt olaf|i ni glywed gennych am y tro olaf|cysylltiad olaf",
        Trigger.LAST_ENTRY: "cofnod olaf|cofnod olaf yn ffeil",
        Trigger.BIRTH: "dyddiad geni|geni|i'r person gael ei eni|i'r plentyn gael ei eni",
        Trigger.EIGHTEENTH_BIRTHDAY: "pen-blwydd yn 18 oed|pen-blwydd person yn 18 oed|pen-blwydd plentyn yn 18 oed"
        "|pen-blwydd yn 18|troi'n 18 oed",
        Trigger.COLLECTION: "i ni ei gael|ei gasglu|i ni ei gasglu|casglu",
        Trigger.WITHDRAWAL: "i chi dynnu eich caniatâd yn ôl|tynnu caniatâd yn ôl|tynnu eich caniatâd yn ôl",
        Trigger.SERVICE_END: "i'r gwasanaeth ddod i ben|diwedd gwasanaeth",
    },
    determiner="y|yr",
    after="ar ôl |ers |yn dilyn |wedi |o (?=dyddiad)|o d(?=dyddiad)",  # `o ddyddiad`, but `ar ôl dyddiad`
    within="o fewn|ymhen",
    until="hyd nes|nes|tan|hyd oni",
    or_until="neu (?:hyd nes|nes|tan|pan)",
    unless="oni bai|ac eithrio|heblaw|neu[’']n hirach|neu[’']n hwy|neu fwy|ond yn hirach",
    limits=r"ar gyfer|os|gan ddibynnu ar|yn dibynnu ar|yn unol â|oherwydd",
    cases="os|pan|ar gyfer",
    during=(
        (
            r"((?:cyhyd (?:â|ag)|cyhyd â[’']ch|tra|trwy gydol|drwy gydol|gydol|yn ystod|am oes|am hyd|am gyfnod (?:y|yr|eich|ei))\b.+)",
            "",
        ),
    ),
    lasting=r"(?!.*\b(?:diwedd|dechrau|olaf)\b)(?:.* )?(?:cyflogaeth|tenantiaeth|aelodaeth|lleoliad|prydles)",
    while_it_lasts="yn ystod",
    added=r"(?:,? ?(?:ac yna|yna|ac|a|plws)|\s*\+) (?:am )?(?:gyfnod pellach o |cyfnod pellach o )?",
    afterwards="wedi hynny|ar ôl hynny|wedyn|ar ei ôl|pellach|arall",
    then=r"[,;.]?\s*(?:(?:ac|a) )?(?:yna|wedyn|ac wedi hynny|wedi hynny|ar ôl hynny|cyn|ac),? ",
    acts=rf"(?:(?P<gone>{_DELETED})|{_AFTERLIFE})\b",
    when="pan|unwaith",
    doing=r"(?:byddwn(?: ni)?|rydym(?: ni)?|rydyn ni[’']n|r?ydym ni[’']n) (?:yn )?(?:dileu|dinistrio|gwaredu)\b",
    deleted="dileu",
    idle=r"o (?:anweithgarwch|ddiffyg [a-z]+|beidio)\b.*|heb [a-zâêîôûŵŷ].*",
    overwritten="(?:recordir drosto|trosysgrifir|caiff ei drosysgrifo) (?:ar ôl|bob)",
    reviewed="(?:adolygir|caiff ei adolygu|yn cael ei adolygu) (?:unwaith )?(?:bob )?",
    often={"yn flynyddol": "1 flwyddyn", "yn fisol": "1 mis"},
    stages="(?!)()()()",
    fragments=r"(?:cedwir|cadw|cadwn|yn cael eu cadw|yn cael ei gadw|fe[’']i cedwir)(?: ef| hwn)? (?=am |hyd |cyhyd|tra|nes|tan|dr?wy|o leiaf|\d)",
    sentences=rf"(?:cedwir|cadwn|cedwn|delir|storir|rydym(?: ni)? yn (?:cadw|dal|storio)|rydyn ni[’']n cadw|r?ydym ni[’']n cadw"
    rf"|byddwn(?: ni)? yn (?:cadw|dal|storio)|mae[’']r cyngor yn cadw|bydd y cyngor yn cadw)\b"
    rf"|(?:caiff|mae|bydd|cânt|mae[’']r|fe gaiff) {_SUBJECT} (?:yn cael )?(?:ei|eu) (?:g?chadw|g?cadw|gadw|ddal|storio)\b",
    acted=rf"(?:caiff|mae|bydd|mae[’']r) {_SUBJECT}(?= (?:yn cael )?(?:ei|eu) (?:d?dileu|d?dinistrio|g?waredu)\b) |(?=dil[eë]ir |dinistrir )",
    starts=r"am |hyd |o leiaf |cyhyd|tra |nes |tan |trwy gydol|drwy gydol|yn ystod|yn barhaol|dim mwy|dim hwy|rhwng |\d",
    negation=r"\b(?:ni|nid|na|nad|heb|byth|peidio|ddim)\b",
    no_longer="am (?:fwy|hirach) nag? ",
)
