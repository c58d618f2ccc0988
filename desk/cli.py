"""The desk's own command, `noticeboard desk`: found by `generator.cli` through an entry point."""

from __future__ import annotations

from generator.commands.command import Command

DESK = Command(
    "commands", "serve", "Open the desk: write, check and publish in a browser.", "serve_options", package="desk"
)
