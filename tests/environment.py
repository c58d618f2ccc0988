"""Says which names the environment of a process of its own has."""

from __future__ import annotations

import json
import os
import sys

if __name__ == "__main__":
    sys.stdout.write(json.dumps(sorted(os.environ)))
