"""The content and the address of each page of the site."""
