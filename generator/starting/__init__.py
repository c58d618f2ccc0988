"""From nothing to a site of a council's own: what is asked, what is written, and how the example is taken away."""
