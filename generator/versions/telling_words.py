"""The words by which a changed sentence is known to speak of sharing, keeping, using, the law or a country. Data alone.

English and Welsh, in small letters; Welsh nouns and verbs with their mutations where those differ at the second letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.content.periods.vocabulary import by_word


@dataclass(frozen=True)
class Topic:
    """A way of speaking of what residents care for: its verbs, the words behind which its point follows, what it is."""

    name: str
    verbs: frozenset[str]
    weak: frozenset[str]
    """Verbs that count only where the sentence speaks of information."""
    markers: frozenset[str]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHARING = Topic(
    "who else gets information",
    _set("""share shares shared sharing disclose discloses disclosed disclosing sell sells sold selling
        rhannu rhannwn rhennir rannu datgelu ddatgelu datgelwn gwerthu werthu"""),
    _set("""pass passes passed passing send sends sent sending give gives given giving supply supplies supplied
        transfer transfers transferred transferring provide provides provided report reports reported tell tells told
        receive receives received see sees access accesses anfon anfonir anfonwn rhoi roi rhoddir trosglwyddo
        drosglwyddo derbyn dderbyn gweld"""),
    _set("with to receive receives received see sees access accesses sell sells gyda gydag i â ag at"),
)
KEEPING = Topic(
    "how long information is kept",
    _set("""keep keeps kept keeping store stores stored storing retain retains retained retaining
        delete deletes deleted deleting destroy destroys destroyed erase erases erased
        cadw gadw chadw cedwir cadwn storio dileu ddileu dinistrio ddinistrio"""),
    _set("hold holds held dal"),
    _set("for until till after once when while within am hyd nes tan ar pan unwaith"),
)
USING = Topic(
    "what information is used for",
    _set("""use uses used using process processes processed processing collect collects collected collecting analyse
        analyses analysed defnyddio ddefnyddio defnyddiwn defnyddir prosesu brosesu casglu gasglu dadansoddi"""),
    _set("contact need needs ask cysylltu angen gofyn"),
    _set("to for so because when i er ar oherwydd"),
)
TO_WHAT_END = _set("why how to for pam sut i er")
TOPICS = (SHARING, KEEPING, USING)
SECTION_TOPICS: Mapping[str, Topic] = {"sharing": SHARING, "retention": KEEPING, "purposes": USING}
"""The topics of a standard section's items, where no sentence leads in to them."""

INFORMATION = _set("""information details data record records copy copies it them this these form forms name address number
    gwybodaeth wybodaeth manylion fanylion data cofnod cofnodion copi copïau ffurflen enw cyfeiriad rhif""")
YOURSELF = _set("you chi chithau")
"""Words for the reader: what readers do with information is no act of the council's."""
AUXILIARIES = _set("""may might can could will would shall should must do does did not never also only then always sometimes
    still need have has want wish are is be been to not now often yn hefyd ond wedi ddim""")

UNITS: Mapping[str, str] = by_word(
    {
        "year": "year years blwyddyn flwyddyn mlwydd flynedd blynedd mlynedd flynyddoedd blynyddoedd mlynyddoedd",
        "month": "month months mis fis misoedd fisoedd",
        "week": "week weeks wythnos wythnosau",
        "day": "day days diwrnod ddiwrnod niwrnod diwrnodau ddiwrnodau dydd",
        "hour": "hour hours awr oriau",
    }
)
"""Words for units of time."""
BETWEEN = _set("full calendar working school complete whole financial more further gwaith calendr arall")
"""Words that may stand between a number and its unit."""
NUMBERS: Mapping[str, str] = by_word(
    {
        "1": "a an one un",
        "2": "two dau dwy ddau ddwy",
        "3": "three tri tair dri dair thri thair",
        "4": "four pedwar pedair bedwar bedair phedwar phedair",
        "5": "five pum pump bum bump phum phump",
        "6": "six chwe chwech",
        "7": "seven saith",
        "8": "eight wyth",
        "9": "nine naw",
        "10": "ten deg deng ddeg ddeng",
        "11": "eleven",
        "12": "twelve deuddeg deuddeng ddeuddeg ddeuddeng",
        "13": "thirteen",
        "14": "fourteen",
        "15": "fifteen pymtheg bymtheg pymtheng bymtheng",
        "16": "sixteen",
        "17": "seventeen",
        "18": "eighteen deunaw ddeunaw",
        "19": "nineteen",
        "20": "twenty ugain",
        "30": "thirty",
        "40": "forty deugain ddeugain",
        "50": "fifty hanner",
        "60": "sixty trigain drigain",
        "70": "seventy",
        "75": "seventy-five",
        "80": "eighty",
        "90": "ninety",
        "100": "hundred cant gant",
    }
)
BEFORE_AGE = _set("under over aged age are is dan dros")
"""Words before a number that make it an age."""
FOR_EVER = _set("permanently forever indefinitely permanent parhaol barhaol")
NEGATIONS = _set("""not no never neither nor none nobody nothing without unless except only cannot
    nid nad dim ddim heb oni onid peidio beidio heblaw oddieithr erioed byth unig mwyach""")
