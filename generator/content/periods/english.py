"""The English words of retention rules. Data."""

from __future__ import annotations

from generator.content.periods.rule import Span, Standing, Trigger
from generator.content.periods.vocabulary import Vocabulary, by_word
from widget.record_period import Unit

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _number(word: str) -> int | None:
    """A count in words, up to ninety-nine."""
    if word in ("a", "an"):
        return 1
    if word in _SMALL:
        return _SMALL.index(word)
    tens, _, ones = word.replace("-", " ").partition(" ")
    if tens not in _TENS or (ones and ones not in _SMALL[1:10]):
        return None
    return 20 + 10 * _TENS.index(tens) + (_SMALL.index(ones) if ones else 0)


_ADVERB = (
    r"(?:(?:only|normally|usually|generally|typically|securely|automatically|then|also|currently|routinely|safely|"
    r"permanently|confidentially|immediately|completely|therefore|all|both) )*"
)
_AUX = r"(?:(?:will|shall|may|must|can|should|would|need to|needs to|have to|has to|are required to|is required to) )?"
_BE = (
    r"(?:is|are|(?:will|shall|may|must|can|should|has to|have to|need to|needs to) (?:not )?(?:\w+ly |only )?be|being)"
)
_KEPT = r"(?:kept|retained|held|stored|saved|preserved)"
_SUBJECT = r"[^.;:?!]{1,150}?"
_DELETED = (
    r"deleted|destroyed|erased|removed|disposed of|shredded|overwritten|wiped|purged|cleared|delete|destroy|erase|"
    r"deletion|destruction|disposal"
)
_AFTERLIFE = (
    r"anonymised|pseudonymised|archived|reviewed|review|closed|sent|transferred|moved|passed|offered|returned|"
    r"deposited|disposed|anonymise|archive|permanently preserved"
)

