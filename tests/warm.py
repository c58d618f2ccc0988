"""Imported by a server that forks commands: it publishes a site once, so that what a command needs at its start is there."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site_fixtures import make_site, publish

with TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
    publish(make_site(Path(folder)), "2026-10-01", "First.", "material")
