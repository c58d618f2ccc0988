"""The council's settings, its people, its log, and the example that can go: what an administrator looks after."""
