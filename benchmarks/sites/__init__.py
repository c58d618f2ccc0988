"""The sites that the build benchmark measures: one corpus, as our own sources and as those of other generators."""
