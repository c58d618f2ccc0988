"""The house keeps its order: rooms import one way, imports stand at the top, each edge has its own room."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.rooms import CATALOGUE, MODULES, PAGE, ROOMS, imports, is_collected, picture, room, tree
from tests.site_fixtures import PROJECT
from widget.commands.sentences import SENTENCES
from widget.manifest import ActingFor

LAZY = {
    "generator.cli",  # every command's own modules, half a second: only those of the one that is called
    "generator.preview.endpoint",  # Flask, SQLAlchemy and mail, another half: only when the consent service is asked
    "generator.commands.building",  # `serve` alone brings Flask, and a long build rich: the other commands start without
    "generator.importing.reading",  # mammoth: only where a Word file is read, and that is in a process of its own
    "generator.own_process",  # `resource`, which Windows does not have
    "widget.service_user",  # pwd, which Windows does not have
    "generator.markdown.render",  # Python-Markdown and nh3, which plain texts never need
    "generator.rules.text.typed_marks",  # the same: only where a text has HTML
    "generator.rules.prose.judgement",  # the signs of each language: only where prose is read
    "generator.building.build",  # Jinja2: a build that finds nothing to do starts without it
    "generator.building.notice_job",  # the same
    "generator.content.web_address",  # idna: only where an address has letters outside ASCII
    "generator.building.folders",  # fcntl, which Windows does not have
    "generator.building.rendering",  # brotli: only where an asset is written
    "generator.publishing.turn",  # msvcrt or fcntl: each system has its own
    "desk.people.people_file",  # msvcrt or fcntl: each system has its own
    "widget.commands.running",  # `serve` alone brings granian
    "widget.measures",  # prometheus_client: it looks for its folder when it is imported, and commands count nothing
    "generator.commands.command",  # the site and its lock: a command that fails at its options starts without
    "desk.sign_in.parts",  # Authlib, for types alone
    "desk.sign_in.installing",  # the same: only where the operator has set a provider
    "desk.saving.files",  # msvcrt or fcntl: each system has its own
    "desk.commands",  # Flask: the preview starts without the desk, which is made when somebody asks for it
}


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("widget")])
def test_the_endpoint_knows_nothing_of_the_generator(module: str) -> None:
    banned = {"generator", "yaml", "markdown"}
    assert not banned & {name.partition(".")[0] for name in imports(MODULES[module])}


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("generator")])
def test_the_generator_takes_only_the_contract_from_the_widget(module: str) -> None:
    contract = {f"widget.{name}" for name in ("manifest", "base_path", "record_period", "frozen_text", "alphabet")}
    allowed = {"widget"} | contract  # the package alone tells its release and where its templates are
    if module == "generator.cli":
        allowed |= {"widget.one_sentence"}  # both commands answer wrong use alike
    if module == "generator.preview.endpoint":
        allowed |= {"widget.app", "widget.config"}
    assert {name for name in imports(MODULES[module]) if name.startswith("widget")} <= allowed


def test_the_manifest_and_all_that_it_reads_need_the_standard_library_alone() -> None:
    known = {"__future__", "json", "re", "collections.abc", "dataclasses", "datetime", "enum", "functools", "typing"}
    assert set(imports(MODULES["widget.manifest"])) <= known | {"hashlib", "widget.record_period", "widget.frozen_text"}
    assert set(imports(MODULES["widget.frozen_text"])) <= known
    assert set(imports(MODULES["widget.record_period"])) <= known | {"calendar"}


def test_on_whose_behalf_one_acts_is_written_once() -> None:
    homes = set()
    for name, path in MODULES.items():
        texts = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
        if not {"self", "child"}.isdisjoint(text for text in texts if isinstance(text, str)):
            homes.add(name)
    assert homes == {"widget.manifest", "generator.content.model"}  # the model has the audience of a notice


@pytest.mark.parametrize("name", ["templates/consent_form.html", "templates/withdraw.html", "static/consent.js"])
def test_the_forms_send_what_the_ledger_knows_of_on_whose_behalf_one_acts(name: str) -> None:
    text = (PROJECT / "widget" / name).read_text("utf-8")
    named = re.findall(r'(?:acting_for ={2,3} |name="acting_for" value=|else )"([a-z]+)"', text)
    assert named and set(named) <= set(ActingFor)


def test_flask_lives_at_the_edge() -> None:
    users = {name for name, path in MODULES.items() if any(used.startswith("flask") for used in imports(path))}
    endpoint = ("widget.app", "widget.views")
    desk = tuple(
        f"desk.{name}"
        for name in (
            "afterwards",
            "app",
            "frame",
            "guard",
            "known_routes",
            "not_done",
            "picture_pages",
            "sign_in",
            "views",
            "withdrawals",
            "workplace",
        )
    )
    assert all(name.startswith((*endpoint, *desk)) for name in users)


def test_pictures_of_anybody_are_read_in_a_process_that_no_module_is_part_of() -> None:
    readers = {name for name, path in MODULES.items() if any(used.partition(".")[0] == "PIL" for used in imports(path))}
    assert readers == {"desk.pictures.encoding"}
    assert not [name for name, path in MODULES.items() if "desk.pictures.encoding" in imports(path)]


def test_only_the_store_knows_sql() -> None:
    users = {name for name, path in MODULES.items() if any(used.startswith("sqlalchemy") for used in imports(path))}
    assert all(name.startswith("widget.store") for name in users)


@pytest.mark.parametrize("module", [name for name in MODULES if name not in LAZY])
def test_imports_stand_at_the_top(module: str) -> None:
    path = MODULES[module]
    lower = sorted(set(imports(path)) - set(imports(path, anywhere=False)))
    assert not lower, f"{module} imports {lower} lower down: say why in LAZY"


def test_every_room_has_its_place() -> None:
    for package, floors in ROOMS.items():
        standing = {own for own_package, own in map(room, MODULES) if own_package == package and own}
        assert standing == {name for floor in floors for name in floor}


@pytest.mark.parametrize("module", MODULES)
def test_rooms_import_one_way(module: str) -> None:
    package, own = room(module)
    heights = {name: height for height, floor in enumerate(ROOMS[package]) for name in floor}
    for used in imports(MODULES[module]):
        used_package, other = room(used)
        if used_package == package and other in heights and other != own and not is_collected(module, used):
            assert heights[other] < heights[own], f"{module} imports {used}: {other} does not stand below {own}"


@pytest.mark.parametrize("module", [name for name in MODULES if is_collected(CATALOGUE, name)])
def test_the_rules_that_a_room_shows_to_the_catalogue_are_values_alone(module: str) -> None:
    known = {"__future__", "hashlib", "generator.rule", "generator.scene"}
    assert set(imports(MODULES[module])) <= known


def test_the_page_on_the_architecture_names_every_room_and_shows_their_imports() -> None:
    page = PAGE.read_text("utf-8")
    assert picture() in page, "run: python -m tests.rooms"
    folders = {path.parent.relative_to(PROJECT).as_posix() for path in MODULES.values()}
    missing = sorted(folder for folder in folders if f"`{folder}/`" not in page)
    assert not missing, f"docs/architecture.md has no line on {missing}"


def test_every_file_that_the_page_on_the_architecture_names_is_there() -> None:
    named = re.findall(r"`((?:generator|widget|desk|tests|templates|docs)/[\w./-]+\.\w+)`", PAGE.read_text("utf-8"))
    assert named
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_no_module_imports_itself_through_others() -> None:
    graph = {name: {used for used in imports(path) if used in MODULES} for name, path in MODULES.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail[trail.index(name) :], name])
        if name not in done:
            for used in sorted(graph[name]):
                visit(used, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(tree(MODULES[module]))


def test_printing_is_for_the_commands() -> None:
    def prints(path: Path) -> bool:
        calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
        return any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)

    printing = {name for name, path in MODULES.items() if prints(path) and ".commands." not in name}
    assert printing <= {"generator.preview.server", "widget.cli", "desk.commands"}


def test_the_help_reads_nothing_of_notices() -> None:
    loaded = "import sys, generator.cli; print(*sorted(name for name in sys.modules if name.startswith('generator.')))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    own = {"cli", "commands", "commands.codes", "commands.command", "commands.streams", "problems"}
    assert set(done.stdout.split()) == {f"generator.{name}" for name in own}


def test_the_help_of_the_consent_service_opens_no_database_and_no_server() -> None:
    loaded = (
        "import sys, widget.cli; widget.cli.parser(); print(*sorted(name.partition('.')[0] for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert not {"flask", "sqlalchemy", "granian", "alembic", "prometheus_client"} & set(done.stdout.split())


@pytest.mark.parametrize("function", SENTENCES)
def test_every_command_of_the_consent_service_has_its_function(function: str) -> None:
    module, _, name = function.rpartition(".")
    assert callable(getattr(import_module(f"widget.commands.{module}"), name))
