"""Pure edits: the bytes of a file and a list of changes give new bytes in which only what was changed differs."""
