"""One recording a release, on which later releases are tried. A recording never changes; `make` adds the next one."""
