"""`noticeboard serve`: the site as editors work on it, with the consent endpoint."""
