"""How somebody can tell staff of a decision, other than on the council's own pages."""

CHANNELS = ("phone", "post", "in-person", "email")
