"""Faults of a template of the site's own."""

from __future__ import annotations

from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene

W03 = Rule(
    "W03",
    Family.WORDS,
    ERROR,
    "A template that cannot be used",
    "Templates of the site's own with a mistake, or with a name that has no value; a site.css without a place for the accent colour.",
    "No page can be made with it.",
    scene(Edit("templates/404.html", new="{% if page.title %}{{ page.title }}\n"), "build"),
    scene(Edit("templates/404.html", new="{% if page.title %}{{ page.title }}{% endif %}\n"), "build"),
)
