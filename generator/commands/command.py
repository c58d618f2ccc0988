"""A command as `generator.cli` lists it: the modules of a command are loaded when it is called."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Command:
    """A command: its module in `package`, the function that runs it, a sentence for the help, and its options.

    `alone`: no other command may write versions meanwhile. `anywhere`: also where there is no site.
    """

    module: str
    function: str
    sentence: str
    options: str = ""
    alone: bool = False
    anywhere: bool = False
    package: str = "generator.commands"

    def run(self, options: argparse.Namespace) -> int:
        """Run it; the exit code is returned."""
        from generator.publishing.turn import turn
        from generator.repository import require_site

        if not self.anywhere:
            require_site(options.root)
        with turn(options.root) if self.alone else nullcontext():
            return int(self._of_module(self.function)(options))

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options."""
        if self.options:
            self._of_module(self.options)(parser)

    def _of_module(self, name: str) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(import_module(f"{self.package}.{self.module}"), name)
        return found
