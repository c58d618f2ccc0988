"""The rooms of the packages and who may use whom: one table, for the tests and for the picture in docs/architecture.md.

`python -m tests.rooms` writes the picture anew from the imports.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.site_fixtures import PROJECT

PAGE = PROJECT / "docs" / "architecture.md"
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("generator", "widget", "desk")
    for path in sorted((PROJECT / package).rglob("*.py"))
}
ROOMS = {
    "generator": (
        ("own_process", "problems", "scene"),
        ("rule",),
        ("law", "site_folder"),
        ("content",),
        ("markdown",),
        ("wording",),
        ("importing",),
        ("versions",),
        ("site_plan",),
        ("unread",),
        ("repository",),
        ("rules",),
        ("publishing",),
        ("pages",),
        ("exports",),
        ("building", "starting", "translation"),
        ("preview",),
        ("commands",),
        ("cli",),
    ),
    "widget": (
        (
            "alphabet",
            "base_path",
            "errors",
            "frozen_text",
            "json_logs",
            "measures",
            "one_sentence",
            "record_period",
            "whole_files",
        ),
        ("manifest",),
        ("config", "published_files", "service_user", "strings"),
        ("ledger",),
        ("people",),
        ("store",),
        ("consent",),
        ("mail",),
        ("service",),
        ("views",),
        ("app",),
        ("commands", "gunicorn_settings", "wsgi"),
        ("cli",),
    ),
    "desk": (
        ("clock", "headers", "known_routes", "strings"),
        ("people", "saving"),
        ("config", "forms"),
        ("publication",),
        ("access", "drafting", "listing", "pasting", "shown_drafts", "workplace"),
        ("letters",),
        ("editing", "guard", "live", "starting"),
        ("frame", "not_done", "sign_in"),
        ("afterwards", "documents", "office", "pictures", "texts", "translations"),
        ("views", "withdrawals"),
        ("picture_pages",),
        ("app",),
        ("commands",),
        ("cli",),
    ),
}
"""The rooms of each package from the ground up. A room uses those above its own line in the table, never one beside or
below it."""
CATALOGUE = "generator.rules.catalogue"


def is_collected(module: str, used: str) -> bool:
    """Whether the catalogue reads the rules of a room, which may come after it: `faults` holds values alone."""
    return module == CATALOGUE and used.endswith(".faults")


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax, read once however many rules look at it."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path, *, anywhere: bool = True) -> tuple[str, ...]:
    """The modules that a file imports; only those at its top where `anywhere` is False."""
    return tuple(_imports(tree(path), anywhere))


def _imports(tree: ast.Module, anywhere: bool) -> Iterator[str]:
    for node in ast.walk(tree) if anywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                full if (full := f"{node.module}.{name.name}") in MODULES else node.module for name in node.names
            )


def room(module: str) -> tuple[str, str]:
    """A module's package and its room: `widget.store.engine` is in (`widget`, `store`)."""
    package, _, rest = module.partition(".")
    return package, rest.partition(".")[0]


def uses(package: str) -> dict[str, set[str]]:
    """Each room of a package with the rooms that it imports from."""
    found: dict[str, set[str]] = {name: set() for floor in ROOMS[package] for name in floor}
    for module, path in MODULES.items():
        own_package, own = room(module)
        if own_package != package or not own:
            continue
        for used in imports(path):
            used_package, other = room(used)
            if used_package == package and other and other != own and not is_collected(module, used):
                found[own].add(other)
    return found


def direct(graph: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The arrows that no longer way replaces: A to B is left out where A reaches B through another room."""

    def reached(start: str) -> set[str]:
        onward = graph[start]
        return onward.union(*(reached(other) for other in onward)) if onward else set()

    for own, others in graph.items():
        for other in sorted(others):
            if not any(other in reached(between) for between in others - {other}):
                yield own, other


def picture() -> str:
    """All packages as a Mermaid flowchart, each room above those that it uses."""
    lines = ["```mermaid", "flowchart TD"]
    for package in ROOMS:
        lines.append(f"  subgraph {package}")
        lines += [f"    {package}.{own}[{own}] --> {package}.{other}[{other}]" for own, other in direct(uses(package))]
        lines.append("  end")
    lines += [
        "  generator.versions --> widget.manifest",
        "  generator.versions --> widget.frozen_text",
        "  generator.preview --> widget.app",
        "  desk.workplace --> generator.building",
        "  desk.commands --> generator.preview",
        "```",
    ]
    return "\n".join(lines)


def with_picture(page: str) -> str:
    """The page with the picture of today's imports between its marks."""
    return re.sub(r"(?s)(<!-- picture -->\n).*?(\n<!-- end -->)", lambda marks: marks[1] + picture() + marks[2], page)


if __name__ == "__main__":
    PAGE.write_text(with_picture(PAGE.read_text("utf-8")), "utf-8")
