"""Published versions: frozen files that never change, their order in time and their differences."""
