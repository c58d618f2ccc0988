"""What the command `noticeboard` does: these print, and return exit codes."""
