"""What each page of the site needs, and where it is."""
