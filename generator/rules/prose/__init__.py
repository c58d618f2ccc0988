"""Reading a notice's prose: its statements, the signs of each requirement, and how they are judged."""
