"""What the retention grammar knows: the meanings of a rule, and the words of each language that say them."""
