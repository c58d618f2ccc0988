"""Bodies and people in Welsh that get data about somebody from a council (N08) or give it some (N14), with their mutations."""

from __future__ import annotations

RECIPIENT = (
    r"\b(?:heddlu(?:oedd)?|lluoedd|llys(?:oedd)?|lys(?:oedd)?|d?tribiwnlys(?:oedd)?|cyllid a thollau|hmrc|[gh]?adran(?:nau)?|swyddfa gartref|swyddfa ystadegau|swyddfa brisio|gig|[bf]wrdd iechyd|byrddau iechyd"
    r"|[mf]eddyg(?:on)?(?: teulu)?|feddygfa|meddygfa|h?ysbyt(?:y|ai)|h?ysgol(?:ion)?|[cg]oleg(?:au)?|chole?g(?:au)?|[pb]h?rifysgol\w*|(?:ch?|g|ngh)yngh?or(?:au)?|(?:ch?|g)ynghorau|h?awdurdod(?:au)?|ll?ywodraeth|ombwdsmon"
    r"|h?archwil(?:wyr|ydd|iwr)|h?yswirwyr|(?:ch?|g)yfreithwyr|beil[iï]aid|feil[iï]aid|h?asiantaeth(?:au)?|landlord(?:iaid)?|(?:ch?|g)ymdeithas(?:au)? tai|(?:ch?|g)yflog(?:wr|wyr)|banc(?:iau)?|fanc(?:iau)?"
    r"|(?:ch?|g)ontractwyr|(?:ch?|g)yflenwyr?|(?:ch?|g)yflenwr|(?:ch?|g)wmn[iï]\w*|[pb]h?artner(?:iaid)?|sefydliad(?:au)?|h?elusen(?:nau)?|[mf]udiadau|[td]h?rydydd [pb]art[iï]\w*|g?wirfoddolwyr|(?:ch?|g)ynghorwyr|aelodau"
    r"|dvla|(?:ch?|g)omisiwn|(?:ch?|g)omisiynydd etholiadol|pleidiau|estyn|h?arolyg(?:wyr|iaeth)|crwner|g?wasanaeth(?:au)? (?:tân|ambiwlans|iechyd|cymdeithasol|prawf|eraill|brys|argyfwng|ieuenctid)|h?argraffwyr"
    r"|(?:ch?|g)ymdogion|[pb]h?erthnasau|[td]h?eulu|rhieni|rieni|g?ofalwyr|g?weithwyr (?:cymdeithasol|proffesiynol|iechyd)|h?ymwelwyr iechyd|cyhoedd|tystion|dioddefwyr|(?:ch?|g)ofrestrydd|d?tŷ'r cwmnïau|dŷ'r cwmnïau|gofrestrfa tir|prosesyddion|brosesyddion|pobl eraill|bobl eraill|eraill)\b"
)
"""A body, a firm or people by kind; never the council itself or the reader."""
