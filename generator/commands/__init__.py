"""What the command `noticeboard` does, a file a group of commands: these print, and return exit codes."""
