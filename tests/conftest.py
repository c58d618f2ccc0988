"""Settings for all tests: none depends on how fast the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("noticeboard", deadline=None)
settings.load_profile("noticeboard")
