"""How a Word file is read: a cleaned copy of its XML, then mammoth, then headings and lists their shape."""
