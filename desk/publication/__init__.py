"""From a saved text to a published version, as the desk does it: what changed, who approved it, who may read it before."""
