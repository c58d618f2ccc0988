"""Copies of a database: an SQLite file that is in use, and a dump of PostgreSQL brought into a scratch database."""
