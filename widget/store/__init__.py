"""The database, through SQLAlchemy Core: the only package that knows SQL."""
