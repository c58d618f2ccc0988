"""The editor's form: made from the table of facets, read back from what was sent, compared with the file. Pure."""
