"""Whether the service of this container answers: exit code 0 or 1. `healthy.py consents` or `healthy.py desk`.

It asks by the name that residents or staff use, since both services answer to no other. Needs the standard library alone.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 4


def address_and_host(service: str) -> tuple[str, str]:
    """What is asked, and by which name. `OSError` where no site was built yet."""
    if service == "desk":
        return f"http://127.0.0.1:{os.environ.get('DESK_PORT', '8002')}/desk/accessibility", os.environ["DESK_URL"]
    site = json.loads(Path(os.environ["CONSENTS_MANIFEST"]).read_text("utf-8"))["site"]
    return f"http://127.0.0.1:{os.environ.get('CONSENTS_PORT', '8001')}/healthz", site["base_url"]


def main(service: str) -> int:
    """Ask once; what came of it is printed for the engine's log."""
    try:
        address, named = address_and_host(service)
        asked = urllib.request.Request(address, headers={"Host": urlsplit(named).netloc})  # noqa: S310 (this machine)
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            print(answer.status)
    except (OSError, ValueError, KeyError) as failure:
        print(failure)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
