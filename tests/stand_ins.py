"""Programs that the operator's chapter calls and that a test must not run as they are: this file under each of their
names.

`sudo`, `install`, `curl`, `python3` and `caddy` run the real ones, as users by number, with the test's addresses. The
others hand their arguments to the test and end as it says. The test's own facts are in `stand_ins.json` beside.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

HERE = Path(sys.argv[0]).parent
TAKES_A_VALUE = {"-u", "--user"}


def run(known: dict[str, Any], name: str, arguments: list[str]) -> NoReturn:
    """Do what is in for a program."""
    own = {"sudo": sudo, "install": install, "curl": curl, "python3": python3, "caddy": caddy}
    if name in own:
        own[name](known, arguments)
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(str(HERE / "asked"))
        asked.sendall(json.dumps([name, *arguments]).encode() + b"\n")
        sys.exit(int(asked.makefile().readline()))


def sudo(known: dict[str, Any], arguments: list[str]) -> NoReturn:
    user = None
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option in TAKES_A_VALUE:
            user = arguments.pop(0)
    if user is not None and user not in known["users"]:
        sys.exit(f"sudo: unknown user {user}")
    if user is not None and known["as_users"]:
        number = known["users"][user]
        os.setgroups([])
        os.setgid(number)
        os.setuid(number)
    os.execvp(arguments[0], arguments)


def install(known: dict[str, Any], arguments: list[str]) -> NoReturn:
    given = []
    while arguments:
        word = arguments.pop(0)
        if word not in ("-o", "-g"):
            given.append(word)
            continue
        number = {"root": 0, **known["users"]}[arguments.pop(0)]
        if known["as_users"]:
            given += [word, str(number)]
    os.execv("/usr/bin/install", ["install", *given])


def curl(known: dict[str, Any], arguments: list[str]) -> NoReturn:
    to = [word for name in known["names"] for word in ("--connect-to", f"{name}:443:127.0.0.1:{known['https']}")]
    os.execv(known["curl"], ["curl", "--cacert", known["authorities"], *to, *arguments])


def python3(known: dict[str, Any], arguments: list[str]) -> NoReturn:
    """Python; a virtual environment has pip and what the package needs from where the tests run: nothing is fetched."""
    if arguments[:2] != ["-m", "venv"]:
        os.execv(known["python"], ["python3", *arguments])
    (folder,) = arguments[2:]
    subprocess.run([known["python"], "-m", "venv", "--without-pip", folder], check=True)
    (site,) = Path(folder).glob("[Ll]ib/**/site-packages")
    (site / "needed.pth").write_text(known["needed"], "utf-8")
    pip = Path(folder) / "bin" / "pip"
    pip.write_text(
        f"#!{folder}/bin/python\nfrom pip._internal.cli.main import main\nraise SystemExit(main())\n", "utf-8"
    )
    pip.chmod(0o755)
    sys.exit(0)


def caddy(known: dict[str, Any], arguments: list[str]) -> NoReturn:
    os.execve(known["caddy"], ["caddy", *arguments], {**os.environ, **known["caddy_environment"]})


if __name__ == "__main__":
    run(json.loads((HERE / "stand_ins.json").read_text("utf-8")), Path(sys.argv[0]).name, sys.argv[1:])
