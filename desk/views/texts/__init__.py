"""The pages for shared wording and ordinary pages, and what the editors of all texts answer alike."""
