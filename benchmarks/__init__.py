"""Measurements of the endpoint on this machine."""
