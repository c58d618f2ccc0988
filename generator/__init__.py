"""Noticeboard's generator: versioned privacy notices from YAML and Markdown to a static site."""
