"""deploy/container/Caddyfile: the site of deploy/Caddyfile with the names and addresses of compose.yml, and the desk beside it.

`python -m tests.container_caddyfile` writes it.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.site_fixtures import PROJECT

SOURCE = PROJECT / "deploy" / "Caddyfile"
PAGE = PROJECT / "deploy" / "container" / "Caddyfile"
HEAD = """# Made from deploy/Caddyfile by `python -m tests.container_caddyfile`: change that.
# CADDY_GLOBAL_OPTIONS: more lines for the first block, such as `email it@example.org`, or `local_certs` to try it without a public name.
"""
DESK = """
# The desk on a host of its own. Its addresses of mailed links and shared drafts are keys: nothing is logged here.
{$DESK_ADDRESS} {
	request_body {
		max_size 50MB
	}
	header Strict-Transport-Security "max-age=31536000"
	reverse_proxy desk:8002 {
		transport http {
			response_header_timeout 120s
		}
	}
}
"""


def made() -> str:
    """The file as it must be."""
    text = SOURCE.read_text("utf-8")
    options, _, site = text[text.index("\n{\n") + 1 :].partition("\nprivacy.example.org {\n")
    site = site[: site.index("\n}\n") + 3]
    site = site.replace("127.0.0.1:8001", "endpoint:8001")
    # A container's log is what it prints.
    site = re.sub(r"output file \S+ \{.*?\n\t\t\}", "output stderr", site, flags=re.DOTALL)
    options = options.replace("{\n", "{\n\t{$CADDY_GLOBAL_OPTIONS}\n", 1)
    return f"{HEAD}{options}\n{{$PRIVACY_ADDRESS}} {{\n{site}{DESK}"


def write(path: Path = PAGE) -> None:
    """Write it anew."""
    path.write_text(made(), "utf-8")


if __name__ == "__main__":
    write()
