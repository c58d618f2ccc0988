"""Documents that a council has already become notices: Word files, web pages, pasted text."""