BASIS_PHRASES = (
    "consent",
    "agreement",
    "public task",
    "public interest",
    "legal obligation",
    "legal duty",
    "legitimate interest",
    "legitimate interests",
    "contract",
    "vital interests",
    "statutory duty",
    "caniatâd",
    "ganiatâd",
    "chaniatâd",
    "cydsyniad",
    "gydsyniad",
    "tasg gyhoeddus",
    "dasg gyhoeddus",
    "budd y cyhoedd",
    "rhwymedigaeth gyfreithiol",
    "dyletswydd gyfreithiol",
    "ddyletswydd gyfreithiol",
    "buddiannau dilys",
    "buddiant dilys",
    "contract",
    "gontract",
    "chontract",
    "buddiannau hanfodol",
)
BASIS_MARKERS = _set("""basis bases lawful legal law laws because rely relies relying allows requires article act acts under
    sail seiliau cyfreithlon gyfreithlon cyfreithiol gyfreithiol cyfraith gyfraith oherwydd erthygl deddf ddeddf""")
"""One of these makes a new sentence with such a phrase one about the legal basis."""
OWN_ACCORD = _set("""sell sells selling sold marketing advertise advertising advertisers profile profiles profiling automated
    automatically gwerthu werthu marchnata farchnata hysbysebu proffilio broffilio awtomataidd awtomatig""")
"""Words that change what a notice says wherever they come or go."""
HELPERS = _set("""company supplier contractor partner behalf runs run hosts hosted hosting provider charity agency firm
    cwmni cyflenwr contractwr partner rhan redeg rhedeg elusen asiantaeth darparwr""")
"""Words about others who act for the council: a new name beside one of them is that of a recipient."""
ASKING = _set("""ask contact write email phone ring call visit complain report go gofynnwch cysylltwch ffoniwch ysgrifennwch
    ebostiwch ewch""")
"""Words that say where people can turn to: a name there is no recipient's."""
ABROAD = frozenset({"overseas", "abroad", "eea", "dramor", "tramor"})
COUNTRIES = frozenset(
    name.strip()
    for name in """Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahamas,
    Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia, Bosnia, Botswana, Brazil, Brunei,
    Bulgaria, Burkina, Burundi, Cambodia, Cameroon, Canada, Chad, Chile, China, Colombia, Congo, Croatia, Cuba, Cyprus,
    Czechia, Denmark, Djibouti, Dominica, Ecuador, Egypt, Eritrea, Estonia, Eswatini, Ethiopia, Europe, Fiji, Finland, France,
    Gabon, Gambia, Georgia, Germany, Ghana, Gibraltar, Greece, Grenada, Guatemala, Guinea, Guyana, Haiti, Honduras, Hungary,
    Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait,
    Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi,
    Malaysia, Maldives, Mali, Malta, Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro, Morocco,
    Mozambique, Myanmar, Namibia, Nepal, Netherlands, Nicaragua, Niger, Nigeria, Norway, Oman, Pakistan, Palestine, Panama,
    Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Samoa, Senegal, Serbia, Seychelles,
    Singapore, Slovakia, Slovenia, Somalia, Spain, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania,
    Thailand, Togo, Tonga, Tunisia, Turkey, Türkiye, Turkmenistan, Uganda, Ukraine, Uruguay, USA, US, America, Uzbekistan,
    Vanuatu, Venezuela, Vietnam, Yemen, Zambia, Zimbabwe, EU, Almaen, Awstralia, Awstria, Belg, Ddenmarc, Denmarc, Ffrainc, Eidal,
    Ffindir, Groeg, Hwngari, Iseldiroedd, Iwerddon, Norwy, Portiwgal, Pwyl, Rwmania, Rwsia, Sbaen, Swistir,
    Tsieina, Twrci, Unol, Wcráin, Affrica, Asia, Ewrop, Africa""".replace("\n", " ").split(",")
)
"""Names of other countries as they are written, by their most telling word."""
COMMON = _set("""a an the and or but of in on at by from with to for as if that which who whose this these those it its they
    them their we us our you your he she his her is are was were be been being has have had do does did may can could will
    would shall should must not no also only so than then there here when where while until after before about into over
    more any all some each every other such both own very what how why because please always information details detail
    data personal record records council council's named called people y yr o a ac neu ond yn mewn ar at gan gyda i wrth
    am dros er hyd nes ein eich eu ei hwn hon hyn hynny chi ni nhw hi ef mae yw ydy oes bod fod rydym rydyn byddwn gallwn
    gall all bydd sydd sy pan os hefyd fel gwybodaeth wybodaeth manylion fanylion data personol bersonol cyngor gyngor
    cofnodion cofnod pob holl unrhyw arall eraill""")
"""Words that carry no recipient, purpose or period by themselves."""
