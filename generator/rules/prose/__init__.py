"""What a notice says in words: its statements, the signs of each requirement, and how they are judged."""
