"""The endpoint's addresses: Flask lives here and in `widget.app`, and nowhere else."""
