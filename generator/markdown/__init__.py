"""Markdown to HTML that cannot harm, and the pictures it shows."""
