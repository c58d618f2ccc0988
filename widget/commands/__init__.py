"""The command `consents`, a file for each of its users: these print, and return exit codes."""
