"""The retention grammar: the meanings of a rule, and the words of each language that say them."""
