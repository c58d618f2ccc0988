"""The open site: everything that `serve`, `check`, `status` and `publish` ask of a site, kept until what it was made from changes."""
