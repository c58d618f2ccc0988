"""Everything of the site that is not a page: feeds, sitemap, facts for programs, PDF, search."""
