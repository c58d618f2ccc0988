"""Words that the English signs share: what counts as somebody's data, giving it, and naming a council."""

from __future__ import annotations

WHOSE = (
    r"(?:(?:your|the|this|that|these|those|their|his|her|its|any|all|some|such|our|personal|relevant|other|more|only"
    r"|about you|what) )*"
)
THING = (
    r"(?:information|data|details|particulars|records?|names?|addresses|address|footage|images?|photos?|photographs?|pictures"
    r"|recordings?|applications?|applicants?|answers|reports?|files?|forms?|register|entries|claims?|number|postcode)"
)
INFO = rf"\b(?:{THING}|it|them|they|this|these|that|everything|nothing|what you (?:tell|give|send)(?: us)?)\b"
NAMED_BODY = (
    r"\b(?!(?:the|our|your|an?|any|each|other|every|local|this|that|parish|district|county|town|city|borough|new|of|and|for|by"
    r"|with|to|from|is|are|in|on|at|neighbouring|relevant)\b)[a-z'-]+ (?:(?:and [a-z'-]+|county|city|borough|district|town|parish"
    r"|metropolitan|community|unitary) )*council\b(?! tax| house| home| of europe)"
)
_KINDS_OF_BODY = (
    r"(?:council|school|academy|college|university|nursery|trust|hospice|hospital|surgery|practice|health board|charity|foundation|society"
    r"|association|authority|partnership|board|club|museum|company|ltd|limited)"
)
NAMED_BODY_OF_ANY_KIND = (
    r"\b(?!(?:the|our|your|an?|any|each|other|every|local|this|that|which|whose|new|of|and|for|by|with|to|from|is|are|in|on|at|we)\b)[a-z'-]+ "
    rf"(?:(?:community|primary|secondary|high|nhs|foundation|health|housing|sports|care) ){{0,3}}{_KINDS_OF_BODY}\b(?! tax| house| home)"
)
"""A named council, school, trust, charity or the like; sure only beside words about the controller."""
DATA = (
    r"\b(?:information|data|details|particulars|records?|files?|footage|images|photos?|photographs?|pictures|film|recordings?"
    r"|applications?|answers|forms?|names?|address(?:es)?|(?:e-?mail|phone|telephone|mobile) (?:address|number)s?|dates? of birth|age"
    r"|ethnic origin|ethnicity|religion|account number|entries|notes|messages|comments|history|membership|reports?|letters"
    r"|correspondence|case|list|register|claims?|references?)\b"
)
"""Somebody's data by name, without pronouns."""
GIVING = (
    r"(?:giv(?:e|es|ing|en)|provid(?:e|es|ed|ing)|provision of|suppl(?:y|ies|ied|ying)|tell(?:s|ing)?|answer(?:s|ing|ed)?|shar(?:e|ing)|disclos(?:e|ing)"
    r"|complet(?:e|es|ing)|fill(?:s|ing)?(?: in)?|return(?:s|ing)?|submit(?:ting)?|stat(?:e|ing)|reveal(?:ing)?|let(?:ting)? us (?:have|know)|declare|withhold(?:ing)?)"
)
GIVEN = (
    r"(?:information|data|details|particulars|questions?|forms?|survey|census|boxes|fields?|names?|address|numbers?|age|date of birth|ethnic\w*|origin"
    r"|religion|health|income|where you|facts|who you|what you|how old|it|them|this|these|any of (?:this|it))"
)
GIVING_DATA = (
    rf"(?:{GIVING}\b(?: to)?(?: us)?(?: with)?(?: \w+){{0,5}}? (?:{GIVEN})\b|(?:tell|telling) us\b(?! (?:if|when|within|before|by|straight|the (?:nearest|time))\b)"
    r"|\banswer(?:ing)?\b(?= *(?:$|[.,;]|if you|all))|reply\b(?= *[.,;]|$))"
)
"""Giving somebody's data to the council: the object of N15. `tell us when ...` is about a change, not about this."""
SOMEBODYS = (
    r"\b(?:your|you|personal|pupils?'?|pupil's|patients?'?|child's|children's|applicants?'?|residents?'|tenants?'|names?|details|records?|data|footage|images|recordings?|results"
    r"|it|them|this|information|applications?|case|claim|answers|responses)\b"
)
"""Words that tie a statement to somebody's data; weaker than `DATA`, for signs that name a body besides."""
