"""Imported by a server that forks commands: it publishes and builds a site once, so that what a command needs is there."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import generator.preview.server  # noqa: F401 (so that it is there, as are the next three)
import tests.compiled_once  # noqa: F401
import widget.app
import widget.cli  # noqa: F401
from generator.cli import main, parser
from tests.site_fixtures import SITE, make_site, publish

parser()  # loads the modules of all commands
with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
    root = make_site(Path(folder), site=f"{SITE}languages: [en, cy]\n")
    publish(root, "2026-10-01", "First.", "material")
    main(["build", "--quiet", "--jobs", "1", "--root", folder])
