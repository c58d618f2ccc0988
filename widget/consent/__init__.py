"""The rules of consent: what an answer becomes, where a consent stands, what is shown and erased."""
