"""Signs in English of what a notice for children or in easy read explains: A01 to A04."""

from __future__ import annotations

from generator.rules.prose.signs import Table, sign

_TOLD = (
    r"(?:information|data|details|facts|names?|photos?|pictures?|story|answers?|things? you (?:say|tell)|what you (?:say|tell|said|told|give|write)"
    r"|what we know|birthday|age|number)"
)
_ADULT = (
    r"(?:adults?|grown-?ups?|parents?|foster carers?|carers?|guardians?|mum|dad|teachers?|(?:social|youth|key|support) workers?|nurse|family|the person who (?:cares|looks)"
    r"|some(?:one|body) (?:else )?(?:you trust|at home|who (?:looks after|cares for) you))"
)
_HELPERS = rf"(?:our|the|your|any of our|any of the)? ?(?:[a-z]+ ){{0,3}}?(?:staff|workers?|librarians?|team|people|helpers?|officer|desk|{_ADULT})"
_DENIED = r"\b(?:do not|don't|never|cannot|can't|need not|no need to) (?:\w+ ){0,2}?(?:ask|tell|say|talk|show|help|call|change)\b"

SIGNS: Table = {
    "A01": (
        sign(
            rf"\bwhat (?:happens|we (?:will )?do|will happen)\b.{{0,40}}\b{_TOLD}\b|\bhow (?:we (?:will )?use|{_TOLD}) .{{0,20}}\b(?:{_TOLD}|used)\b"
            rf"|\bhow (?:your|the) {_TOLD} (?:is|are) used\b|\bwhy (?:do )?(?:we|you) (?:need|ask|want|keep|use)\b.{{0,40}}\b{_TOLD}\b",
        ),
        sign(
            rf"\b(?:we|us|team|they|it)\b.{{0,40}}\b(?:use|uses|using|need|keep|write down|put|look at)\b.{{0,30}}\b{_TOLD}\b.{{0,60}}?\b(?:to|for|so that|so|on|in|because|when)\b",
            unless=r"\b(?:not|never|n't) (?:use|need|keep)\b",
        ),
        sign(
            rf"\b{_TOLD}\b.{{0,40}}\b(?:helps?|tells?|lets?|goes?|go|(?:is|are) (?:used|needed|kept))\b.{{0,40}}\b(?:us|into|to|for|team|staff|plan)\b|\b{_TOLD} (?:is|are) for \w+ing\b",
            unless=r"\b(?:not|never|n't) used\b",
        ),
        sign(
            rf"\b{_TOLD} goes (?:on|into|to|in)\b|\bwe (?:only )?(?:share|show|keep|tell) (?:your |what )?(?:\w+ )?{_TOLD}?\b.{{0,30}}\b(?:with|to|safe)\b",
            unless=r"\b(?:never|not) (?:share|show)\b",
        ),
        sign(
            r"\bwe use (?:it|this|that|them)\b.{0,40}\b(?:to|for|so that)\b|\bso that (?:we|you) can\b|^so (?:we|that we)\b",
            near=rf"\b{_TOLD}\b",
        ),
    ),
    "A02": (
        sign(
            r"\b(?:can|will|to|happy to|here to) (?:\w+ and (?:to )?)?(?:help|explain|show|support|answer)\b|\bfor help\b|\bneed help\b",
            about=rf"\b(?:you|us|we|{_ADULT})\b",
            unless=r"\bhelp (?:us|our|your|the|them|by|to)\b(?! you)|\byou can help by\b",
        ),
        sign(
            r"\b(?:talk|speak) (?:to|with) (?:us|our|the|your|an?|[a-z]+'s)\b|^(?:\S+ ){0,8}?(?:ask|call|phone|ring|text|e-?mail|email|contact|message|write to) (?:us|our staff|our team|at the|your|any of)\b"
            r"|\bsend (?:us )?a (?:text|message|letter|e-?mail|note)\b|\b(?:come|go) (?:and|to) see us\b|\bask at\b|\bask (?:a|any) (?:member of staff|of us|of the staff|worker|helper)\b|\b(?:person|people|one) to ask\b|\banswer your questions?\b|\b(?:ask|call|phone|ring|text|email) (?:us|our|your) (?:\w+ )?(?:on|at|staff|team|worker|librarian)\b",
            unless=r"\bwe (?:will |may |can )?(?:ask|call|phone|talk|speak|email|write)\b",
        ),
    ),
    "A03": (
        sign(
            r"\b(?:can|could|may|to|fine to|ok to|okay to) say (?:no|that you (?:want|do not))|\bsay(?:ing)? no\b|\bchange your mind\b|\bchange what you (?:decided|said|told)\b",
            unless=r"\bstrangers\b|\blitter\b|\b(?:cannot|can't|never) (?:say|change)\b|^(?:please )?say no\b",
        ),
        sign(r"\bif you would rather not,? (?:that|it) is (?:fine|ok|okay)\b"),
        sign(
            r"\b(?:do not|don't) (?:have|need|want) to (?:tell|answer|give|say (?!yes to)|share|talk|take part|let us|agree|do this|do it)\b|\byou need not (?:tell|answer|give|say)\b",
        ),
        sign(
            rf"\b(?:ask|tell|want) us (?:\w+ )?(?:not to|to stop|to delete|to take)\b|\bask us not\b|\btell us (?:not )?to stop\b|\b(?:want|like|need) us to (?:stop|delete|forget)\b"
            rf"|\byou can (?:stop|object|refuse|opt out)\b(?! (?:at|in|for) )|\b(?:do not|don't) want\b.{{0,40}}\b(?:{_TOLD}|us to)\b|\bto stop using\b",
            unless=r"\b(?:cannot|can't) ask\b",
        ),
    ),
    "A04": (
        sign(
            rf"\b(?:ask|talk|speak|tell|show|read|get)\b[^.!?]{{0,60}}?\b{_ADULT}\b",
            unless=rf"{_DENIED}|\b(?:we|us|they|staff) (?:will |may |might |can |also )?(?:\w+ )?(?:ask|talk|speak|tell|show|share)\b",
        ),
        sign(
            rf"\b{_ADULT}\b[^.!?]{{0,60}}\b(?:can|could|will|may) (?:help|read|ask|explain|tell|go through|look at|show)\b|\b(?:with|by) (?:\w+ )?{_ADULT}\b[^.!?]{{0,30}}\b(?:read|understand)\b"
            rf"|\bread\b.{{0,30}}\bwith (?:\w+ )?{_ADULT}\b",
            unless=_DENIED,
        ),
    ),
}
