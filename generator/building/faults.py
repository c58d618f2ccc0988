"""Why a build does not write into a folder."""

from __future__ import annotations

from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene

O01 = Rule(
    "O01",
    Family.OUTPUT,
    ERROR,
    "A folder that is not ours",
    "A folder for the site that holds something no build wrote.",
    "Nothing of somebody else's is deleted.",
    scene(Edit("photographs/holiday.txt", new="By the sea.\n"), "build --out photographs"),
    scene("build --out public"),
)
O04 = Rule(
    "O04",
    Family.OUTPUT,
    ERROR,
    "Two builds at once",
    "A build of a folder that another build is writing to, and has been for ten seconds.",
    "Each would write over the other's pages.",
    scene("build --out public", busy="public"),
    scene("build --out elsewhere", busy="public"),
)
