"""Imported by a server that forks commands: it publishes a site once, so that what a command needs at its start is there."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import widget.app
import widget.cli  # noqa: F401 (so that it is there)
from generator.cli import parser
from tests.site_fixtures import make_site, publish

parser()  # loads the modules of all commands
with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
    publish(make_site(Path(folder)), "2026-10-01", "First.", "material")
