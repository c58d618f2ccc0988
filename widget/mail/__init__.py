"""Mail: what is owed becomes a letter, and a letter is handed to whoever carries it."""
