"""A document's HTML, read inert and cleaned, and the blocks that it says: headings, paragraphs, lists, tables."""
