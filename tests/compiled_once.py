"""Imported by the tests' processes: each compiles a template of the same text and words once, however many sites it
builds.

Half of a small site's build goes to Jinja. The program keeps compiled templates in the folder of each site, and the tests
make hundreds of sites.
"""

from __future__ import annotations

from typing import Any

from generator.pages.theme import Environment

_compile = Environment.compile
_known: dict[tuple[object, ...], Any] = {}


def _compiled(self: Environment, source: Any, name: Any = None, filename: Any = None, *more: Any, **others: Any) -> Any:
    """As Jinja's own `compile`; the file's name is in tracebacks alone. A template with a fault is never known."""
    key = (source, name, self.words.language, self.words.digest, *more, *others.items())
    if not isinstance(source, str):
        return _compile(self, source, name, filename, *more, **others)
    if key not in _known:
        _known[key] = _compile(self, source, name, filename, *more, **others)
    return _known[key]


Environment.compile = _compiled  # type: ignore[method-assign]
