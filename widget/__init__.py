"""Noticeboard's consent endpoint: records consent against the exact version of a notice that was read."""

__version__ = "0.2.0.dev0"
"""The release of both packages: the build, both commands and the ledger take it from here."""
