"""Signs in English of where the data comes from: N14."""

from __future__ import annotations

from generator.rules.prose.english.bodies import BODY, OPEN_SOURCE
from generator.rules.prose.english.vocabulary import DATA
from generator.rules.prose.signs import Table, sign

_TO_US = (
    r"\b(?:us|to us|with us|the (?:council|school|trust|service|team|practice|force|authority|department|office))\b"
)
_GIVES = (
    r"\b(?:giv(?:e|es|en|ing)|gave|sen[dt]s?|suppl(?:y|ies|ied)|provid(?:e|es|ed)|pass(?:es|ed)?(?: on)?|shar(?:e|es|ed)|notif(?:y|ies|ied)|tell[s]?|told|inform(?:s|ed)?|report(?:s|ed)?|refer(?:s|red)?|disclos(?:e|es|ed)"
    r"|submit(?:s|ted)?|confirm(?:s|ed)?|contribut(?:e|es|ed)|forward(?:s|ed)?|transfer(?:s|red)?|alert(?:s|ed)?|let(?:s)? us know|feeds?|return(?:s|ed)?|rais(?:e|es|ed)|mak(?:e|es)|update[s]?)\b"
)
_GOT = (
    r"\b(?:com(?:e|es|ing)|came|receiv(?:e|es|ed|ing)|get(?:s|ting)?|got|had|obtain(?:s|ed|ing)?|gather(?:s|ed|ing)?|collect(?:s|ed|ing)?|draw[ns]?|tak(?:e|es|en|ing)|sourc(?:e|es|ed)|extract(?:ed|s)?|download(?:ed|s)?|import(?:ed|s)?|captur(?:e|es|ed)"
    r"|suppl(?:ied|y|ies)|provid(?:ed|e|es)|reach(?:es|ed)?|arriv(?:e|es|ed)|pass(?:ed)?|given|sent|notified|reported|disclosed|learn(?:s|ed|t)?|hear[ds]?|found|find|check(?:ed|s)?|look(?:ed|s)? up|request(?:ed|s)?|retriev(?:e|es|ed)|transferred|read|generated|derived|compiled|search(?:ed|es)?)\b"
)
_TOPIC = r"\b(?:information|data|details|particulars|records?|referrals?|images?|footage|evidence|allegations?|complaints?|concerns?|reports?|references?|results|notes|intelligence|names?|address(?:es)?|letters|history|it|this|they|you|what we (?:know|hold)|births|deaths|statements?|notifications?|tip-?offs?)\b"
_NOT_A_SOURCE = (
    r"\b(?:right|please)\b|\bto you\b|\b(?:you|residents|parents|anyone|people|customers|visitors) (?:can|may|could|will|must|should|need to|have to|might) (?:\w+ )?(?:get|obtain|receive|collect|find|ask|hear|apply|download|request)\b|\b\d[\d,]* (?:\w+ )?(?:applications|requests|reports|calls|complaints|visitors)\b"
    r"|\b(?:not|never|n't) (?:\w+ )?(?:collect|obtain|receive|get|take|gather|seek)\b(?!.{0,40}\bfrom you\b)|\bwill (?:tell|let) you\b|\bif we (?:get|receive|obtain)\b|\b(?:garden|waste|bins?|rubbish|river|meters|leaflets?|parcels?|weather|water|food|electricity|money|funding|funds|grants?|powers|guidance|advice|training|payments?|goods|ideas|comments on)\b"
    r"|\b(?:permission|approval|consent) from\b|\bfrom (?:our website|us|the council)\b|\b(?:we|will|may|must|can|is|are|be) (?:\w+ )?(?:shared?|send|sent|disclosed?|pass(?:ed)?|given?|provided?|report(?:ed)?|suppl(?:y|ied)|refer(?:red)?|submit(?:ted)?|tell|notify) (?:\w+ ){0,6}?(?:to|with) (?!us\b|the (?:council|school|trust)\b)"
    r"|\bif (?:you|we) (?:do not|don't)\b|^(?:get|collect|obtain|ask)\b|\bwe (?:\w+ )?(?:tell|inform|notify|alert|send|give|refer)\b|\bprotect\w* from\b|\b(?:copy|copies) of (?:the|this) (?:form|leaflet|notice)"
)
"""Other things that come from somewhere, data that goes there, and rights."""

