"""Every environment variable that the code reads has its words where it is read, and docs/options.md has them all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.options_page import PAGE, names, page, tables
from tests.site_fixtures import PROJECT

OF_THE_SYSTEM = {"PATH", "HOME", "PYTHONPATH", "SYSTEMROOT"}
"""Variables that every program has, and that are passed on to others."""
OF_A_REQUEST = re.compile(r"HTTP_|PATH_INFO|QUERY_STRING|REQUEST_METHOD|SCRIPT_NAME|wsgi\.|werkzeug\.")
"""Names in the `environ` of a request, which is none of the process's."""
BY_TABLE = {
    ("desk/config.py", "option.env"),
    ("widget/config.py", "option.env"),
    ("widget/mail/server_options.py", "env"),  # these three read the options of tables(), one after another
    ("desk/commands.py", "option.env"),
    ("widget/cli.py", "option.env"),  # these two name the set ones for `sudo`
    ("generator/own_process.py", "name"),
    ("desk/live/child.py", "name"),  # these two pass on a list of the system's own
}
"""The places that read a variable by a name that is not written there."""


def reads(tree: ast.AST) -> Iterator[ast.expr]:
    """The name in each `environ[...]`, `environ.get(...)`, `environ.pop(...)`, `getenv(...)` and `... in environ`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_environ(node.value) and isinstance(node.ctx, ast.Load):
            yield node.slice
        elif isinstance(node, ast.Compare) and any(map(_is_environ, node.comparators)):
            yield node.left
        elif isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            of_environ = isinstance(node.func, ast.Attribute) and _is_environ(node.func.value)
            if called == "getenv" or (of_environ and called in ("get", "pop", "setdefault")):
                yield node.args[0]


def _is_environ(node: ast.expr) -> bool:
    return ast.unparse(node).rpartition(".")[2] in ("environ", "environb")


def read_in(path: Path) -> Iterator[str]:
    """The variables that a module reads; each place that reads one by another name is in the table above."""
    place = path.relative_to(PROJECT).as_posix()
    for name in reads(ast.parse(path.read_text("utf-8"))):
        written = ast.unparse(name)
        if isinstance(name, ast.Constant):
            yield str(name.value)
        elif written.split(".")[-1].isupper():  # a constant of this module or of one that it imports
            module = import_module(place.removesuffix(".py").replace("/", "."))
            yield eval(written, vars(module))  # noqa: S307 (an expression of our own)
        else:
            assert (place, written) in BY_TABLE, f"{place} reads a variable by {written}: document it where it is read"


def test_the_page_of_options_is_that_of_the_code() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.options_page"


def test_every_variable_that_the_code_reads_is_on_the_page() -> None:
    modules = [path for folder in ("generator", "widget", "desk") for path in (PROJECT / folder).rglob("*.py")]
    found = {name for path in modules for name in read_in(path)}
    assert {"NO_COLOR", "PROMETHEUS_MULTIPROC_DIR"} <= found
    assert {name for name in found if not OF_A_REQUEST.match(name)} - OF_THE_SYSTEM - names() == set()


def test_every_variable_of_a_script_is_on_the_page_and_none_that_nobody_reads() -> None:
    scripts = [path for path in (PROJECT / "deploy").iterdir() if path.is_file() and path.read_bytes()[:2] == b"#!"]
    found = {name for path in scripts for name in re.findall(r"\$\{([A-Z]+):", path.read_text("utf-8"))}
    assert found == {name for name, _, _ in tables()["The timer's script"]}


def test_every_variable_that_a_document_or_a_shipped_file_sets_is_one_that_is_read() -> None:
    texts = [*(PROJECT / "docs").glob("*.md"), *(path for path in (PROJECT / "deploy").rglob("*") if path.is_file())]
    ours = re.compile(r"\b(?:CONSENTS|DESK|NOTIFY|RATELIMIT)_[A-Z0-9_]*[A-Z0-9]\b|\bDATABASE_URL\b")
    named = {(path.name, name) for path in texts for name in ours.findall(path.read_text("utf-8"))}
    assert len(named) > 50
    composed = {
        name
        for path in texts
        if path.name.startswith("compose")
        for name in re.findall(r"\$\{([A-Z_]+)", path.read_text("utf-8"))
    }
    assert {(file, name) for file, name in named if name not in names() | composed} == set()
