"""The command `noticeboard`, a file a group of commands: these print, and return exit codes."""
