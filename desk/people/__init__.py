"""People at the desk: the file of people, roles and acts, sessions, one-time links, and the log. Knows nothing of Flask."""
