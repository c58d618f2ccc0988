"""Container and compose files, read as they are: nothing but the proxy is published, no secret has a default, keys
lie apart from the database. `make faults ONLY=container` builds and runs them; tests/test_container_steps.py runs the
steps without an engine."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import desk.config
import widget.config
from tests import container_caddyfile
from tests.container_files import (
    COMPOSE,
    CONTAINERFILE,
    DEPLOY,
    VARIABLE,
    WITH_POSTGRESQL,
    filled_in,
    image_environment,
    instructions,
    loaded,
    mounts,
    services,
)

FILES = [COMPOSE, WITH_POSTGRESQL]
SETS = {"SQLite": [COMPOSE], "PostgreSQL": [COMPOSE, WITH_POSTGRESQL]}
OURS = ("endpoint", "desk", "site", "migrate")
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|KEY\b")
OF_OTHERS = {"PGPASSWORD", "HOME", "LANG", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
VALUES = {"PRIVACY_ADDRESS": "privacy.example.org", "DESK_ADDRESS": "desk.example.org"}
each_set = pytest.mark.parametrize("files", SETS.values(), ids=SETS)


@each_set
def test_only_the_proxy_is_published(files: list[Path]) -> None:
    for name, service in services(*files).items():
        assert ("ports" in service) == (name == "proxy"), name
        assert not {"network_mode", "privileged", "pid", "ipc", "devices", "expose"} & set(service) or (
            service.get("network_mode") == "none"
        )
    networks = {name: one for file in files for name, one in loaded(file)["networks"].items()}
    assert {name for name, one in networks.items() if one.get("internal")} == set(networks) - {"outside"}


@each_set
def test_every_service_can_write_to_its_volumes_alone_and_has_no_rights(files: list[Path]) -> None:
    for name, service in services(*files).items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else []), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["healthcheck"].get("test") or service["healthcheck"]["disable"], name
        if name != "proxy":  # Caddy's own image starts as root, and is left no right but to listen on 80 and 443
            assert int(service["user"].partition(":")[0]) > 0, name
        if name in OURS:
            assert service["user"] == user(), name


def user() -> str:
    (said,) = (one.text for one in instructions() if one.word == "USER")
    return said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_secret_has_a_value_and_no_variable_a_default(file: Path) -> None:
    required = {
        one["name"] for each in FILES for one in VARIABLE.finditer(each.read_text("utf-8")) if one["kind"] == "?"
    }
    for one in VARIABLE.finditer(file.read_text("utf-8")):
        assert one["name"] in required or (one["kind"], one["rest"]) == ("-", ""), one.group()
        assert one["kind"] != "?" or one["rest"].startswith("Write "), one.group()
    for name, service in loaded(file)["services"].items():
        for variable, value in service.get("environment", {}).items():
            if SECRET.search(variable) and not variable.endswith(("_FILE", "_KEYS")):
                assert VARIABLE.fullmatch(value), f"{name}: {variable}"
            assert not re.search(r"://[^/\s]*:[^/\s]*@", value), f"{name}: {variable} has a password in its address"
    for line in instructions():
        assert line.word not in ("ENV", "ARG") or not re.search(r"PASSWORD|SECRET|TOKEN", line.text)


def test_a_service_without_its_file_of_secrets_does_not_start() -> None:
    found = services(COMPOSE)
    assert (found["endpoint"]["env_file"], found["desk"]["env_file"]) == (["consents.env"], ["desk.env"])
    assert not [*DEPLOY.rglob("*.env"), *DEPLOY.glob("secrets/*")], "none is shipped"
    (bound,) = (one for one in found["desk"]["volumes"] if isinstance(one, dict))
    assert bound["bind"] == {"create_host_path": False}


@each_set
def test_keys_lie_apart_from_the_database_and_nobody_else_sees_either(files: list[Path]) -> None:
    who: dict[str, dict[str, tuple[str, bool]]] = {}
    named = {name for file in files for name in loaded(file)["volumes"]}
    for name, service in services(*files).items():
        for source, target, read_only in mounts(service):
            who.setdefault(source, {})[name] = (target, read_only)
            assert source in named or source.startswith("./"), source
    assert set(who["keys"]) == set(who["database"]) == {"endpoint"}
    keys, database = Path(who["keys"]["endpoint"][0]), Path(who["database"]["endpoint"][0])
    assert keys not in (database, *database.parents) and database not in keys.parents
    assert {name for name, (_, read_only) in who["published"].items() if not read_only} == {"desk", "site"}
    assert set(who["published"]) == {"proxy", "endpoint", "desk", "site"}
    assert set(who["site"]) == {"desk", "site"} and set(who["desk"]) == {"desk"}
    if "postgresql" in who:
        assert set(who["postgresql"]) == {"postgresql"}


@each_set
def test_every_volume_of_ours_is_a_folder_that_the_image_gives_to_its_user(files: list[Path]) -> None:
    made = {
        folder
        for one in instructions()
        if one.word == "RUN"
        for owner, folders in re.findall(r"install -d -o (\d+) -g \d+ -m \d+ ((?:/\S+ ?)+)", one.text)
        for folder in folders.split()
        if owner == user().partition(":")[0]
    }
    for name in OURS:
        for source, target, _ in mounts(services(*files).get(name, {})):
            assert target in made or source.startswith("./"), f"{name}: {target}"


@each_set
def test_every_variable_is_one_that_the_program_knows_and_can_read(files: list[Path]) -> None:
    endpoint, office = widget.config.options(), desk.config.options()
    known = {option.env for option in (*endpoint.values(), *office.values())} | OF_OTHERS
    assert set(image_environment()) <= known
    found = services(*files)
    for name in OURS:
        assert set(found.get(name, {}).get("environment", {})) <= known, name
    config = widget.config.Config.from_env(environment(found["endpoint"]))
    assert (config.host, config.proxies, config.desk) == ("0.0.0.0", 1, "https://desk.example.org")  # noqa: S104
    assert config.database.startswith(
        "postgresql" if WITH_POSTGRESQL in files else "sqlite:////var/lib/noticeboard-consents/"
    )
    letters = {"DESK_MAIL": "smtp://mail.example.org:587", "DESK_MAIL_FROM": "desk@example.org"}
    config_of_desk = desk.config.Config.from_env(environment(found["desk"]) | letters)
    assert config_of_desk.is_secure and config_of_desk.deploy


def environment(service: dict[str, Any]) -> dict[str, str]:
    """The parts that a service gets to see: what the image sets, and compose over it."""
    return image_environment() | {name: filled_in(value, VALUES) for name, value in service["environment"].items()}


@each_set
def test_a_service_starts_after_what_it_needs_and_reaches_it(files: list[Path]) -> None:
    found = services(*files)
    reached = {name: set(service.get("networks", ())) for name, service in found.items()}
    for name in ("endpoint", "desk"):
        assert "inside" in reached[name] & reached["proxy"]
    if "postgresql" in found:
        assert reached["postgresql"] == reached["migrate"] == {"database"} and "database" in reached["endpoint"]
        assert "database" not in reached["proxy"] | reached["desk"]
        assert found["endpoint"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert found["migrate"]["depends_on"]["postgresql"]["condition"] == "service_healthy"


def test_the_image_is_built_from_locks_by_hash_and_runs_as_nobody_special() -> None:
    for one in instructions():
        assert one.word != "ADD" and not re.search(r"\b(curl|wget)\b", one.text)
        for command in re.findall(r"pip\S* [^&]*?install ([^&]*)", one.text):
            pinned = "--require-hashes" in command or {"--no-deps", "--no-index"} <= set(command.split())
            assert pinned, command
        for lock in re.findall(r"-r (\S+)", one.text):
            assert (CONTAINERFILE.parent.parent / lock).is_file(), lock
    froms = [one.text for one in instructions() if one.word == "FROM"]
    assert [words.split()[0] for words in froms] == ["${BASE}", "${BASE}"]
    assert re.fullmatch(r"(\d+):\1", user()) and int(user().partition(":")[0]) >= 1000
    last = {one.word: one.text for one in instructions()}
    assert last["STOPSIGNAL"] == "SIGTERM" and "tini" in last["ENTRYPOINT"]
    assert last["HEALTHCHECK"].endswith(str(services(COMPOSE)["endpoint"]["healthcheck"]["test"][1:]).replace("'", '"'))


def test_the_proxy_of_the_containers_is_that_of_one_machine() -> None:
    made = container_caddyfile.PAGE.read_text("utf-8")
    assert made == container_caddyfile.made(), "run: python -m tests.container_caddyfile"
    named = re.findall(r"reverse_proxy (\w+):(\d+)", made)
    exposed = next(one.text for one in instructions() if one.word == "EXPOSE")
    assert named == [("endpoint", "8001"), ("desk", "8002")] and {port for _, port in named} == set(exposed.split())
    asked = set(re.findall(r"\{\$(\w+)\}", made))
    assert asked == set(services(COMPOSE)["proxy"]["environment"])


def test_the_roles_of_the_container_are_those_of_one_machine() -> None:
    def statements(name: str) -> list[str]:
        text = (DEPLOY / name).read_text("utf-8")
        return [re.sub(r"PASSWORD \S+;", "PASSWORD;", line) for line in text.splitlines() if line.startswith("CREATE ")]

    assert statements("container/roles.sh") == statements("postgresql.sql")
    given = services(COMPOSE, WITH_POSTGRESQL)["postgresql"]["environment"]
    used = set(re.findall(r"\$([A-Z_]{4,})", (DEPLOY / "container" / "roles.sh").read_text("utf-8")))
    assert used <= set(given)


def test_every_command_in_the_files_can_be_read() -> None:
    from generator.cli import parser as site_commands
    from widget.cli import parser as endpoint_commands

    lines = [service["command"] for service in services(*FILES).values() if "command" in service]
    deploy = re.search(r"exec (noticeboard [^\"]+)\"", COMPOSE.read_text("utf-8"))
    assert deploy is not None
    for name, *words in [*lines, shlex.split(deploy[1])]:
        parser = {"noticeboard": site_commands, "consents": endpoint_commands}[name]()
        parser.parse_args(words)
