"""Signs in English of what the data is used for and what allows it: N04, N05, N16."""

from __future__ import annotations

from generator.rules.prose.english.vocabulary import INFO
from generator.rules.prose.signs import Table, sign

_PEOPLE = r"\b(?:a person|a human|an officer|staff|people|humans?|officers)\b"
_ABOUT_A_PERSON = r"\b(?:you|your|who|whether|claims?|applications?|applicants?|bids?|entitlement|band|score|cases?|eligib\w+|priority|about (?:people|residents)|alone|on its own)\b"
"""Subjects of a decision about a person; that staff take parcels is none."""

SIGNS: Table = {
    "N04": (
        sign(
            rf"\b(?:use|uses|need|needs|process|processes|hold|holds|collect|collects|ask for|require|want|like)\b.{{0,40}}{INFO}"
            r".{0,120}?\b(?:to|so|so that|for|in order to|when|because|and let us|help) \w+",
            about=r"\b(?:we|we'd|we'll|us|council|authority|team|service|department|officers?|kitchen|scheme|club|museum|library)\b",
            unless=r"\b(?:not|never|n't|only|we) (?:use|process|collect|hold|need)s? .{0,30}(?:where the law|for marketing)"
            r"|\bwe (?:do not|don't|will not|won't|never) (?:use|process|collect|hold|need|keep)|\buse this page|cookies"
            r"|(?:to use|use of) your rights",
        ),
        sign(
            rf"{INFO}.{{0,40}}?\b(?:is|are|will be|being|may be|was|were|been) (?:being |only |then )?(?:used|processed|collected|needed"
            r"|held|recorded|required|undertaken)\b.{0,40}?\b(?:to|for|so that|so|in order to|when|because) \w+",
            unless=r"\b(?:not|never) (?:be )?(?:used|processed|collected|needed|held)|required to (?:keep|by)|held for (?:\d|as long)"
            r"|collected (?:from|for) (?:recycling|your)",
            about=r"\b(?:information|data|details|particulars|footage|images|recording\w*|it|they|answers|address|name)\b",
        ),
        sign(
            r"\b(?:for|with) the (?:following )?purposes? of\b|\bin connection with (?:the|your|our)\b|\bfor (?:[a-z]+ (?:and )?){1,3}purposes\b|\bneeded for the\b|\bpurposes? (?:of (?:the |our )?(?:processing|collecting|this)|for which"
            r" .{0,60}) ?(?:is|are|:)",
            about=r"\b(?:information|data|details|process|processed|processing|images|recorded|collect\w*)\b",
        ),
        sign(
            r"\w+ \w+",
            under=r"^(?:\d+[.)]? )?why\b(?!.*\?.*park)|\bpurposes?\b|^(?:how|why|what) (?:do )?we .{0,25}\buse\b"
            r"|^what (?:do|does|will) (?:you|we) (?:do|use)\b|^how we (?:use|will use)|^use of your|^what we (?:will |may )?do with (?:it|them|this|your|the (?:information|data|details))\b",
            unless=r"^(?:purposes?|why):?$",
        ),
        sign(
            r"\b(?:we use|we'll use|(?:it|they|these|this|details|information|data|facts|income) (?:helps?|lets?|allows?|enables?) us|that way we"
            r"|(?:officers|staff|we) (?:look at|check|compare)|with (?:it|them|that|this|your)(?: information| data| details)? we)\b"
            r".{0,60}?\w+",
            about=rf"{INFO}|that|income",
            unless=r"cookies|plain english|to keep you logged|lets us know",
        ),
        sign(
            r"\b(?:footage|images|recordings?|data|information|details|records?)\b.{0,40}\b(?:is|are) (?:there|meant|intended) (?:so that|to|for)\b",
            unless=r"\bto (?:see|read|find|view)\b|\bfor (?:you|visitors|residents|the public)\b",
        ),
        sign(
            r"\b(?:you|name|email|number|details?|information)\b.{0,60}\bso that we can\b|\bso we can (?:get in touch|contact|reply)",
            about=r"\b(?:name|address|email|number|details?|information)\b",
        ),
    ),
    "N05": (
        sign(
            r"\b(?:lawful|legal|statutory) (?:basis|bases|grounds?|reasons?)\b.{0,100}\b(?:consent|permission|agree\w*|contract"
            r"|obligation|statut\w+|dut(?:y|ies)|task|public interest|vital interests|legitimate interests?|authority|act \d{4}"
            r"|article 6|6 ?\(1\)|law)\b",
            unless=r"\bno (?:lawful|legal) basis|must have a (?:lawful|legal) basis",
        ),
        sign(
            r"\b(?:consent|permission|agreement|contract|obligation|task|interests?)\b.{0,60}\b(?:is|are) (?:the |our |what )?"
            r"(?:lawful|legal|allows|lets|ground|basis)",
        ),
        sign(
            r"\barticle 6 ?\(?1\)? ?\(?(?:[a-f]|ea)\)|\b6 ?\(1\) ?\((?:[a-f]|ea)\)|\barticle 6\b.{0,20}\b(?:uk )?gdpr",
            unless=r"human rights|convention|constitution",
        ),
        sign(
            r"\bpublic task\b|\btask (?:carried out )?in the public interest\b|\bexercise of (?:the )?(?:council's )?official authority\b"
            r"|\b(?:comply|compliance|complying) with (?:a|our|the|its) (?:legal|statutory) (?:obligation|dut)"
            r"|\b(?:our|a|its|council's) (?:legal|statutory) (?:obligations?|dut(?:y|ies)|functions?|powers?)\b|\bvital interests\b"
            r"|\bplaces? a (?:legal|statutory) (?:obligation|duty)",
            unless=r"\bshar(?:e|ed|ing)\b.{0,80}(?:where|when|if) |object to",
        ),
        sign(
            r"\b(?:rely|relies|relying|based|depends?|rests?) (?:up)?on (?:[a-z]+'s? |your |their |the |explicit )*"
            r"(?:consent|permission|agreement)\b|\bbecause you(?: have|'ve)? (?:agreed|consented)\b|\ball with your (?:consent|permission)\b"
            r"|\bwith your (?:consent|permission)\b|\b(?:consent|agreement|permission) (?:is what )?(?:allows|lets) us",
            unless=r"\bshar(?:e|ed|ing)\b|\bnot (?:rely|depend|based)",
        ),
        sign(
            r"\b(?:have|has|had|required|obliged|need) (?:to do (?:this|it|so|that) )?by law\b|\bthe law (?:lets|has|makes|allows|requires|asks|obliges"
            r"|tells|says) (?:us|that we|the council|we)\b"
            r"|\blaw (?:obliges|requires|allows|lets) (?:us|the (?:council|school|trust|authority|charity))\b"
            r"|\bthe law requires\b(?! (?:all|every|each|any|people|those|drivers|owners|dogs?|landlords?|the \w+ to be)\b)",
            unless=r"\bshar(?:e|ed|ing)\b|\bpass(?:ed)?\b|\bdisclos\w*|\byou (?:must|have to)|where the law (?:allows|requires)|unless|if the law",
        ),
        sign(
            r"\bunder (?:the|our|section|part)\b.{0,120}\b(?:act|regulations|order) \d{4}\b",
            about=r"\b(?:we|our|us|council|power|dut\w+|functions?|task|oblig\w+|process\w*|use|used|necessary)\b",
            unless=r"data protection act|freedom of information act",
        ),
        sign(
            r"\bact \d{4}\b.{0,60}\b(?:gives|requires|allows|obliges|places|says|lets|makes)\b"
            r"|\bgives (?:us|the council) the (?:power|duty)\b",
            unless=r"\bshar(?:e|ed|ing)\b|data protection act|freedom of information act|human rights act|equality act",
        ),
        sign(
            r"\b(?:steps towards|perform(?:ance of)?|enter(?:ing)? into|necessary for|needed for|part of|under) (?:a|the|your|our) contract\b"
        ),
        sign(
            r"\b(?:act|regulations?|order|law|article|consent|contract|agreement|task|duty|obligation|interests?)\b",
            under=r"\b(?:lawful|legal) (?:basis|bases|ground|reason)|^(?:the |what )?laws?$|\bthe law\b|what (?:law )?allows|\bbasis\b|\b(?:gives|lets|allows) us (?:the (?:right|power) )?to (?:use|hold|collect|process|do this)\b",
            unless=r"^(?:lawful|legal) (?:basis|bases)(?: for processing)?:?$|explained in|see our",
        ),
        sign(
            r"\b(?:lawful|legal) (?:basis|bases|grounds?)\b|where the law allows|\bas the law allows|\bdata protection act 2018\b",
            unsure=True,
            unless=r"\bno (?:lawful|legal) basis",
        ),
    ),
    "N16": (
        sign(
            r"\bautomat(?:ed|ic|ically)\b.{0,20}\b(?:decisions?|decision-making|processing|means|scor\w+|profil\w+)\b|\bprofiling\b|\bsolely automated\b"
            r"|\bwe profile\b|\bhuman intervention\b|\bby automated means\b",
            unless=r"\bautomated (?:e-?mail|text|message|renewal|reminder|system|payment|phone)",
        ),
        sign(
            r"\bdeci(?:de[sd]?|sions?)\b.{0,80}\b(?:automat\w+|by (?:an? )?(?:computer|machine|software|algorithm)|without (?:any )?(?:human|a person|people))",
        ),
        sign(
            r"\b(?:computers?|machines?|software|algorithms?|automated system)\b.{0,60}\bdeci(?:des?|sions?)\b"
            r"|\b(?:ranked|scored|calculated|worked out|assessed|sorted|selected|decided|matched|banded|prioritised) (?:\w+ )?by (?:\w+ ){0,2}(?:computers?|software|machines?|algorithms?|automated system)\b",
            about=_ABOUT_A_PERSON,
        ),
        sign(
            rf"{_PEOPLE}.{{0,30}}\b(?:makes?|takes?|reach(?:es)?|checks?|reviews?)\b.{{0,30}}\bdecisions?\b"
            r"|\bdecisions?\b.{0,40}\b(?:made|taken|reached|checked|reviewed|looked at) by (?:a|an|our|one of our)? ?(?:person|people|staff|member of staff|officers?|humans?|human being)\b",
            unless=r"\b(?:budget|planning)\b",
        ),
        sign(
            r"\b(?:without|no) (?:any )?human (?:involvement|input|review|oversight|check)\b",
            about=r"\b(?:deci\w+|applications?|claims?|notices?|penalt\w+|fines?|awards?|entitlement|eligib\w+|you)\b",
        ),
        sign(rf"{_PEOPLE}.{{0,20}}\bdecides?\b", about=_ABOUT_A_PERSON),
        sign(
            r"\w+",
            under=r"\bautomated\b.{0,20}\bdecision|\b(?:computers?|machines?|software|algorithms?)\b.{0,30}\bdeci(?:de[sd]?|sions?)\b|\bprofiling\b",
            unless=r"^automated(?!.*:)",
        ),
    ),
}