SIGNS: Table = {
    "N14": (
        sign(
            rf"{DATA}.{{0,60}}?\b(?:come|comes|came|obtained|received|collected|gathered|supplied|provided|taken|originates?|reach(?:es|ed)? us|bought|drawn)\b"
            r".{0,40}?\b(?:from|by|through|via|over the phone|at the counter)\b (?!april|may|reception)\w+",
            unless=r"\b(?:garden|waste|bins?|rubbish|river|meters|leaflets?|parcels?|weather)\b|\bif you (?:do not|don't)|\bif (?:you|we)\b.{0,20}\b(?:ask|want)"
            r"|\b(?:can|could|may|might|must|should|to) be (?:obtained|collected|taken)\b|\b(?:copies|copy|more) (?:of|information|details)\b"
            r"|\b(?:you|residents|parents|children|applicants|anyone|people|members|customers|visitors)\b (?:\w+ ){0,2}(?:get|obtain|receive|collect|find)\b|\bright\b|\b(?:provided|sent|supplied|given) to (?:you|the government)\b",
        ),
        sign(
            r"\b(?:we|us|council|team|service|department|scheme|school)\b.{0,40}?\b(?:get|gets|got|receives?|received|obtain(?:ed|s)?|collect(?:ed|s)?|gathers?|gathered|takes?|find)\b.{0,80}?\b(?:from|in|over|at)\b"
            r" (?:you|your|the|other|others|our|an?|landlords?|schools?|applicants?|members|most|hospitals?|police|public|third|partners?|hm|neighbours?)\b",
            about=rf"{DATA}|\bthis\b|\b(?:some|most|part) of it\b|\bit (?:directly |straight )?from\b",
            unless=r"\bcollect\w* (?:\w+ ){0,3}(?:tax|rates|rent|money|charges?|debts?|fees|fares)\b|\b\d[\d,]* (?:\w+ )?(?:applications|requests|reports|calls|complaints|visitors)\b|\b(?:garden|waste|bins?|rubbish|river|meters|food|electricity|money)\b|\bif you (?:do not|don't)|\b(?:can|may|will|to) (?:get|obtain|receive) (?:\w+ ){0,3}from us\b"
            r"|\bget\w* (?:\w+ ){0,3}from us\b|\bon our website\b|\b(?:you|residents|parents|children|applicants|anyone|people|customers|visitors)\b (?:\w+ ){0,2}(?:get|obtain|receive|collect|find)\b",
        ),
        sign(
            r"\b(?:it|this|some of (?:it|this|what we know|the)|most of (?:it|this|what we know|the)|what we know|they)\b.{0,40}\b(?:comes?|came|obtained|supplied|provided)\b.{0,20}\b(?:from|by) (?:you|your|the|others?|an?|our|hospitals?|schools?|doctors?)\b",
            near=rf"{DATA}|\bwhat we know\b",
            unless=r"\bfood\b",
        ),
        sign(
            r"\b(?:you|parents?|applicants?|your (?:gp|doctor|school|employer)|[a-z]+ service)\b[^.]{0,30}?"
            r"\b(?:give|gives|gave|tell|tells|told|send|sends|fill(?:ed)? in|pass(?:es)? on|provide|enter|supply)\b (?:us\b|the form|the application|in the form"
            r"|your|the (?:information|details|data)\b.{0,20}\b(?:on|in|when|through|by))",
            unless=r"\bif you (?:do not|don't|fail|didn't|give|tell)|\bunless you\b|\b(?:must|need to|have to|required to|should|can|may|please|whether you)\b"
            r"|\b(?:notice|path|consent)\b|\btell us the (?:nearest|time)|\b(?:not|never|n't) (?:give|tell|send|provide)",
        ),
        sign(
            r"\b(?:gives?|gave|given|sends?|provides?|supply|supplies|tells?|reports?|confirms?|hand) us (?:with )?(?:\w+ )?(?:your |the )?(?:information|details|data|references|names|about you)\b|\b(?:gives|gave|sends|sent) us (?:the |your |their )?(?:full )?(?:names?|address\w*|number|age)\b|\btold about you by\b|\bpass(?:es)? (?:on )?(?:concerns|information|details|names|referrals|data) (?:on )?to us\b"
            r"|\b(?:doctor|gp|school|employer|hospital|landlord|registrar|court|council)s? (?:also |then )?(?:sends?|gives?|tells?|passes) us\b"
            r"|\b(?:passed|supplied|provided|sent|notified|told|given) (?:on )?(?:to us |to the council )?by (?:the|your|other|a|local|schools|partner)\b"
            r"|\b(?:we|us)\b.{0,20}\b(?:are|were|get|been|be) (?:sent|given|told|notified of|informed of|passed)\b.{0,50}\bby\b"
            r"|\b(?:collect|collected|get|receive|gather|gathered|take)\b.{0,60}\bwhen you (?:apply|fill|complete|contact|register|ring|phone|call|write|visit|use|join)"
            r"|\breferrals?\b.{0,40}\bfrom\b|\b(?:others?|people|someone|neighbours?|relatives?|they|members of the public)\b.{0,20}\b(?:may|might|can|will|could|sometimes)\b.{0,10}\b(?:tell us|report)\b.{0,60}\byou\b"
            r"|\breport (?:\w+ )?to us\b.{0,40}\b(?:name|about) you\b"
            r"|\bwe (?:may |also |will )?(?:check|verify|compare) .{0,40}\b(?:with|against) (?:other|your)\b|\bchecked against\b|\bcheck(?:ing)?\b.{0,20}\bagainst\b.{0,30}\b(?:records|registers?|databases?|sources)\b|\b(?:data|information|details)\b.{0,20}\bcomes? to us\b|\bwe are (?:\w+ )?given (?:information|data|details) about\b|\bwe (?:may |also |will )?(?:ask|check with|contact|consult|look at|look you up|look up)\b.{0,40}\b(?:your (?:employer|gp|doctor|landlord|school|bank)|register|agency|roll)\b.{0,60}\b(?:confirm|tells|gives|about you|earnings|details)\b|\blook up\b.{0,60}\b(?:registry|register|companies house)\b"
            r"|\bwe (?:may |also |will |sometimes ){0,2}(?:consult|search|check|use|look (?:at|up|in))\b.{0,20}\b(?:public(?:ly available)?|open|official|social media|credit reference) (?:registers?|records|sources?|agenc(?:y|ies)|profiles?|accounts?)\b"
            r"|\bcameras?\b.{0,30}\brecords? (?:it|you|this)\b"
            r"|\b(?:landlord|employer|school|gp|doctor|referee)s? (?:may|will|might|can) (?:supply|send|give|provide)\b.{0,20}\b(?:references?|details|information|data|report)\b"
            r"|\bform (?:that )?you fill(?:ed)? in\b.{0,20}\bcomes from\b|\b(?:what|information|data|details) (?:that )?(?:you|people|others|they) (?:give|provide|tell|send|supply|told|gave)\b"
            r"|\b(?:application|form) (?:form )?(?:that (?:was|you) )?(?:completed|filled in) by you\b",
            unless=r"\bask (?:the|another)\b|\bif (?:you (?:do|don|fail|give|tell|want)|the|your)\b|\byou (?:must|need|have to|can|may|should|with)\b|\bgive you\b|\bsend you\b",
        ),
        sign(
            r"\w+",
            under=r"\bwhere\b.{0,30}\b(?:from|get|got|comes?)\b|^(?:data |information )?sources?\b|\bsources\W*$|\bsource of\b|\b(?:information|data|details)\b.{0,60}\b(?:come|comes|collected|obtained|provided|received|supplied)\b.{0,30}\b(?:from|by|through|via)\b(?:.{0,60}[:?])?\W*$|\b(?:collect|get|receive|obtain|take)\b.{0,60}\bfrom\b.{0,40}[:?]$|\bhow (?:is|are) .{0,30}\b(?:information|data|details)\b.{0,20}\b(?:obtained|collected|gathered)\b|\bwho provide[sd]?\b|\bwho (?:tells|told|gives|gave) us\b|\bwhere from\b"
            r"|\bhow (?:do |will |may )?we (?:may |will )?(?:get|obtain|collect|receive)\b|\bhow (?:your |the )?(?:information|data) is (?:collected|obtained)\b",
            unless=r"^(?:(?:data |information )?sources?|where from)\W*$|^where (?:do|does|did) ",
        ),
        sign(
            rf"(?:{BODY}|\byou(?:rself)?\b|\byour (?:family|friends|child|son|daughter)\b).{{0,60}}?{_GIVES}.{{0,60}}?{_TO_US}",
            about=_TOPIC,
            unless=_NOT_A_SOURCE
            + r"|\b(?:must|need to|have to|required to|should|fail)\b|\bif you\b|\bunless\b|\bwhether you\b|\b(?:telling|giving) us\b|\btell us (?:if|when|about a)\b",
        ),
        sign(
            rf"\b(?:given|passed|notified|reported|sent|supplied|provided|disclosed|referred|shown|told|forwarded|submitted|available|known|comes?|came|shared)\b(?: \w+){{0,2}} {_TO_US}.{{0,20}}?\b(?:by|from|through|via)\b.{{0,40}}?{BODY}|\b(?:we|us)\b.{{0,30}}?\b(?:told|given|sent|notified|informed|made aware|alerted|passed)\b.{{0,60}}?\b(?:by|from)\b.{{0,40}}?{BODY}",
            about=_TOPIC,
            unless=_NOT_A_SOURCE,
        ),
        sign(
            rf"{_TOPIC}.{{0,80}}?{_GOT}.{{0,60}}?\b(?:from|by|through|via|in|on|against|out of|directly|straight)\b.{{0,60}}?(?:{BODY}|{OPEN_SOURCE}|\b(?:you|yourself|your)\b|\bsources\b)",
            about=r"\b(?:from|by|through|via|of sources|against)\b",
            unless=_NOT_A_SOURCE
            + r"|\b(?:held|stored|kept) (?:\w+ )?(?:in|on|by)\b|\bregister(?:ed)? (?:with|by)\b|\bcan be (?:obtained|collected|found|seen)\b|\bavailable (?:from|on)\b|\b(?:by|to) (?:contacting|writing|e-?mail)\b|\bcheques?\b",
        ),
        sign(
            rf"\bwe\b.{{0,30}}?{_GOT}.{{0,80}}?\b(?:from|through|via|with|against)\b.{{0,40}}?(?:{BODY}|{OPEN_SOURCE}|\bsources\b)",
            about=_TOPIC,
            unless=_NOT_A_SOURCE + r"|\b(?:protect\w*|information about our|letter|reply|ticket)\b",
        ),
        sign(
            rf"{BODY}.{{0,60}}?\b(?:suppl(?:y|ies)|provid(?:e|es)|contributes?|adds?|enters?|gives?|records?) (?:\w+ ){{0,2}}?(?:information|data|details|records|results|notes)\b.{{0,30}}?\b(?:in|on|for|to|into) (?:your|the|this|their|our)\b",
            unless=_NOT_A_SOURCE + r"|\bprovides? (?:\w+ )?(?:advice|information about)\b",
        ),
        sign(
            r"\w+",
            under=r"\bhow (?:did|do|have|has|does) (?:you|we|the \w+) (?:got?|get|gotten|obtain\w*|come by|find|found|receive\w*|collect\w*|know|hear|heard)\b|\bwho (?:else )?(?:gives?|gave|tells?|told|sends?|supplie[sd]|provide[sd]?)\b|\bwhere (?:do|did|does|is|was|has|have|the|your|we|it|this|information|data)\b.{0,40}\b(?:from|get|got|obtain\w*|come|comes|came|collected|find)\b|^(?:origin|provenance|obtained from|comes from|provided by|supplied by|collected from|received from)\b",
            unless=r"\?\W*$|^(?:obtained|comes|provided|supplied|collected|received|origin)\b[^:]{0,30}$|\bour website\b",
        ),
    ),
}
