"""Noticeboard's consent endpoint: records consent against the exact version of a notice that was read."""