ENGLISH = Vocabulary(
    language="en",
    number=_number,
    units=by_word(
        {
            Unit.HOUR: "hour hours hr hrs",
            Unit.DAY: "day days",
            Unit.WEEK: "week weeks",
            Unit.MONTH: "month months",
            Unit.YEAR: "year years yr yrs",
        }
    ),
    frame=r"for|a|an|the|of|total|full|period|term|calendar|complete|whole|further|another|additional",
    up_to=r"up to|upto|at most|maximum(?: of)?|no more than|no longer than|not more than|not longer than|max",
    at_least=r"at least|minimum(?: of)?|no less than|not less than|no fewer than|min",
    ranges="-|–|to|and",
    between=("between|from", "and|to|-|–"),
    both="and|but|to|or",
    current=r"(?:the )?current (?:calendar )?(?P<span>term|year|financial year|academic year|school year)",
    bare_current="(?:the )?current|cy",
    spans={
        "term": Span.TERM,
        "year": Span.YEAR,
        "financial year": Span.FINANCIAL_YEAR,
        "academic year": Span.ACADEMIC_YEAR,
        "school year": Span.ACADEMIC_YEAR,
    },
    plus=r"\+|plus|and|in addition to|as well as",
    standing={
        Standing.PERMANENTLY: "permanent(?:ly)?|for ?ever|indefinitely",
        Standing.PER_SCHEDULE: r"(?:as |see |per |as per |according to |in line with |in accordance with |under )"
        r"(?:the |our )?(?:council[’']s )?(?:corporate )?(?:records )?(?:retention )?schedule(?: says)?(?:\s*\(.*\))?",
        Standing.AS_NEEDED: "(?:only )?(?:for )?as long as (?:is |it is |we )?(?:needed|necessary|need it|required)",
        Standing.LEGAL_HOLD: "(?:while |as long as )?(?:it is )?(?:under|on|subject to) (?:a )?legal hold",
        Standing.RECIPIENT: r"(?:per |under |according to |in line with |see |as per )?(?:the |each )?recipient(?:['’]s|s['’])? "
        r"own (?:retention|retention (?:period|policy|schedule|rules))",
        Standing.BY_HOLDER: "different for (?:the )?(?:processor and (?:the )?controller|controller and (?:the )?processor)",
    },
    triggers={
        Trigger.FINANCIAL_YEAR: "end of financial year|financial year|financial year end|financial year ends",
        Trigger.ACADEMIC_YEAR: "end of academic year|academic year|end of school year|school year|academic year ends"
        "|school year ends",
        Trigger.CASE_CLOSURE: "case closure|closure|closure of case|closure of file|end of case|case is closed|case closes|file closure"
        "|case ends|we close case",
        Trigger.END_OF_CONTRACT: "end of contract|contract end|contract ends|contract expiry|expiry of contract",
        Trigger.LAST_CONTACT: "last contact|last contact with you|we last hear from you|last time we hear from you",
        Trigger.LAST_ENTRY: "last entry|last entry in record|last entry on record|last entry on file",
        Trigger.BIRTH: "date of birth|birth|dob|child is born|person is born",
        Trigger.EIGHTEENTH_BIRTHDAY: "18th birthday|eighteenth birthday|child's 18th birthday|person's 18th birthday"
        "|child turns 18|turning 18",
        Trigger.COLLECTION: "collection|date of collection|we collect it|we get it|it is collected|receipt|date of receipt",
        Trigger.WITHDRAWAL: "withdrawal of consent|consent withdrawal|consent is withdrawn|you withdraw your consent"
        "|you withdraw consent",
        Trigger.SERVICE_END: "service end|end of service|service ends|service has ended",
    },
    determiner="the|a|an|your|their|our",
    after="(?:after|from|following|since|beyond) ",
    within="within|no later than|in",
    until="until|till|up until",
    or_until="or (?:until|when)",
    unless="unless|except|excluding|or longer|or sooner|or earlier|longer if|longer where|but longer|sooner if|subject to"
    "|provided|although|but we may|but may|however",
    limits=r"for (?!an? |\d|up to|another|as long|the (?:duration|length|life|period|time))|if|depending on|in the case of"
    r"|(?:in line|in accordance) with|as required by|because",
    cases="if|for|where|when",
    during=(
        (r"(?:for )?((?:as|so) long as .+)", "for "),
        (r"(?:for )?(?:the )?(time (?:that )?(?:you|your|they|we|it) .+)", "for the "),
        (r"((?:while|whilst|throughout|during) .+)", ""),
        (
            r"(?:for )?(?:the )?((?:(?:whole|full|entire) )?(?:duration|length|term|lifetime|lifespan|life|period) of .+)",
            "for the ",
        ),
    ),
    lasting=r"(?!.*\b(?:of|end|start|last|final|new)\b)(?:.* )?(?:employment|tenancy|membership|placement|licence|lease|contract|agreement|enrolment|subscription|registration"
    "|appointment|project|loan|hire|stay|occupancy|ownership)",
    while_it_lasts="during",
    added=r"(?:,? ?(?:and then|and|then|plus|followed by)|\s*\+) ?(?:for )?(?:(?:an?|a) )?(?:(?:further|another|additional) )?",
    afterwards="after|afterwards|thereafter|after that|after this|after it|later|more|longer|after the end",
    then=r"[,;.]?\s*(?:(?:and|&|but) )?(?:(?:is|are|will be) )?(?:then|thereafter|after which|after that|after this|at which "
    r"point|when|before|prior to|and)(?: time)?,? (?:(?:it|they|we|this|these|(?:the|your) [a-z]+) )?"
    r"(?:(?:is|are|will be|will|can be|may be|being) )?(?:then )?",
    acts=rf"{_ADVERB}(?:(?P<gone>{_DELETED})|{_AFTERLIFE})\b(?: \w+ly)?",
    when="when|once|as soon as|if",
    doing=rf"{_SUBJECT}(?:[’']ll)? {_AUX}{_ADVERB}(?:delete|destroy|erase|remove|dispose of|shred|wipe)s?\b",
    deleted="deleted",
    idle=r"(?!.* (?:is|are|will be) )(?:of (?:[a-z]+ ){0,2}(?:inactivity|non-use|dormancy|no [a-z]+|not being used|being inactive)\b.*"
    r"|without (?!exception|fail|delay|prejudice)[a-z].*|with no [a-z].*)",
    overwritten="(?:it is |they are )?(?:overwritten|recorded over) (?:after|every)",
    reviewed="(?:it is |they are )?reviewed (?:(?:once )?(?:every|each|an?) )?",
    often={"yearly": "1 year", "annually": "1 year", "monthly": "1 month", "weekly": "1 week"},
    stages=r"(\d{1,3})(?: years?)?\s*(?:\+|plus|and then|then)\s*(\d{1,3})(?: years)?\s*(?:=\s*(\d{1,3})\s*years?)?"
    r"(?:,?\s*\(?in two stages\)?)?",
    fragments=rf"(?:(?:is|are|will be|to be) )?{_ADVERB}(?:{_KEPT}|keep|retain|hold|store|save)(?: it| them| this)? |for (?=\d)",
    sentences=rf"{_KEPT}\b|(?:(?:the|our) )?retention period (?:for [^.;:]{{1,80}} )?is\b|{_SUBJECT} {_BE} (?:not )?{_ADVERB}{_KEPT}\b"
    rf"|{_SUBJECT}(?:[’']ll)? {_AUX}(?:(?:do|does|will) not )?{_ADVERB}(?:keeps?|retains?|holds?|stores?|saves?)\b",
    acted=rf"{_SUBJECT} {_BE} (?={_ADVERB}(?:{_DELETED}|{_AFTERLIFE})\b)",
    starts=r"for |until |till |up to |at least |at most |as long as |so long as |only |while |whilst |permanently\b|"
    r"indefinitely\b|forever\b|during |throughout |no longer |no more |longer than |more than |an? |(?:maximum|minimum) |"
    r"between |\d",
    negation=r"\b(?:not|never|no|nor|cannot)\b|n[’']t\b",
    no_longer="(?:for )?(?:any )?(?:longer|more) than ",
)
