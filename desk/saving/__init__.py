"""Saving to the byte: a person's changes become the file's new bytes, and a commit of that file alone, or are refused whole."""
