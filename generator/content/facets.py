"""The table of facets: a row for each key of a notice's front matter. Data.

`model.Facets` says how a facet is read. A row says what becomes of it; its wording, JSON-LD, comparison and
translation are tables in their own rooms, keyed by facet or by section. tests/test_facets.py walks all of them and
names what is missing.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin

from generator.content.decode import bare, hints_of
from generator.content.model import Facets
from generator.content.section_order import ORDER


@dataclass(frozen=True)
class Row:
    """The treatment of one facet."""

    sections: tuple[str, ...] = ()
    """The standard sections that are made from it; readers find it in the first."""
    apart: str = ""
    """Where else it goes, if no section is made from it."""
    meets: tuple[str, ...] = ()
    """The requirements of the law's list (N01 to N18) that it helps to meet."""
    describes: bool = False
    """It describes the notice, not what is done with data: the check takes a notice with no other facets as written."""
    frozen: str = "facets"
    """The key of a version's file that keeps it; empty where a version does not keep it."""
    text: bool = True
    """Its words are read by residents: they are checked and translated."""
    differs: bool = False
    """The languages of a notice may differ in it."""
    listed: bool = False
    """Pages about many notices show it or follow from it, so that a build has to remember it."""
    listing: bool = False
    """A fact about the notice, not about data: `listing.yml` keeps it beside the versions, and no version is needed."""


FACETS: Mapping[str, Row] = {
    "title": Row(apart="the heading of the page", describes=True, frozen="title"),
    "summary": Row(apart="the top of the page", describes=True, frozen="summary"),
    "glance": Row(apart="the box “At a glance”", describes=True),
    "service": Row(apart="named where a consent is withdrawn", describes=True),
    "category": Row(apart="a heading of the list of notices", describes=True, listed=True, listing=True),
    "owner": Row(apart="named where a consent is withdrawn", meets=("N01",), describes=True, differs=True),
    "audience": Row(apart="the layout of the page", describes=True, differs=True),
    "parent": Row(("primary-notice",), describes=True),
    "review_by": Row(apart="the box about the version", describes=True, listed=True, listing=True),
    "aliases": Row(
        apart="old addresses that lead to the page", describes=True, differs=True, listed=True, listing=True
    ),
    "controller": Row(apart="the sections that else name the council: controller, officer, complaints", meets=("N01",)),
    "processor_for": Row(apart="the section on the controller", meets=("N01",)),
    "data_subjects": Row(("data-subjects",)),
    "representative": Row(("representative",), meets=("N02",)),
    "purposes": Row(("purposes",), meets=("N04",)),
    "lawful_bases": Row(("lawful-basis", "rights", "object"), meets=("N05", "N06", "N11")),
    "special_category": Row(("special-category",), meets=("N17",)),
    "criminal_data": Row(("criminal-data",), meets=("N17",)),
    "data": Row(("data",), meets=("N07",)),
    "sources": Row(("sources",), meets=("N14",)),
    "sharing": Row(("sharing",), meets=("N08",)),
    "joint_controllers": Row(("joint-controllers",)),
    "retention": Row(("retention",), meets=("N10",)),
    "transfers": Row(("transfers",), meets=("N09",)),
    "automated_decisions": Row(("automated-decisions",), meets=("N16",)),
    "algorithmic_records": Row(("algorithms",)),
    "must_provide": Row(("must-provide",), meets=("N15",)),
    "direct_marketing": Row(("object",)),
    "consents": Row(("consent",), meets=("N12",), frozen="consents"),
    "opt_outs": Row(("opt-out",)),
    "renewal": Row(apart="an instruction to the consent service", frozen="renewal"),
    "consent_records": Row(apart="an instruction to the consent service", frozen="consent_records"),
    "urgent_help": Row(apart="beside every box that residents type in", describes=True),
    "discreet": Row(apart="titles and letters of the consent service", describes=True, text=False),
    "translation": Row(
        apart="a banner on the page", describes=True, frozen="awaiting_review", text=False, differs=True
    ),
    "says": Row(apart="an instruction on what is generated", describes=True, frozen="", text=False, differs=True),
    "complete": Row(apart="an instruction to the check", describes=True, frozen="", text=False, differs=True),
    "silence": Row(apart="an instruction to the check", describes=True, frozen="", text=False, differs=True),
    "earlier": Row(apart="the list of all versions", describes=True),
    "retired": Row(apart="a banner on the page", describes=True, listed=True),
    "change": Row(apart="an instruction to publish", meets=("N18",), describes=True, frozen="change", differs=True),
}
"""In the order of the model, in which editors read about them."""

FROM_SITE = frozenset(ORDER) - {section for row in FACETS.values() for section in row.sections}
"""The standard sections that no facet makes: site.yml does."""


def _leaves(kind: Any, path: str) -> Iterator[tuple[str, Any]]:
    if get_origin(kind) in (Union, types.UnionType):
        for option in get_args(kind):
            yield from _leaves(option, path)
    elif get_origin(kind) is tuple:
        yield from _leaves(get_args(kind)[0], f"{path}.*")
    elif isinstance(kind, type) and dataclasses.is_dataclass(kind):
        for name, hint in hints_of(kind).items():
            yield from _leaves(bare(hint), f"{path}.{name}".lstrip("."))
    elif kind is not types.NoneType:
        yield path, kind


KINDS: Mapping[str, Any] = dict(_leaves(Facets, ""))
"""The type of each value in the facets, by its path with `*` for a number: `data.*.label` is a text."""

LISTS = tuple(name for name in FACETS if any(path.startswith(f"{name}.*") for path in KINDS))
"""The facets that are lists."""


def kind_of(path: str) -> Any:
    """The type of the value at a facet's path, such as `data.0.label`; None where there is none."""
    return KINDS.get(re.sub(r"\.\d+", ".*", path))
