"""What the command `consents` does, a file for each of its users: these print, and return exit codes."""
