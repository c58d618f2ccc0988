"""The lawful bases that a text names in words, for rules about what follows from them. Pure."""

from __future__ import annotations

from generator.content.rights import Article
from generator.rules.prose.judgement import shown
from generator.rules.prose.signs import Sign, sign
from generator.rules.prose.statements import Statement, Text

_POINT = r"\b6 ?\(1\) ?\({}\)"
_ELSEWHERE = r"\bobject\b|\bnot (?:rely|depend|based)\b|\bif we\b|\bshar(?:e|ed|ing)\b"
_SIGNS: dict[Article, Sign] = {
    Article.CONSENT: sign(
        rf"{_POINT.format('a')}|\b(?:rely|relies|relying|based|depends?|rests?) (?:up)?on (?:[a-z]+'s? |your |their |the |explicit )*"
        r"(?:consent|permission)\b|\b(?:lawful|legal) (?:basis|ground)\b.{0,60}\b(?:consent|permission)\b"
        r"|\b(?:consent|permission)\b.{0,30}\b(?:lawful|legal) (?:basis|ground)|\bsail (?:gyfreithiol )?yw.{0,20}\b(?:cydsyniad|caniatâd)"
        r"|\bdd?ibynnu ar eich (?:cydsyniad|caniatâd)",
        unless=_ELSEWHERE,
    ),
    Article.CONTRACT: sign(
        rf"{_POINT.format('b')}|\b(?:perform(?:ance of)?|steps towards|enter(?:ing)? into|needed for|necessary for) (?:a|the|your|our) contract\b"
        r"|\b(?:lawful|legal) (?:basis|ground)\b.{0,60}\bcontract\b",
        unless=_ELSEWHERE,
    ),
    Article.LEGAL_OBLIGATION: sign(
        rf"{_POINT.format('c')}|\b(?:legal|statutory) (?:obligation|dut(?:y|ies))\b|\brhwymedigaeth gyfreithiol\b"
        r"|\b(?:required|obliged) by law\b|\bthe law (?:requires|obliges) us\b",
        unless=_ELSEWHERE,
    ),
    Article.VITAL_INTERESTS: sign(rf"{_POINT.format('d')}|\bvital interests\b"),
    Article.PUBLIC_TASK: sign(
        rf"{_POINT.format('e')}|\bpublic task\b|\btask (?:carried out )?in the public interest\b|\bofficial authority\b"
        r"|\b[td]h?asg gyhoeddus\b|\bour (?:statutory )?(?:functions|powers) (?:in|under)\b|\bstatutory functions?\b",
        unless=r"\bobject\b",
    ),
    Article.RECOGNISED_INTERESTS: sign(rf"{_POINT.format('ea')}|\brecognised legitimate interests?\b"),
    Article.LEGITIMATE_INTERESTS: sign(
        rf"{_POINT.format('f')}|\b(?:our|its|the council's|council's|department's|legal basis is|rely on|in the|on the basis of)"
        r" (?:own )?legitimate interests?\b|\blegitimate interests? (?:of (?:the|our) (?:council|department|authority|service)|as a)\b"
        r"|\bbuddiannau (?:cyfreithlon|dilys)\b",
        unless=r"\b(?:not|never|cannot|can't) (?:rely|use|rest)\b|\brecognised legitimate\b|\bobject\b|\bpublic authorit\w+ (?:may|can) ?not\b",
    ),
}


def named(text: Text) -> tuple[Article, ...]:
    """The bases that the text names."""
    return tuple(article for article in _SIGNS if named_for(text, article))


def named_for(text: Text, article: Article) -> Statement | None:
    """The first statement that names that basis, if any."""
    return next(shown(text, (_SIGNS[article],)), None)
