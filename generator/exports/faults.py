"""Faults of this machine that the exports find."""

from __future__ import annotations

from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene

O02 = Rule(
    "O02",
    Family.OUTPUT,
    ERROR,
    "An extra that is missing",
    "`pdf` or `search` in site.yml, where the program for it is not installed or stops.",
    "A site that lacks what was asked for must not look finished.",
    scene(Edit("site.yml", new="search: yes\n"), "build", lacks="pagefind"),
    scene(Edit("site.yml", new="search: no\n"), "build", lacks="pagefind"),
)
