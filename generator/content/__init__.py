"""Editors' texts as values: the facts and the text of a notice, and site.yml."""
