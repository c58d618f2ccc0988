"""Signs in English of who is responsible, and of whom to turn to: N01, N03, N13, N13b."""

from __future__ import annotations

from generator.rules.prose.common import ADDRESS, PHONE, POSTCODE, REACHED
from generator.rules.prose.english.vocabulary import NAMED_BODY, NAMED_BODY_OF_ANY_KIND
from generator.rules.prose.signs import Table, sign
from generator.rules.prose.statements import MAIL, OFFICER_MAIL, WEB

_OTHERS = r"(?:shared?|sharing|pass(?:ed)?|given?|disclosed?|sent|supplied) (?:\w+ ){0,4}(?:with|to) "
_CONTROLLER = r"\bcontrollers?\b"

_UNHAPPY = (
    r"\b(?:complain\w*|grievance|grumble|unhappy|not (?:happy|satisfied|agree)|don't agree|doesn't agree|disagree|dissatisfied|dissatisfaction|something(?: is)? wrong|got \w+ wrong|concern(?:s|ed)?"
    r"|worr(?:y|ies|ied)|problem|mishandled|misused|(?:think|believe|feel) (?:that )?we have (?:not|misused|broken)|broken)\b"
)
_OUR_USE = r"\b(?:data protection|privacy(?: practices)?|(?:your|their|personal|my|the|our use of|use of) (?:personal )?(?:information|data|details)|personal data|data)\b"
_CHANNEL = (
    rf"\b(?:tell|contact|speak|write|e-?mail|call|ring|phone|use|fill|addressed|let us know|get in touch|raise|online|drop us|come to us|go to our|let (?:our|the) (?:\w+ ){{1,4}}know|bring|send|say so|(?:made|goes?|go) (?:first )?to|ask for|raised with|write to|at once"
    rf"|makes?)\b|\bcomplaints? (?:procedure|form|team|manager|officer)|\binternal review\b|\bto (?:us|the clerk|the council)\b|{MAIL}|{OFFICER_MAIL}|{PHONE}"
)
_NOT_OURS = (
    r"^(?!.*\b(?:to us|tell us|us first|with us|contact us|let us know|our (?:data protection )?officer)\b).*\b(?:ico|information commission\w*|the commissioner)\b"
    r"|(?<!we will )(?<!we'll )\binvestigate\b|\bwhen you complain\b|\b(?:planning law|a child|a school|councillor|neighbour)\b|(?<!how )(?<!that )(?<!way )\bwe (?:keep|record|hold|use|will not share|will use)\b(?!.{0,60}\b(?:tell|contact|write)\b)"
    r"|\b(?:your|the) complaint\b.{0,40}\b(?:will be|is) (?:handled|kept|shared|dealt)\b|\bhelps? us\b|\bwe (?:may |will )?use .{0,60}\bto (?:deal with|respond|help)\b|\bnuisance\b|\bdata is wrong\b|\bdata allowance\b|\bthe regulator\b|^complaints about (?:staff|the staff)\b"
)

SIGNS: Table = {
    "N01": (
        sign(
            rf"{_CONTROLLER}(?:\W|$)",
            about=rf"{NAMED_BODY}|\b(?:officer|school|academy|college|university|trust|foundation|charity|society|hospice|hospital|surgery|practice|centre|company|ltd|limited|partnership|authority|board|association)\b",
            anywhere=REACHED,
            unless=r"not (?:the|a) (?:data )?controller|controller(?:'s)? (?:may|must|to)\b",
        ),
        sign(
            rf"(?<!with )(?<!to )(?<!from ){NAMED_BODY}",
            anywhere=REACHED,
            unless=rf"{_OTHERS}|(?:complain|write|apply|move|travel)\w* to \w+ council|libraries|lending is shared",
        ),
        sign(
            r"\b(?:is|are|am) (?:legally )?responsible for (?:the|your|this|all|any|personal|looking after|how)\b",
            about=r"\b(?:information|data|register|records?|privacy)\b",
            anywhere=REACHED,
        ),
        sign(
            NAMED_BODY_OF_ANY_KIND,
            under=rf"^who (?:we are|are we)\b|^about us$|{_CONTROLLER}",
            anywhere=REACHED,
            unless=r"\bnot (?:the|a) (?:data )?controller\b",
        ),
        sign(
            r"\bdecides? (?:how|why|what)\b.{0,20}\b(?:your|the|this|personal|their) (?:personal )?(?:information|data|details)\b",
            anywhere=REACHED,
            unless=r"\b(?:organisation|person|body|one|anyone) (?:that|which|who)\b|\bnot decide\b|\byou decide\b",
        ),
        sign(NAMED_BODY, unsure=True),
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
    "N13": (
        sign(
            r"\binformation commission(?:er)?\b|\bico\b|\bthe commissioner\b|ico\.org",
            near=r"\b(?:complain\w*|concerns?|unhappy|not happy|not satisf\w+|dissatisf\w+|aggrieved|lodge|raise|appeal"
            rf"|regulator|supervisory|helpline|take (?:it|this|your complaint) (?:up|further|to)|look at it|look into|got it wrong|wycliffe)\b|{PHONE}|{POSTCODE}",
            unless=r"\bregist(?:ration|ered|er)\b|\bnotification number\b|\bno need to\b",
        ),
        sign(
            rf"{PHONE}|{POSTCODE}|{WEB}|{MAIL}",
            under=r"^(?:the |contact the )?(?:ico|information commission(?:er)?(?:'s office)?)(?: \(ico\))?$",
            unless=r"\bregist(?:ration|ered|er)\b",
        ),
        sign(
            r"\binformation commission(?:er)?\b|\bico\b|\bico's\b", unsure=True, unless=r"\bregist(?:ration|ered|er)\b"
        ),
    ),
    "N13b": (
        sign(
            rf"{_UNHAPPY}.{{0,120}}?{_OUR_USE}|\b(?:believe|think|feel)\b.{{0,20}}\b(?:privacy|data|information|details)\b.{{0,40}}\b(?:not been|not|wrong\w*|mis\w+|breach\w*)\b|{_OUR_USE}.{{0,60}}?\b(?:mishandled|misused|misuse|not (?:been )?(?:respected|handled|used|treated|kept) (?:properly|well|fairly|right)|complaint|complaints|concerns?)\b"
            r"|\b(?:mishandl\w+|misus\w+|wrong with|not looked after|not been respected|breach of)\b.{0,30}\b(?:information|data|details)\b",
            near=_CHANNEL,
            unless=_NOT_OURS,
        ),
        sign(
            r"\bcomplain\w*\b|\bgrievance\b|\bunhappy\b|\bnot (?:happy|satisfied)\b|\bdissatisfied\b|\bsomething(?: is)? wrong\b"
            r"|\bconcerns? about\b|\bworr(?:y|ied)\b|\b(?:think|believe|feel) (?:that )?we have (?:not|misused|broken)\b|\bproblem with how\b",
            about=r"\b(?:privacy|this notice|about this|data protection)\b",
            near=_CHANNEL,
            unless=_NOT_OURS,
        ),
        sign(
            r"\b(?:tell|contact|speak to|write to|e-?mail|use|fill in|call|ring|phone|talk to|ask)\b",
            under=r"\bcomplain|\bnot happy\b|\bunhappy\b|\bconcerns\b",
            unless=r"^(?:you can also )?(?:complain|write|contact|go).{0,20}\b(?:ico|information commission\w*)\b|\b(?:bins?|noise)\b",
        ),
        sign(r"\bcomplaints? (?:are|procedure|policy)\b", unsure=True),
    ),
}
