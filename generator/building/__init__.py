"""The build: renders what changed and swaps the site in one step."""
