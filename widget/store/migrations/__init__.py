"""The steps that a database goes through from release to release."""
