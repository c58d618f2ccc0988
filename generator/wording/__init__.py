"""Facts to the final words that residents read."""
